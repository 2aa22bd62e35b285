from odoo.tests import tagged

from ...models.disposition.exceptions import (
    BatchHeldError,
    CountedOutsideError,
    HeldNumberError,
    SecondPersonNeededError,
)
from ...models.ledger.exceptions import HeldGoodsStayError
from .left_case import LeftCase


@tagged("post_install", "-at_install")
class TestLeftUnreleased(LeftCase):
    """What a location holds stays held, whatever the books say it became."""

    def test_counted_away_it_passes_on_to_nobody(self):
        self.impose("quarantine")
        self.count(self.cage, 0)
        for target in (self.customers, self.production, self.suppliers):
            with self.subTest(target.name):
                self.assert_refused(self.move, self.loss, target)

    def test_while_it_lies_there_it_goes_from_elsewhere_to_nobody(self):
        self.impose("quarantine")
        for source in self.sides:
            for target in self.customers | self.production - source:
                with self.subTest(f"{source.name} to {target.name}"):
                    self.assert_refused(self.move, source, target)

    def test_customers_do_not_use_it_up_either(self):
        self.impose("quarantine")
        self.assert_refused(self.move, self.customers, self.production)

    def test_used_or_returned_it_is_not_delivered(self):
        self.impose("restricted")
        for side in self.production | self.suppliers:
            with self.subTest(side.name):
                self.move(self.cage, side, 2)
                self.assert_refused(self.move, side, self.customers, 2)
                self.assert_refused(self.move, side, self.shelf, 2)

    def test_it_does_not_pass_from_one_side_of_the_outside_to_another(self):
        self.impose("restricted")
        self.move(self.cage, self.production)
        self.assert_refused(self.move, self.production, self.suppliers)
        self.assert_refused(self.move, self.production, self.bin)

    def test_scrapped_it_is_not_delivered(self):
        self.impose("rejected")
        self.move(self.cage, self.bin)
        self.assert_refused(self.move, self.bin, self.customers)
        self.assert_refused(self.move, self.bin, self.shelf)

    def test_it_comes_back_to_where_it_was(self):
        self.impose("restricted")
        for side in self.sides:
            self.move(self.cage, side)
            self.move(side, self.cage)
        self.assertEqual(self.amount(self.cage), 5)

    def test_it_does_not_come_back_by_its_number(self):
        self.impose("quarantine")
        self.count(self.cage, 0)
        self.assert_refused(self.by_name, self.loss, self.shelf)

    def test_where_two_people_release_one_does_not_bring_it_back_by_its_number(self):
        self.impose("quarantine")
        self.two_people()
        self.count(self.cage, 0, user=self.quality)
        self.assert_refused(
            self.by_name,
            self.loss,
            self.shelf,
            user=self.quality,
            error=SecondPersonNeededError,
        )

    def test_who_may_release_brings_it_back_and_that_stays_in_the_history(self):
        self.impose("restricted")
        self.move(self.cage, self.production)
        self.move(self.production, self.shelf, user=self.quality)
        self.assertEqual(self.amount(self.shelf), 5)
        self.assertEqual(self.last_event().user_id, self.quality)
        self.assertEqual(self.last_event().old_value, self.cage.display_name)

    def test_what_came_in_before_it_left_is_no_return_of_it(self):
        """Opening stock is counted in, and counted away again."""
        self.lot = self.make_lot(self.chickpeas, "CP-3")
        self.count(self.cage, 5)
        self.impose("quarantine")
        self.count(self.cage, 0)
        self.assert_refused(self.count, self.shelf, 5)

    def test_more_of_it_is_received_and_made(self):
        self.impose("quarantine")
        self.move(self.suppliers, self.shelf)
        self.move(self.production, self.shelf)
        self.assertEqual(self.amount(self.shelf), 10)

    def test_more_of_it_is_received_though_some_was_scrapped(self):
        self.impose("rejected")
        self.move(self.cage, self.bin, 1)
        self.move(self.suppliers, self.shelf)
        self.assertEqual(self.amount(self.shelf), 5)

    def test_customers_bring_back_what_they_have(self):
        self.move(self.cage, self.customers, 2)
        self.impose("quarantine")
        self.move(self.customers, self.shelf, 2)
        self.assertEqual(self.amount(self.shelf), 2)

    def test_what_was_used_of_free_goods_comes_back(self):
        """As an order that is taken apart puts it back."""
        self.impose("quarantine")
        self.move(self.suppliers, self.shelf)
        self.move(self.shelf, self.production)
        self.move(self.production, self.shelf)
        self.assertEqual(self.amount(self.shelf), 5)


