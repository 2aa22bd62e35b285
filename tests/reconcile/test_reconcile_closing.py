from odoo.fields import Command
from odoo.tests import tagged

from ...models.recall.exceptions import RecallNotClosableError
from ...models.reconcile.exceptions import WaivedWithoutReasonError
from ...tools.answer.ledger import Onward
from ..answer.answer_case import AnswerCase


@tagged("post_install", "-at_install")
class TestReconcileClosing(AnswerCase):
    """A recall is closed when nothing is open, by another than who launched it."""

    def setUp(self):
        super().setUp()
        self.recall = self.launch(self.second)
        self.colleague = self.user("other", "batch_tracking.group_recall_manager")

    def unmet(self):
        gates = self.recall.with_user(self.colleague)._closing_gates()
        return {key for key, ok, _sentence in gates if not ok}

    def work_it_off(self):
        self.recall.sudo().notice_ids._note_told("phone", True)
        self.answer(self.recall, self.market, {self.second: {"destroyed": 9}})
        self.recall.check_level = "A"
        self.recall.action_draw_checks()
        check = self.recall.check_ids
        check.write({"got_notice": "yes", "did_as_told": "yes"})
        check.with_user(self.colleague).action_verify()

    def test_all_that_is_open_is_named(self):
        self.assertEqual(self.unmet(), {"notices", "ledger", "checks"})
        with self.assertRaisesRegex(RecallNotClosableError, "1 lines are not settled"):
            self.recall.with_user(self.colleague).action_close()
        self.assertEqual(self.recall.state, "progress")

    def test_worked_off_it_closes(self):
        self.work_it_off()
        self.assertEqual(self.unmet(), set())
        self.recall.with_user(self.colleague).action_close()
        self.assertEqual(self.recall.state, "closed")

    def test_what_is_given_up_with_a_reason_keeps_nothing_open(self):
        self.work_it_off()
        told = {self.second: {"not_located": 9}}
        self.answer(self.recall, self.market, told)
        self.assertEqual(self.unmet(), {"ledger"})
        self.recall.consignee_ids.with_user(self.manager)._waive("Burnt down")
        self.assertEqual(self.unmet(), set())

    def test_what_came_back_is_decided_on(self):
        self.work_it_off()
        delivery = (
            self.env["stock.move.line"]
            .search(
                [("lot_id", "=", self.second.id), ("consignment", "=", "delivered")]
            )
            .picking_id
        )
        self.answer(self.recall, self.market, {self.second: {"returned": 9}})
        self.take_back(delivery, 9)
        self.assertEqual(self.unmet(), {"decisions"})

    def test_those_behind_are_asked(self):
        self.work_it_off()
        told = {"passed_on": 9, "passed_to": (Onward("Shop", quantity=9),)}
        self.answer(self.recall, self.market, {self.second: told})
        self.assertIn("passed_on", self.unmet())

    def test_a_drill_asks_nobody(self):
        drill = self.launch(kind="drill")
        gates = {key for key, _ok, _sentence in drill._closing_gates()}
        self.assertEqual(gates, {"list", "reconciled"})
        self.work_off(drill)
        drill.action_close()
        self.assertEqual(drill.state, "closed")

    # -- what was given up

    def give_up(self, who=None, reason="Out of business since June"):
        lines = self.recall.consignee_ids.with_user(who or self.manager)
        lines._waive(reason)
        return lines

    def gates(self, who):
        return {
            key: (ok, sentence)
            for key, ok, sentence in self.recall.with_user(who)._closing_gates()
        }

    def test_a_reason_is_made_of_words(self):
        for reason in ("", ".", "...", "42", "-", None):
            with self.assertRaises(WaivedWithoutReasonError):
                self.give_up(reason=reason)

    def test_who_closes_sees_what_was_given_up(self):
        self.work_it_off()
        self.answer(self.recall, self.market, {self.second: {"not_located": 9}})
        self.give_up()
        ok, sentence = self.gates(self.colleague)["given_up"]
        self.assertTrue(ok)
        self.assertIn(self.manager.name, sentence)
        self.assertIn("Out of business since June", sentence)
        notices = self.recall.with_user(self.colleague)._next_steps()
        self.assertIn(sentence, [notice["text"] for notice in notices])

    def test_nobody_gives_up_and_closes(self):
        self.work_it_off()
        self.answer(self.recall, self.market, {self.second: {"not_located": 9}})
        self.give_up(self.colleague)
        self.assertFalse(self.gates(self.colleague)["given_up"][0])
        with self.assertRaisesRegex(RecallNotClosableError, "given up"):
            self.recall.with_user(self.colleague).action_close()
        third = self.user("third", "batch_tracking.group_recall_manager")
        self.recall.with_user(third).action_close()
        self.assertTrue(self.gates(self.colleague)["given_up"][0])

    def test_nor_does_a_single_recall_manager(self):
        self.recall.sudo().notice_ids._note_told("phone", True)
        self.recall.check_level = "A"
        self.recall.action_draw_checks()
        self.recall.check_ids.with_user(self.manager)._waive("Nobody can be reached")
        self.give_up()
        managers = self.env.ref("batch_tracking.group_recall_manager").all_user_ids
        others = managers - self.manager - self.env.ref("base.user_root")
        others.group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        gates = self.gates(self.manager)
        self.assertTrue(gates["second_person"][0])
        self.assertFalse(gates["given_up"][0])

    def test_an_answer_after_all_is_seen(self):
        lines = self.give_up()
        self.assertEqual(lines.state, "closed")
        self.answer(self.recall, self.market, {self.second: {"not_located": 9}})
        self.assertFalse(lines.waived_reason or lines.waived_by_id)
        self.assertEqual(lines.state, "open")
        self.assertIn("ledger", self.unmet())

    def test_names_that_nobody_says_any_more_keep_nothing_open(self):
        self.work_it_off()
        told = {"passed_on": 9, "passed_to": (Onward("Shop", quantity=9),)}
        self.answer(self.recall, self.market, {self.second: told})
        self.answer(self.recall, self.market, {self.second: {"destroyed": 9}})
        self.assertEqual(self.unmet(), set())
