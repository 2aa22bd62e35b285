from odoo.tests import tagged

from ...models.ledger.exceptions import StockChangeRefusedError
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestGoodsThatAreNotThere(KitchenCase):
    """A batch is not taken from where it is not, while it is held elsewhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.corner = cls.env["stock.location"].create(
            {"name": "Corner", "location_id": cls.stock.id}
        )
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 5)
        cls.bare_move(cls.lot, 5, cls.stock, cls.corner)._action_done()
        cls.corner.disposition_id = cls.disposition("quarantine")
        cls.clerk = cls.user("clerk")

    def take(self, lot, target, quantity=5):
        move = self.bare_move(lot, quantity, self.stock, target)
        move.with_user(self.clerk)._action_done()

    def assert_refused(self, *what):
        with self.assertRaises(StockChangeRefusedError), self.env.cr.savepoint():
            self.take(*what)
        self.env.invalidate_all()

    def test_it_is_not_delivered_used_or_scrapped_from_the_stock(self):
        for target in (
            self.customers,
            self.chickpeas.property_stock_production,
            self.chickpeas.property_stock_inventory,
        ):
            self.assert_refused(self.lot, target)

    def test_nor_more_of_it_than_is_there(self):
        free = self.bare_move(self.lot, 2, self.suppliers, self.stock)
        free._action_done()
        self.take(self.lot, self.customers, 2)
        self.assert_refused(self.lot, self.customers, 1)

    def test_what_has_been_brought_back_is_there(self):
        self.bare_move(self.lot, 5, self.corner, self.stock)._action_done()
        self.take(self.lot, self.customers, 5)

    def test_a_number_that_never_came_in_is_no_way_out_for_what_lies_there(self):
        bad = self.receive(self.chickpeas, "CP-BAD", 5)
        bad._set_disposition(self.disposition("hold"), "Stones")
        fresh = self.make_lot(self.chickpeas, "CP-FRESH")
        self.assert_refused(fresh, self.customers)

    def test_what_is_held_nowhere_goes_below_zero_as_core_has_it(self):
        """Typed ahead of its receipt, as core permits; known from before, as well."""
        fresh = self.make_lot(self.chickpeas, "CP-FRESH")
        self.take(fresh, self.customers)
        known = self.receive(self.chickpeas, "CP-2", 1)
        bad = self.receive(self.chickpeas, "CP-BAD", 5)
        bad._set_disposition(self.disposition("hold"), "Stones")
        self.take(known, self.customers, 3)
