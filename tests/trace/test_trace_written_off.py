from odoo.tests import tagged

from ...tools.trace.mass_balance import balance_of
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestWrittenOffThere(KitchenCase):
    """What goes from a customer to a loss or to production never came to our stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 20)
        cls.delivery = cls.deliver(cls.chickpeas, 10, cls.bistro, lot=cls.lot)
        cls.loss = cls.chickpeas.property_stock_inventory
        cls.production = cls.chickpeas.property_stock_production

    def take_away(self, quantity, place):
        move = self.bare_move(self.lot, quantity, self.customers, place)
        move.partner_id = self.bistro
        move._action_done()
        self.env.flush_all()
        return move.move_line_ids

    def consigned(self):
        return self.env["stock.lot.trace"]._consignees(self.lot)

    def test_is_not_returned(self):
        for place in (self.loss, self.production):
            line = self.take_away(2, place)
            self.assertEqual(line.consignment, "written_off")
            self.assertEqual(line.consignee_id, self.bistro)
            self.assertEqual(line.received_quantity, 0)
        key = (self.lot.id, self.bistro.id)
        self.assertEqual(self.consigned(), [(*key, 10, 0)])
        self.assertEqual(self.env["stock.lot.trace"]._written_off(self.lot), {key: 4})
        self.assert_consignees_are_right()

    def test_who_has_it_says_it_apart(self):
        self.take_away(3, self.loss)
        self.take_back(self.delivery, 2)
        [row] = self.lot.get_whereabouts()["shipped"]["rows"]
        told = (row["quantity"], row["returned"], row["written_off"])
        self.assertEqual(told, (8, 2, 3))

    def test_the_mass_balance_says_the_same(self):
        self.take_away(3, self.loss)
        self.take_away(1, self.production)
        flows = self.env["stock.lot.trace"]._flows(self.lot)[self.lot.id]
        balance = balance_of(flows, on_hand=10)
        self.assertEqual((balance.delivered, balance.removed), (10, 0))
        self.assertEqual((balance.consumed, balance.accounted), (0, 20))

    def test_what_came_to_our_stock_and_was_lost_there_came_back(self):
        self.take_back(self.delivery, 4)
        self.bare_move(self.lot, 4, self.stock, self.loss)._action_done()
        self.env.flush_all()
        self.assertEqual(self.consigned(), [(self.lot.id, self.bistro.id, 10.0, 4.0)])

    def test_the_history_calls_it_so(self):
        self.take_away(3, self.loss)
        told = {row["what"] for row in self.lot.get_timeline()}
        self.assertIn("Written off at the customer's", told)

    def test_a_recall_asks_for_it_and_shows_it_apart(self):
        self.take_away(3, self.loss)
        recall = self.env["stock.recall"]._launch(self.lot, "Stones")
        row = recall.consignee_ids
        self.assertEqual((row.delivered, row.returned, row.net), (10, 0, 10))
        self.assertEqual(row.written_off, 3)
        self.take_away(2, self.loss)
        self.take_back(self.delivery, 1)
        self.env.invalidate_all()
        self.assertEqual((row.returned_since, row.received_back), (1, 1))
        self.assertEqual(row.written_off, 5)
        self.assertEqual((row.back, row.unaccounted), (1, 9))
        line = recall.lot_ids
        self.assertEqual(line.delivered, 10)
