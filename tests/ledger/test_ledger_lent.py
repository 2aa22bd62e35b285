from odoo.tests import tagged

from ...models.ledger.exceptions import (
    LeftUnreleasedError,
    StockChangeRefusedError,
)
from ..common import KitchenCase
from ..disposition.left_case import LeftCase


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


@tagged("post_install", "-at_install")
class TestGoodsThatHaveLeft(LeftCase):
    """What has left a location that holds it does not leave again from elsewhere."""

    def assert_nothing_goes(self, lot=None, quantity=5):
        for target in (self.customers, self.production, self.bin, self.shelf):
            with self.subTest(target.name):
                self.assert_refused(
                    self.move,
                    self.stock,
                    target,
                    quantity,
                    lot=lot,
                    error=LeftUnreleasedError,
                )

    def test_counted_away_it_does_not_leave_from_where_it_is_not(self):
        for code in ("quarantine", "restricted", "rejected"):
            self.impose(code)
            self.count(self.cage, 0)
            self.assert_nothing_goes()
            self.count(self.cage, 5)

    def test_nor_scrapped_used_or_sent_back(self):
        self.impose("restricted")
        for side in self.sides | self.bin:
            self.move(self.cage, side)
            self.assert_nothing_goes()
            self.move(side, self.cage)

    def test_nor_some_of_it_nor_beside_some_that_is_there(self):
        self.impose("quarantine")
        self.count(self.cage, 3)
        self.count(self.cage, 0)
        self.assert_nothing_goes(quantity=1)
        self.move(self.suppliers, self.stock, 2)
        self.move(self.stock, self.customers, 2)
        self.assert_nothing_goes(quantity=1)

    def test_nor_by_two_quality_managers_one_alone(self):
        self.two_people()
        self.impose("quarantine")
        self.count(self.cage, 0, user=self.quality)
        self.assert_refused(
            self.move,
            self.stock,
            self.customers,
            user=self.quality,
            error=LeftUnreleasedError,
        )

    def test_nor_does_what_was_made_of_it_there(self):
        self.impose("restricted")
        other = self.make_lot(self.chickpeas, "CP-NEW")
        self.move(self.cage, self.production)
        self.move(self.production, self.cage, lot=other)
        self.move(self.cage, self.loss, lot=other)
        self.assert_nothing_goes(other)

    def test_brought_by_who_may_it_leaves_from_where_it_is(self):
        self.impose("quarantine")
        self.count(self.cage, 0)
        self.count(self.shelf, 5, user=self.quality)
        self.move(self.shelf, self.customers)
        self.assertEqual(self.amount(self.customers), 5)

    def test_what_passed_leaves_though_a_sample_was_used_up(self):
        """Five lie in quarantine, one is a sample, the rest is taken out."""
        self.impose("quarantine")
        self.count(self.cage, 4)
        self.move(self.cage, self.stock, 4, user=self.quality)
        self.move(self.stock, self.shelf, 2)
        self.move(self.stock, self.customers, 2)
        self.move(self.shelf, self.customers, 2)
        self.assertEqual(self.amount(self.customers), 4)

    def test_what_passed_whole_goes_below_zero_as_core_has_it(self):
        self.impose("quarantine")
        self.move(self.cage, self.shelf, user=self.quality)
        self.move(self.stock, self.customers)
        self.assertEqual(self.amount(self.stock), -5)

    def test_it_goes_below_zero_once_all_has_come_back_and_passed(self):
        self.impose("quarantine")
        self.count(self.cage, 0)
        self.count(self.cage, 5)
        self.move(self.cage, self.shelf, user=self.quality)
        self.move(self.stock, self.customers, 1)
        self.assertEqual(self.amount(self.stock), -1)

    def test_where_nothing_holds_any_more_it_goes_below_zero(self):
        self.impose("quarantine")
        self.count(self.cage, 0)
        self.move(self.loss, self.cage)
        self.cage.disposition_id = False
        self.count(self.cage, 0)
        self.move(self.stock, self.customers)
        self.assertEqual(self.amount(self.stock), -5)
