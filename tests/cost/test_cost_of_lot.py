from odoo.tests import tagged
from odoo.tools import SQL

from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestUnitCost(KitchenCase):
    """The cost of a lot, as it is typed and compared."""

    def stocked(self, name, cost):
        lot = self.make_lot(self.chickpeas, name, unit_cost=cost)
        return self.put_on_hand(lot, 10)

    def choose(self, strategy):
        self.chickpeas.removal_strategy_id = self.env.ref(
            f"batch_tracking.product_removal_{strategy}"
        )

    def taken(self, quantity):
        lines = self.order(self.chickpeas, quantity, self.market).move_line_ids
        return [line.lot_id.name for line in lines.sorted("id")]

    def test_the_cheapest_goes_first_and_unknown_costs_last(self):
        self.stocked("UNKNOWN", 0)
        self.stocked("DEAR", 5)
        self.stocked("CHEAP", 2)
        self.choose("lofo")
        self.assertEqual(self.taken(30), ["CHEAP", "DEAR", "UNKNOWN"])
        self.choose("hifo")
        lines = self.env["stock.move.line"].search(
            [("product_id", "=", self.chickpeas.id)]
        )
        lines.unlink()
        self.assertEqual(self.taken(30), ["DEAR", "CHEAP", "UNKNOWN"])

    def test_a_corrected_cost_counts_at_once(self):
        dear = self.stocked("DEAR", 5)
        self.stocked("CHEAP", 2)
        self.choose("lofo")
        dear.unit_cost = 1
        self.assertEqual(self.taken(5), ["DEAR"])
        self.assertTrue(dear.unit_cost_typed)

    def test_a_price_of_the_move_is_the_cost(self):
        move = self.bare_move(
            self.make_lot(self.chickpeas, "A"), 10, self.suppliers, self.stock
        )
        # With accounting, the value of the move says so instead.
        move.price_unit = 2.5
        self.patch(type(move), "_costs_come_later", lambda self: False)
        self.patch(type(move), "_has_unit_cost", lambda self: bool(self.price_unit))
        self.patch(type(move), "_unit_cost_sql", lambda self: SQL("price_unit"))
        move._action_done()
        self.assertEqual(move.lot_ids.unit_cost, 2.5)
