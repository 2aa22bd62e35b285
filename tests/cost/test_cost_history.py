from odoo.tests import tagged

from .cost_case import CostCase


@tagged("post_install", "-at_install")
class TestCostHistory(CostCase):
    """A cost that is changed leaves an event, whoever types or finds it."""

    def costs(self, lot):
        label = lot._fields["unit_cost"].string
        events = lot.event_ids.sorted("id").filtered(lambda e: e.what == label)
        return [(event.old_value, event.new_value) for event in events]

    def test_one_that_is_found_begins_the_history(self):
        lot = self.bought("CP-1", 10, 3)
        self.assertEqual(self.costs(lot), [])

    def test_one_that_is_typed(self):
        lot = self.bought("CP-1", 10, 3)
        clerk = self.user("clerk", "stock.group_stock_user")
        lot.with_user(clerk).unit_cost = 99
        self.assertEqual(self.costs(lot), [("3.0", "99.0")])
        self.assertEqual(lot.event_ids.sorted("id")[-1].user_id, clerk)

    def test_one_that_is_found_anew(self):
        lot = self.make_lot(self.chickpeas, "CP-1")
        move = self.buy(lot, 10, 3)
        move.price_unit = 4
        move._update_unit_costs()
        self.assertEqual(self.costs(lot), [("3.0", "4.0")])
        self.assertTrue(lot.event_ids.sorted("id")[-1].reason)
