from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.disposition.exceptions import HeldByCompanyError, HeldIdentityError
from .shared_case import SharedCase


@tagged("post_install", "-at_install")
class TestHeldCompany(SharedCase):
    """A held batch keeps its company, by whatever way that would be another one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot.sudo().company_id = cls.company
        cls.far_boss = cls.far.copy({"login": "far_boss"})

    def assert_kept(self):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.lot.company_id, self.company)

    def test_written_as_it_is_its_product_takes_no_company_away(self):
        self.lot.with_user(self.clerk).product_id = self.chickpeas
        self.assert_kept()
        mine = self.lot.with_user(self.clerk)
        mine.write({"product_id": self.chickpeas.id, "ref": "same"})
        self.assert_kept()
        row = [str(self.lot.id), str(self.chickpeas.id)]
        loaded = mine.load([".id", "product_id/.id"], [row])
        self.assertFalse(loaded["messages"])
        self.assert_kept()

    def test_so_others_do_not_release_it(self):
        self.lot.with_user(self.clerk).product_id = self.chickpeas
        self.env.flush_all()
        for user in self.far | self.far_boss:
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.as_far(self.lot).with_user(user).disposition_id = self.released
        self.assertEqual(self.lot.disposition_id, self.held)

    def own_product(self):
        """Return a product of the company with a batch of it."""
        product = self.make_product("Own", company_id=self.company.id)
        lot = self.receive(product, "OWN-1", 10)
        self.assertEqual(lot.company_id, self.company)
        return product, lot

    def test_it_keeps_it_when_its_product_becomes_everybodys(self):
        product, self.lot = self.own_product()
        self.lot._set_disposition(self.held, "Stones")
        product.product_tmpl_id.company_id = False
        self.assert_kept()

    def test_so_does_what_a_location_holds_or_what_left_it_unreleased(self):
        product, self.lot = self.own_product()
        cage = self.make_place("Cage", disposition_id=self.disposition("restricted").id)
        self.bare_move(self.lot, 10, self.stock, cage)._action_done()
        self.lot.with_user(self.clerk).product_id = product
        product.product_tmpl_id.company_id = False
        self.assert_kept()
        used = self.bare_move(self.lot, 10, cage, product.property_stock_production)
        used._action_done()
        self.lot.with_user(self.clerk).product_id = product
        self.assert_kept()

    def test_a_free_one_follows_its_product_and_tells_it(self):
        product, lot = self.own_product()
        product.product_tmpl_id.company_id = False
        self.env.flush_all()
        self.assertFalse(lot.company_id)
        told = lot.event_ids.filtered(lambda event: event.kind == "properties")
        self.assertEqual(told.mapped("old_value"), [self.company.name])

    def test_a_free_one_that_loses_its_company_by_its_product_tells_it(self):
        lot = self.make_lot(self.chickpeas, "FREE", company_id=self.company.id)
        lot.with_user(self.clerk).product_id = self.chickpeas
        self.env.flush_all()
        told = lot.event_ids.filtered(lambda event: event.kind == "properties")
        self.assertEqual(
            told.mapped("old_value"), [] if lot.company_id else [self.company.name]
        )

    def test_made_everybodys_it_stays_held_by_its_company(self):
        self.lot.sudo().company_id = False
        self.assertEqual(self.lot.holding_company_ids, self.company)
        with self.assertRaises(HeldByCompanyError):
            self.as_far(self.lot).disposition_id = self.released

    def test_it_is_not_given_to_one_while_another_holds_it(self):
        product = self.make_product("Common")
        lot = self.make_lot(product, "COMMON")
        self.as_far(lot)._set_disposition(self.held, "Stones")
        self.assertEqual(lot.holding_company_ids, self.sister)
        with self.assertRaises(HeldIdentityError), self.env.cr.savepoint():
            product.product_tmpl_id.company_id = self.company
            self.env.flush_all()
