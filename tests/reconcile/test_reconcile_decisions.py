from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ...models.recall.exceptions import RecallRightMissingError, RecallStateError
from ..answer.answer_case import AnswerCase


@tagged("post_install", "-at_install")
class TestReconcileDecisions(AnswerCase):
    """Recalled goods are here; somebody decides what becomes of them."""

    def setUp(self):
        super().setUp()
        self.first.unit_cost = 2.5
        self.recall = self.launch()

    def decide(self, **values):
        wizards = self.env["stock.recall.decide"].with_user(self.manager)
        form = Form(wizards.with_context(default_recall_id=self.recall.id))
        form.lot_id = self.first
        for name, value in {"reason": "Not safe", **values}.items():
            setattr(form, name, value)
        form.save().decide()
        return self.recall.decision_ids[:1]

    def test_what_is_destroyed_is_scrapped_in_front_of_a_witness(self):
        decision = self.decide(quantity=12, witness="Ann Lee")
        self.assertEqual(decision.scrap_id.state, "done")
        self.assertEqual(decision.scrap_id.lot_id, self.first)
        self.assertEqual(self.first.product_qty, 52 - 12)
        self.assertEqual(
            (decision.witness, decision.user_id), ("Ann Lee", self.manager)
        )
        self.assert_stock_adds_up(self.hummus)

    def test_a_drill_destroys_and_fetches_nothing(self):
        drill = self.launch(kind="drill")
        values = {"lot_id": self.first.id, "decision": "destroy", "quantity": 12}
        values |= {"reason": "Rehearsed", "witness": "Ann Lee"}
        values["location_id"] = self.stock.id
        decisions = self.env["stock.recall.decision"].with_user(self.manager)
        decision = decisions._decide(drill.with_user(self.manager), values)
        self.assertFalse(decision.scrap_id)
        self.assertEqual(self.first.product_qty, 52)
        rows = drill.consignee_ids
        rows.sudo().write({"told_returned": 0, "on_hand": 10, "answered_version": 1})
        self.assertFalse(rows._prepare_returns())

    def test_a_closed_recall_decides_nothing_more(self):
        self.recall.sudo().state = "closed"
        with self.assertRaises(RecallStateError):
            self.decide(quantity=12, witness="Ann Lee")
        self.assertEqual(self.first.product_qty, 52)

    def test_nothing_is_destroyed_without_a_witness(self):
        wizards = self.env["stock.recall.decide"].with_user(self.manager)
        wizard = wizards.create(
            {
                "recall_id": self.recall.id,
                "lot_id": self.first.id,
                "reason": "Not safe",
                "witness": " ",
            }
        )
        self.assertEqual((wizard.quantity, wizard.location_id), (52, self.stock))
        with self.assertRaises(UserError):
            wizard.decide()
        self.assertFalse(self.recall.decision_ids)
        self.assertEqual(self.first.product_qty, 52)

    def test_the_cost_adds_up(self):
        self.decide(quantity=12, witness="Ann Lee")
        self.recall.other_costs = 100
        self.assertEqual(self.recall.lost_value, 30)
        self.assertEqual(self.recall.total_cost, 130)

    def test_what_came_back_waits_for_a_decision(self):
        self.take_back(self.to_market, 15)
        self.assertEqual(self.recall._undecided(), {self.first: 15})
        self.decide(decision="rework", quantity=15)
        self.assertEqual(self.recall._undecided(), {})
        self.assertEqual(self.recall.lost_value, 0)

    def test_only_batches_of_the_recall(self):
        wizards = self.env["stock.recall.decide"].with_user(self.manager)
        wizard = wizards.create(
            {"recall_id": self.recall.id, "lot_id": self.other.id, "reason": "x"}
        )
        with self.assertRaises(UserError):
            wizard.decide()

    def test_who_is_no_recall_manager_decides_nothing(self):
        decisions = self.env["stock.recall.decision"].with_user(self.user("clerk"))
        with self.assertRaises(RecallRightMissingError):
            decisions._decide(self.recall.with_user(self.user("clerk2")), {})
