from odoo.tests import Form, tagged

from ...models.recall.exceptions import (
    NothingToAddError,
    NotInRecallError,
    RecallStateError,
    StepWithoutReasonError,
)
from .recall_case import RecallCase


@tagged("post_install", "-at_install")
class TestExpand(RecallCase):
    """More batches come to an open recall; what was done stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.more = cls.receive(cls.chickpeas, "CP-2", 20)
        cls.third = cls.produce(cls.hummus, "H-3", 30, uses=[(cls.more, 5)])
        cls.deliver(cls.hummus, 7, cls.bistro, lot=cls.third)

    def versions(self, lines):
        return {line.lot_id.name: line.version for line in lines}

    def test_new_batches_and_consignees_carry_the_next_version(self):
        recall = self.launch()
        before = recall.lot_ids
        recall._expand(self.more, "The same delivery")
        self.assertEqual(recall.version, 2)
        self.assertEqual(recall.suspect_ids, self.bad | self.more)
        self.assertTrue(before < recall.lot_ids)
        self.assertEqual(
            self.versions(recall.lot_ids),
            {"CP-1": 1, "M-1": 1, "H-1": 1, "H-2": 1, "CP-2": 2, "H-3": 2},
        )
        self.assertEqual(self.versions(recall.consignee_ids), {"H-1": 1, "H-3": 2})
        self.assertEqual((recall.lot_count, recall.consignee_count), (6, 2))
        recalled = self.disposition("recalled")
        self.assertEqual((self.more | self.third).disposition_id, recalled)
        self.assertIn("Expanded", self.events(recall))

    def test_what_is_monitored_is_in_progress_again(self):
        recall = self.launch()
        recall.action_monitor()
        recall._expand(self.more, "The same delivery")
        self.assertEqual(recall.state, "progress")

    def test_the_wizard_adds_batches(self):
        recall = self.launch()
        wizard = self.env["stock.lot.recall"].with_user(self.manager)
        context = recall.action_expand()["context"]
        with Form(wizard.with_context(**context)) as form:
            form.number = "CP-2"
            form.reason = "The same delivery"
        form.record.expand()
        self.assertIn(self.third, recall.lot_ids.lot_id)

    def test_batches_are_taken_out_of_what_comes(self):
        recall = self.launch()
        recall._expand(self.more, "The same delivery", {self.third: "Tested"})
        self.assertNotIn(self.third, recall.lot_ids.lot_id)
        self.assertEqual(recall.left_out_ids.lot_id, self.third)

    def test_who_was_left_out_is_suspected_now(self):
        recall = self.launch(left_out={self.first: "Sieved"})
        recall._expand(self.first, "The sieve was broken")
        self.assertFalse(recall.left_out_ids)
        self.assertIn(self.first, recall.lot_ids.lot_id)

    def test_nothing_new_is_refused(self):
        recall = self.launch()
        with self.assertRaises(NothingToAddError):
            recall._expand(self.first, "Look closer")
        with self.assertRaises(StepWithoutReasonError):
            recall._expand(self.more, "")
        self.assertEqual(recall.version, 1)

    def test_a_closed_recall_is_not_expanded(self):
        recall = self.launch()
        self.work_off(recall)
        recall.with_user(self.other_manager).action_close()
        with self.assertRaises(RecallStateError):
            recall._expand(self.more, "The same delivery")


@tagged("post_install", "-at_install")
class TestCatchUp(RecallCase):
    """Manufacturing that had taken a batch before the launch ends after it."""

    def test_what_was_made_meanwhile_is_stopped_and_told(self):
        recall = self.launch()
        late = self.receive(self.hummus, "H-9", 10)
        self.made_of(self.mash_lot, late)
        come = recall._catch_up()
        self.assertEqual(come.lot_id, late)
        self.assertEqual((come.version, recall.version), (2, 2))
        self.assertEqual(late.disposition_id, self.disposition("recalled"))
        self.assertIn("Caught up", self.events(recall))
        self.assertFalse(recall._catch_up())
        self.assertEqual(recall.version, 2)

    def test_the_job_looks_after_all_open_recalls(self):
        recall = self.launch()
        drill = self.launch(kind="drill")
        late = self.receive(self.hummus, "H-9", 10)
        self.made_of(self.mash_lot, late)
        job = self.env.ref("batch_tracking.ir_cron_recall_catch_up")
        job.method_direct_trigger()
        self.assertIn(late, recall.lot_ids.lot_id)
        self.assertNotIn(late, drill.lot_ids.lot_id)

    def test_the_button_says_what_it_found(self):
        recall = self.launch()
        self.assertIn("Nothing new", recall.action_catch_up()["params"]["message"])
        self.made_of(self.mash_lot, self.receive(self.hummus, "H-9", 10))
        self.assertIn("1 batches more", recall.action_catch_up()["params"]["message"])

    def made_of(self, parent, child):
        """Link lots as manufacturing does when it ends."""
        links = self.env["stock.lot.link"].sudo()
        like = links.search([("parent_lot_id", "=", self.mash_lot.id)], limit=1)
        like.copy({"parent_lot_id": parent.id, "child_lot_id": child.id})


@tagged("post_install", "-at_install")
class TestClear(RecallCase):
    """Nothing is wrong with a batch: it is taken out, and released by a decision."""

    def test_a_cleared_batch_is_released_and_stays_on_record(self):
        recall = self.launch()
        recall._clear(self.second, "Tested, nothing found")
        line = recall.lot_ids.filtered(lambda line: line.lot_id == self.second)
        self.assertTrue(line.is_cleared)
        self.assertEqual(line.cleared_reason, "Tested, nothing found")
        self.assertEqual(self.second.disposition_id, self.disposition("released"))
        self.assertEqual(self.first.disposition_id, self.disposition("recalled"))
        self.assertIn("Cleared", self.events(recall))
        self.deliver(self.hummus, 5, self.market, lot=self.second)

    def test_what_only_it_leads_to_is_cleared_with_it(self):
        recall = self.launch()
        recall._clear(self.mash_lot, "Never opened", with_made=True)
        cleared = recall.lot_ids.filtered("is_cleared").lot_id
        self.assertEqual(cleared, self.mash_lot | self.first | self.second)
        self.assertTrue(all(recall.consignee_ids.mapped("is_cleared")))
        self.assertEqual(self.bad.disposition_id, self.disposition("recalled"))

    def test_the_wizard_clears(self):
        recall = self.launch()
        context = recall.action_clear()["context"]
        wizard = self.env["stock.recall.clear"].with_user(self.manager)
        with Form(wizard.with_context(**context)) as form:
            form.lot_ids.add(self.second)
            form.reason = "Tested"
        form.record.clear()
        self.assertEqual(self.second.disposition_id, self.disposition("released"))

    def test_where_two_people_release_the_second_one_decides(self):
        self.company.batch_release_four_eyes = True
        recall = self.launch()
        decision = recall._clear(self.second, "Tested")
        self.assertEqual(decision.state, "proposed")
        self.assertEqual(self.second.disposition_id, self.disposition("recalled"))
        decision.with_user(self.other_manager).action_approve()
        self.assertEqual(self.second.disposition_id, self.disposition("released"))

    def test_what_another_recall_stops_stays_stopped(self):
        self.launch(self.second)
        self.launch()._clear(self.second, "Tested")
        self.assertEqual(self.second.disposition_id, self.disposition("recalled"))

    def test_only_batches_of_the_recall_and_with_a_reason(self):
        recall = self.launch(self.second)
        with self.assertRaises(NotInRecallError) as refusal:
            recall._clear(self.first, "Tested")
        self.assertEqual(refusal.exception.lots, self.first)
        with self.assertRaises(StepWithoutReasonError):
            recall._clear(self.second, " ")

    def test_it_is_not_caught_again(self):
        recall = self.launch()
        recall._clear(self.mash_lot, "Never opened", with_made=True)
        self.assertFalse(recall._catch_up())

    def test_it_is_suspected_once_more(self):
        recall = self.launch()
        recall._clear(self.second, "Tested")
        recall._expand(self.second, "The test was wrong")
        line = recall.lot_ids.filtered(lambda line: line.lot_id == self.second)
        self.assertFalse(line.is_cleared)
        self.assertEqual(self.second.disposition_id, self.disposition("recalled"))
