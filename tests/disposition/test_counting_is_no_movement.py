from odoo.tests import tagged

from ...models.disposition.exceptions import (
    ReleaseNotAllowedError,
    SecondPersonNeededError,
)
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestCountingIsNoMovement(KitchenCase):
    """Who counts less of a batch in one place and more in another has moved it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        places = cls.env["stock.location"]
        cls.cage, cls.shelf = places.create(
            [{"name": name, "location_id": cls.stock.id} for name in ("Cage", "Shelf")]
        )
        cls.lot = cls.put_on_hand(cls.make_lot(cls.chickpeas, "CP-1"), 5, cls.cage)
        # In quarantine everybody may count.
        cls.cage.disposition_id = cls.disposition("quarantine")
        cls.clerk = cls.user("clerk")
        cls.quality = cls.user("quality", "batch_tracking.group_quality_manager")

    def count(self, place, quantity, user=None, lot=None, **values):
        """Count a batch in a place, and apply it; return the quant."""
        quants = self.env["stock.quant"].with_user(user or self.clerk)
        quant = quants.with_context(inventory_mode=True).create(
            {
                "product_id": self.chickpeas.id,
                "lot_id": (lot or self.lot).id,
                "location_id": place.id,
                "inventory_quantity": quantity,
                **values,
            }
        )
        quant.action_apply_inventory()
        return quant

    def amount(self, place):
        quants = self.lot.quant_ids.filtered(lambda quant: quant.location_id == place)
        return sum(quants.mapped("quantity"))

    def assert_refused(self, place, quantity, error=ReleaseNotAllowedError, **choices):
        with self.assertRaises(error) as refusal, self.env.cr.savepoint():
            self.count(place, quantity, **choices)
        self.env.invalidate_all()
        self.assertEqual(refusal.exception.subject, self.lot)
        return refusal.exception

    def test_what_lies_in_quarantine_is_not_counted_elsewhere(self):
        refusal = self.assert_refused(self.shelf, 5)
        self.assertEqual(refusal.disposition, self.disposition("quarantine"))
        self.assertEqual(self.amount(self.shelf), 0)

    def test_a_place_counts_as_its_companys_whatever_the_stock_says(self):
        sister = self.env["res.company"].create({"name": "Sister"})
        self.env.cr.execute(
            "UPDATE stock_quant SET company_id = %s WHERE lot_id = %s",
            [sister.id, self.lot.id],
        )
        self.env.invalidate_all()
        self.assert_refused(self.shelf, 5)

    def test_what_was_counted_missing_in_quarantine_is_not_counted_elsewhere(self):
        self.count(self.cage, 0)
        self.assertEqual(self.amount(self.cage), 0)
        self.assert_refused(self.shelf, 5)

    def test_what_was_counted_missing_is_counted_where_it_lay(self):
        self.count(self.cage, 2)
        self.count(self.cage, 6)
        self.assertEqual(self.amount(self.cage), 6)

    def test_both_counts_applied_together_are_refused_too(self):
        quants = self.env["stock.quant"].with_user(self.clerk)
        quants = quants.with_context(inventory_mode=True)
        scope = {"product_id": self.chickpeas.id, "lot_id": self.lot.id}
        both = quants.create(
            [
                {**scope, "location_id": self.cage.id, "inventory_quantity": 0},
                {**scope, "location_id": self.shelf.id, "inventory_quantity": 5},
            ]
        )
        with self.assertRaises(ReleaseNotAllowedError):
            both.action_apply_inventory()

    def test_an_adjustment_s_line_by_program_is_a_count_as_well(self):
        loss = self.chickpeas.property_stock_inventory
        move = self.bare_move(self.lot, 5, loss, self.shelf)
        with self.assertRaises(ReleaseNotAllowedError):
            move.with_user(self.clerk)._action_done()

    def test_a_batch_that_may_be_counted_but_not_moved_stays(self):
        self.cage.disposition_id = False
        still = self.env["stock.lot.disposition"].create(
            {"name": "Do not touch", "code": "STILL", "allow_count": True}
        )
        self.lot._set_disposition(still, "Stones")
        self.count(self.cage, 6)
        self.count(self.cage, 1)
        refusal = self.assert_refused(self.shelf, 5)
        self.assertEqual(refusal.disposition, still)
        # Nor does it become somebody else's.
        self.assert_refused(self.cage, 5, owner_id=self.supplier.id)

    def test_a_quality_manager_counts_it_and_that_stays_in_the_history(self):
        self.count(self.cage, 0)
        self.count(self.shelf, 5, user=self.quality)
        self.assertEqual(self.amount(self.shelf), 5)
        event = self.lot.event_ids[:1]
        self.assertEqual(event.user_id, self.quality)
        self.assertEqual(event.old_value, self.cage.display_name)
        self.assertEqual(event.new_value, self.shelf.display_name)

    def test_where_two_people_release_one_does_not_count_it_out(self):
        self.company.batch_release_four_eyes = True
        self.count(self.cage, 0)
        error = SecondPersonNeededError
        self.assert_refused(self.shelf, 5, error=error, user=self.quality)

    def test_a_count_is_added_for_what_lies_there(self):
        """By New in the list of counts: core takes the quantity that is there."""
        self.count(self.cage, 4)
        self.assertEqual(self.amount(self.cage), 4)

    def test_free_batches_are_counted_wherever_they_are_found(self):
        free = self.put_on_hand(self.make_lot(self.chickpeas, "CP-2"), 5, self.stock)
        self.count(self.stock, 0, lot=free)
        self.count(self.shelf, 5, lot=free)
        self.assertEqual(free.quant_ids.filtered("quantity").location_id, self.shelf)

    def test_what_may_be_moved_is_counted_into_another_quarantine(self):
        self.shelf.disposition_id = self.disposition("quarantine")
        self.count(self.cage, 0)
        self.count(self.shelf, 5)
        self.assertEqual(self.amount(self.shelf), 5)
