from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ...models.number.numbering import with_numbering
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestNumbersAreNotWasted(KitchenCase):
    """A number that is taken is used up: not by anybody, and not by a slip."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sequence = cls.env["ir.sequence"].create(
            {"name": "Pattern", "batch_pattern": "{yy}{doy}-{seq:3}"}
        )
        cls.hummus.lot_sequence_id = cls.sequence

    def taken(self):
        self.env.flush_all()
        return sum(self.env["stock.lot.counter"].search([]).mapped("last"))

    def series(self, user, product, count=3):
        lots = with_numbering(self.env["stock.lot"], product_id=product.id)
        return lots.with_user(user).generate_lot_names("", count)

    def test_by_a_series_without_end(self):
        clerk = self.user("clerk")
        self.assertEqual(len(self.series(clerk, self.hummus)), 3)
        before = self.taken()
        for count in (10**9, 10_001, -1, "3", None, 2.5, True):
            with self.subTest(count=count), self.assertRaises(UserError):
                self.series(clerk, self.hummus, count)
        self.assertEqual(self.taken(), before)

    def test_by_who_makes_no_batches(self):
        before = self.taken()
        for group in ("base.group_user", "base.group_portal", "base.group_public"):
            name = group.replace(".", "_")
            user = new_test_user(self.env, login=name, groups=group)
            # Portal users of subcontractors make batches of what they may read.
            with self.subTest(group=group), self.assertRaises(AccessError):
                self.series(user, self.hummus)
        self.assertEqual(self.taken(), before)

    def test_of_a_product_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        theirs = self.make_product("Their hummus", company_id=other.id)
        theirs.lot_sequence_id = self.sequence
        clerk = self.user("clerk")
        before = self.taken()
        with self.assertRaises(AccessError):
            self.series(clerk, theirs)
        with self.assertRaises(AccessError):
            self.env["stock.lot"].with_user(clerk).create({"product_id": theirs.id})
        self.assertEqual(self.taken(), before)

    def test_a_form_with_a_transfer_that_is_none_still_shows_a_number(self):
        for picking_id in (2**40, True, "x", -1, [1]):
            lots = self.env["stock.lot"].with_context(active_picking_id=picking_id)
            self.assertTrue(lots.new({"product_id": self.hummus.id}).name)
