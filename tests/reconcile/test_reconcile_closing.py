from odoo.tests import tagged

from ...models.recall.exceptions import RecallNotClosableError
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
