from odoo.tests import tagged

from .remedy_case import RemedyCase


@tagged("post_install", "-at_install")
class TestCostOfRemedies(RemedyCase):
    """The cost of a recall adds up by itself, as its documents are done."""

    def setUp(self):
        super().setUp()
        self.first.unit_cost, self.other.unit_cost = 2.0, 3.0

    def cost(self):
        self.recall.invalidate_recordset()
        return (
            self.recall.lost_value,
            self.recall.replaced_value,
            self.recall.total_cost,
        )

    def test_a_replacement_costs_when_it_is_delivered(self):
        picking = self.replace()
        self.assertEqual(self.cost(), (0, 0, 0))
        self.validate(picking)
        self.assertEqual(self.cost(), (0, 105, 105))

    def test_with_what_is_destroyed_and_other_costs(self):
        self.validate(self.replace())
        place = (
            self.env["stock.quant"]
            .search(
                [
                    ("lot_id", "=", self.first.id),
                    ("location_id.usage", "=", "internal"),
                    ("quantity", ">", 0),
                ]
            )
            .location_id[:1]
        )
        decision = {
            "lot_id": self.first.id,
            "quantity": 10,
            "decision": "destroy",
            "location_id": place.id,
            "witness": "Ann",
        }
        self.env["stock.recall.decision"].with_user(self.manager)._decide(
            self.recall, decision
        )
        self.recall.other_costs = 7
        self.assertEqual(self.cost(), (20, 105, 132))
