from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import Form, tagged

from ...models.recall.exceptions import (
    MomentNotPossibleError,
    RecallIsClosedError,
    RecallNotClosableError,
    RecallRightMissingError,
    RecallStateError,
    StepWithoutReasonError,
)
from ...models.recall.stock_recall_strategy import MOMENTS
from .recall_case import MANAGER, RecallCase


@tagged("post_install", "-at_install")
class TestDraft(RecallCase):
    """What is suspected is noted first; nothing is touched before it is launched."""

    def test_a_draft_touches_nothing(self):
        recall = self.draft(scope="certain", left_out={self.first: "Sieved"})
        self.assertEqual((recall.state, recall.version), ("draft", 1))
        self.assertEqual(recall.suspect_ids, self.bad)
        self.assertEqual(recall.left_out_ids.reason, "Sieved")
        self.assertFalse(recall.lot_ids or recall.date_start)
        self.assertEqual(self.all_lots.disposition_id, self.disposition("released"))
        self.assertEqual(self.events(recall), [])

    def test_a_draft_is_launched_as_it_was_saved(self):
        recall = self.draft(left_out={self.first: "Sieved"})
        recall.action_launch()
        self.assertEqual(recall.state, "progress")
        self.assertEqual(recall.launch_user_id, self.manager)
        self.assertEqual(recall.lot_ids.lot_id, self.all_lots - self.first)
        self.assertEqual(recall.left_out_ids.lot_id, self.first)
        self.assertEqual(self.second.disposition_id, self.disposition("recalled"))
        with self.assertRaises(RecallStateError):
            recall.action_launch()

    def test_the_wizard_saves_a_draft_changes_it_and_launches_it(self):
        wizard = self.env["stock.lot.recall"].with_user(self.manager)
        with Form(wizard.with_context(default_lot_ids=self.bad.ids)) as form:
            form.reason = "Metal"
        recall = self.recalls().browse(form.record.save_draft()["res_id"])
        self.assertEqual(recall.state, "draft")
        opened = recall.action_edit_draft()
        with Form(wizard.with_context(**opened["context"])) as form:
            self.assertEqual(form.reason, "Metal")
            form.left_out_lot_ids.add(self.first)
            form.left_out_reason = "Sieved"
        self.assertEqual(form.record.launch()["res_id"], recall.id)
        self.assertEqual(recall.state, "progress")
        self.assertNotIn(self.first, recall.lot_ids.lot_id)

    def test_a_draft_that_becomes_a_drill_is_numbered_as_one(self):
        recall = self.draft()
        self.assertTrue(recall.name.startswith("RECALL/"))
        recall._redraft(self.bad, "Metal", kind="drill")
        self.assertTrue(recall.name.startswith("DRILL/"))

    def test_a_draft_is_cancelled_for_a_reason(self):
        recall = self.draft()
        wizard = self.env["stock.recall.cancel"].with_user(self.manager)
        with self.assertRaises(StepWithoutReasonError):
            recall._cancel(" ")
        wizard.create({"recall_id": recall.id, "reason": "A false alarm"}).cancel()
        self.assertEqual(recall.state, "cancelled")
        self.assertEqual(recall.cancel_reason, "A false alarm")
        self.assertEqual(self.events(recall), ["Draft cancelled"])
        with self.assertRaises(RecallStateError):
            recall.action_launch()
        self.assertEqual(self.all_lots.disposition_id, self.disposition("released"))

    def test_what_was_launched_is_not_cancelled(self):
        with self.assertRaises(RecallStateError) as refusal:
            self.launch()._cancel("Never mind")
        self.assertEqual(refusal.exception.states, ("draft",))

    def test_only_recall_managers_take_steps(self):
        recall = self.draft()
        clerk = recall.with_user(self.user("clerk"))
        for step in (
            clerk.action_launch,
            clerk.action_edit_draft,
            clerk.action_cancel,
            clerk.action_monitor,
            clerk.action_expand,
            clerk.action_clear,
            clerk.action_catch_up,
            clerk.action_check_leak,
        ):
            with self.assertRaises(RecallRightMissingError):
                step()
        self.assertEqual(recall.state, "draft")

    def test_the_banner_says_what_is_next(self):
        recall = self.draft()
        self.assertIn("Launch it", recall.banner["text"])
        recall.action_launch()
        recall.invalidate_recordset(["banner"])
        self.assertEqual(recall.banner["level"], "danger")


