from odoo.tests import tagged

from ...models.disposition.exceptions import (
    HeldByCompanyError,
    ReleaseNotAllowedError,
)
from .shared_case import SharedCase


@tagged("post_install", "-at_install")
class TestCountingSharedLots(SharedCase):
    """What one company counts away of a held batch is not found by another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hers = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.sister.id)], limit=1
        )
        cls.shelf = cls.env["stock.location"].create(
            {
                "name": "Shelf",
                "location_id": cls.hers.lot_stock_id.id,
                "company_id": cls.sister.id,
            }
        )
        cls.counts = cls.env["stock.lot.disposition"].create(
            {"name": "Counted", "code": "COUNTED", "allow_count": True}
        )
        cls.near = cls.user("near", "stock.group_stock_user")
        cls.sisters = cls.user("sisters", "stock.group_stock_user")
        cls.sisters.write(
            {"company_ids": [(6, 0, cls.sister.ids)], "company_id": cls.sister.id}
        )

    def count(self, place, quantity, user):
        quants = self.env["stock.quant"].with_user(user).with_company(place.company_id)
        quant = quants.with_context(inventory_mode=True).create(
            {
                "product_id": self.chickpeas.id,
                "lot_id": self.shared.id,
                "location_id": place.id,
                "inventory_quantity": quantity,
            }
        )
        quant.action_apply_inventory()
        self.env.flush_all()

    def amount(self, place):
        self.env.invalidate_all()
        quants = self.shared.quant_ids.filtered(lambda one: one.location_id == place)
        return sum(quants.mapped("quantity"))

    def assert_refused(self, error, user):
        with self.assertRaises(error) as refusal, self.env.cr.savepoint():
            self.count(self.shelf, 10, user)
        self.assertEqual(self.amount(self.shelf), 0)
        return refusal.exception

    def test_of_a_held_batch(self):
        self.shared._set_disposition(self.counts, "Stones")
        self.count(self.stock, 0, self.near)
        refusal = self.assert_refused(HeldByCompanyError, self.sisters)
        self.assertEqual(refusal.companies, self.company)
        self.assertNotIn(self.stock.display_name, str(refusal))
        # Nor does her quality manager release what another company holds.
        self.assert_refused(HeldByCompanyError, self.far)

    def test_out_of_a_quarantine_of_the_other_company(self):
        cage = self.env["stock.location"].create(
            {"name": "Cage", "location_id": self.stock.id}
        )
        self.bare_move(self.shared, 10, self.stock, cage)._action_done()
        cage.disposition_id = self.counts
        self.count(cage, 0, self.near)
        self.assert_refused(HeldByCompanyError, self.sisters)

    def test_who_works_for_both_needs_the_right(self):
        self.shared._set_disposition(self.counts, "Stones")
        self.count(self.stock, 0, self.near)
        self.near.company_ids |= self.sister
        self.assert_refused(ReleaseNotAllowedError, self.near)

    def test_quality_of_both_brings_it_and_both_histories_say_so(self):
        self.shared._set_disposition(self.counts, "Stones")
        self.count(self.stock, 0, self.near)
        self.quality.company_ids |= self.sister
        known = self.shared.event_ids
        self.count(self.shelf, 10, self.quality)
        self.assertEqual(self.amount(self.shelf), 10)
        told = self.env["stock.lot.event"].search(
            [("lot_id", "=", self.shared.id), ("id", "not in", known.ids)]
        )
        told = told.filtered(lambda event: event.new_value == self.shelf.display_name)
        self.assertEqual(told.company_id, self.company | self.sister)
        self.assertEqual(told.user_id, self.quality)

    def test_what_lies_where_it_lay_is_found_by_another_as_ever(self):
        place = self.hers.lot_stock_id
        self.count(place, 5, self.sisters)
        self.assertEqual(self.amount(place), 5)

    def test_a_free_batch_is_counted_wherever_it_is_found(self):
        self.count(self.stock, 0, self.near)
        self.count(self.shelf, 10, self.sisters)
        self.assertEqual(self.amount(self.shelf), 10)