@tagged("post_install", "-at_install")
class TestNoOtherPlace(LeftCase):
    """What has left a location unreleased is not freed by what places are called."""

    def test_an_empty_location_stays_the_companys_stock(self):
        self.impose("quarantine")
        self.count(self.cage, 0)
        cage = self.cage.with_user(self.chief)
        self.assert_refused(cage.write, {"usage": "customer"})
        self.assert_refused(cage.write, {"usage": "inventory"})
        cage.with_user(self.quality).sudo().usage = "inventory"

    def test_a_location_that_held_nothing_may_be_another(self):
        self.move(self.cage, self.shelf)
        self.impose("quarantine")
        self.cage.with_user(self.chief).usage = "inventory"

    def test_where_it_was_scrapped_does_not_become_stock(self):
        self.impose("rejected")
        self.move(self.cage, self.bin)
        scrapped = self.bin.with_user(self.chief)
        self.assert_refused(
            scrapped.write, {"usage": "internal"}, error=HeldGoodsStayError
        )


@tagged("post_install", "-at_install")
class TestNoOtherNumber(LeftCase):
    """A batch that a location holds keeps its number, and nobody else gets it."""

    def test_a_clerk_does_not_rename_it(self):
        self.impose("quarantine")
        lot = self.lot.with_user(self.clerk)
        self.assert_refused(lot.write, {"name": "CP-OLD"})

    def test_nor_once_it_is_counted_away(self):
        self.impose("quarantine")
        self.count(self.cage, 0)
        lot = self.lot.with_user(self.clerk)
        self.assert_refused(lot.write, {"name": "CP-OLD"})

    def test_its_former_number_stays_its_own(self):
        self.impose("quarantine")
        self.lot.with_user(self.quality).name = "CP-OLD"
        with self.assertRaises(HeldNumberError) as refusal:
            self.make_lot(self.chickpeas, "CP-2")
        self.assertEqual(refusal.exception.held, self.lot)

    def test_once_it_is_taken_out_it_is_renamed(self):
        self.impose("quarantine")
        self.move(self.cage, self.shelf, user=self.quality)
        self.lot.with_user(self.clerk).name = "CP-OLD"
        self.assertEqual(self.lot.name, "CP-OLD")


@tagged("post_install", "-at_install")
class TestOnlyStockIsCounted(LeftCase):
    """Counting is between our own stock and what is missing, and said by no field."""

    def test_what_others_have_is_not_counted(self):
        self.deliver(self.chickpeas, 1, self.market, lot=self.receive_free())
        for place in self.customers | self.production | self.suppliers:
            with self.subTest(place.name):
                self.assert_refused(self.count, place, 0, error=CountedOutsideError)
                self.assert_refused(self.count, place, 7, error=CountedOutsideError)

    def receive_free(self):
        self.lot = self.receive(self.chickpeas, "CP-4", 5)
        return self.lot

    def hold_a_free_one(self):
        self.receive_free()._set_disposition(self.held, "Stones")

    def test_a_transfer_that_calls_itself_a_count_delivers_all_the_same(self):
        self.hold_a_free_one()
        self.count(self.stock, 0)
        for target in self.customers | self.production | self.suppliers:
            with self.subTest(target.name):
                self.assert_refused(self.count_out, target, error=BatchHeldError)

    def count_out(self, target):
        route = {"location_id": self.loss.id, "location_dest_id": target.id}
        line = {"product_id": self.chickpeas.id, "lot_id": self.lot.id, "quantity": 5}
        moves = self.env["stock.move"].with_user(self.clerk)
        move = moves.create(
            {
                "product_id": self.chickpeas.id,
                "product_uom_qty": 5,
                "is_inventory": True,
                "picked": True,
                "move_line_ids": [(0, 0, {**line, **route})],
                **route,
            }
        )
        move._action_done()

    def test_nor_is_it_one_by_a_context(self):
        self.hold_a_free_one()
        scraps = self.env["stock.scrap"].with_user(self.clerk)
        scrap = scraps.with_context(default_is_inventory=True).create(
            {
                "product_id": self.chickpeas.id,
                "lot_id": self.lot.id,
                "scrap_qty": 1,
                "location_id": self.stock.id,
            }
        )
        self.assert_refused(scrap.do_scrap, error=BatchHeldError)

    def test_what_is_held_is_counted_where_it_lies(self):
        self.hold_a_free_one()
        self.count(self.stock, 3)
        self.count(self.stock, 4)
        self.assertEqual(self.amount(self.stock), 4)