#: What closing leaves events of.
STEPS = ("Launched", "State", "Closed")


@tagged("post_install", "-at_install")
class TestClosingGates(RecallCase):
    """A second person closes what another one has launched."""

    def test_who_launched_it_does_not_close_it(self):
        recall = self.launch()
        self.work_off(recall)
        with self.assertRaises(RecallNotClosableError) as refusal:
            recall.action_close()
        [(key, sentence)] = refusal.exception.gates
        self.assertEqual(key, "second_person")
        self.assertIn(sentence, str(refusal.exception))
        self.assertEqual(recall.state, "progress")
        recall.with_user(self.other_manager).action_close()
        self.assertEqual(recall.state, "closed")

    def test_once_closed_it_says_who_did_what_whoever_asks(self):
        recall = self.launch()
        self.work_off(recall)
        recall.with_user(self.other_manager).action_close()
        self.assertEqual(recall.close_user_id, self.other_manager)
        gates = {key: (ok, text) for key, ok, text in recall._closing_gates()}
        ok, text = gates["second_person"]
        self.assertTrue(ok)
        self.assertIn(self.manager.name, text)
        self.assertIn(self.other_manager.name, text)

    def test_monitored_in_between(self):
        recall = self.launch()
        recall.action_monitor()
        self.assertEqual(recall.state, "monitoring")
        self.assertEqual(self.first.disposition_id, self.disposition("recalled"))
        with self.assertRaises(RecallStateError):
            recall.action_monitor()
        self.work_off(recall)
        recall.with_user(self.other_manager).action_close()
        steps = [step for step in self.events(recall) if step in STEPS]
        self.assertEqual(steps, ["Launched", "State", "State", "Closed"])

    def test_a_single_recall_manager_closes_alone_and_is_told(self):
        recall = self.launch()
        others = self.env.ref(MANAGER).all_user_ids - self.manager
        root = self.env.ref("base.user_root")
        (others - root).group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        self.work_off(recall)
        [(_key, ok, sentence), *_others] = recall._closing_gates()
        self.assertTrue(ok)
        self.assertIn("nobody else is a recall manager", sentence)
        recall.action_close()

    def test_others_who_may_close_are_recall_managers_of_the_company(self):
        recall = self.launch()
        others = recall._others_may_close()
        self.assertIn(self.other_manager, others)
        self.assertNotIn(self.manager, others)
        company = self.env["res.company"].create({"name": "Other Kitchen"})
        self.other_manager.write(
            {"company_ids": [(6, 0, company.ids)], "company_id": company.id}
        )
        self.assertNotIn(self.other_manager, recall._others_may_close())

    def test_the_trace_takes_time_whatever_the_clock_of_a_story_says(self):
        with freeze_time(fields.Datetime.now()):
            recall = self.launch()
        self.assertGreater(recall.trace_seconds, 0)

    def test_a_year_that_somebody_mistyped_is_refused(self):
        recall = self.launch()
        for name in MOMENTS:
            for moment in ("9999-12-31", "0202-11-30"):
                with self.assertRaises(MomentNotPossibleError), self.cr.savepoint():
                    recall[name] = moment
            recall[name] = fields.Date.today()

    def test_whoever_expanded_it_does_not_close_it(self):
        other = self.receive(self.chickpeas, "CP-2", 5)
        recall = self.launch()
        recall.with_user(self.other_manager)._expand(other, "The same field")
        self.assertEqual(recall.expand_user_ids, self.other_manager)
        self.work_off(recall)
        third = self.user("third-recaller", MANAGER)
        for user in (self.manager, self.other_manager):
            ok, sentence = recall.with_user(user)._second_person()
            self.assertFalse(ok)
            self.assertIn("another recall manager", sentence)
        with self.assertRaisesRegex(RecallNotClosableError, "expanded"):
            recall.with_user(self.other_manager).action_close()
        recall.with_user(third).action_close()
        self.assertEqual(recall.close_user_id, third)

    def test_a_drill_is_closed_by_whoever_ran_it(self):
        recall = self.launch(kind="drill")
        keys = {key for key, _ok, _sentence in recall._closing_gates()}
        self.assertNotIn("second_person", keys)
        self.work_off(recall)
        recall.action_close()
        self.assertEqual(recall.state, "closed")

    def test_a_draft_is_not_closed(self):
        with self.assertRaisesRegex(RecallIsClosedError, "is a draft"):
            self.draft().action_close()
