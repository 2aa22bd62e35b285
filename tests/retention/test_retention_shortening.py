from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...models.retention.exceptions import RetentionShortenedError
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestShorterRetention(KitchenCase):
    """That batches may be deleted earlier is decided, and stays in the history."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        terms = cls.env["stock.lot.retention"]
        cls.year = terms.create(
            {"name": "Year", "months": 12, "months_after_expiry": 6}
        )
        cls.month = terms.create({"name": "Month", "months": 1})
        cls.chief = cls.user(
            "chief", "stock.group_stock_manager", "product.group_product_manager"
        )
        cls.quality = cls.user(
            "quality",
            "stock.group_stock_manager",
            "product.group_product_manager",
            "batch_tracking.group_quality_manager",
        )
        cls.boss = new_test_user(
            cls.env, login="boss", groups="base.group_system,stock.group_stock_manager"
        )
        cls.category = cls.env["product.category"].create({"name": "Pulses"})

    def told(self):
        events = self.env["stock.lot.event"].search([("kind", "=", "setting")], limit=1)
        return events.old_value, events.new_value, events.user_id

    def refused(self, records, values):
        with self.assertRaises(RetentionShortenedError) as refusal:
            records.with_user(self.chief).write(values)
        self.assertEqual(refusal.exception.subject, records)
        records.invalidate_recordset()

    def test_a_term_that_is_used_is_shortened_by_who_decides_that(self):
        self.company.batch_retention_id = self.year
        for values in ({"months": 11}, {"months_after_expiry": 0}):
            self.refused(self.year, values)
        self.year.with_user(self.quality).months = 6
        old, new, who = self.told()
        self.assertTrue(old.startswith("12 months") and new.startswith("6 months"))
        self.assertEqual(who, self.quality)

    def test_it_may_be_prolonged_and_one_that_nobody_uses_changed(self):
        self.company.batch_retention_id = self.year
        self.year.with_user(self.chief).months = 24
        self.month.with_user(self.chief).write({"months": 2})
        self.month.with_user(self.chief).write({"months": 1})
        self.assertEqual(self.year.months, 24)

    def test_a_category_gets_a_shorter_term_by_who_decides_that(self):
        self.company.batch_retention_id = self.year
        self.refused(self.category, {"batch_retention_id": self.month.id})
        self.category.with_user(self.quality).batch_retention_id = self.month
        self.assertEqual(self.told(), ("Year", "Month", self.quality))
        self.category.with_user(self.chief).batch_retention_id = False

    def test_a_category_that_moves_below_another_keeps_its_batches_as_long(self):
        self.company.batch_retention_id = self.year
        above = self.env["product.category"].create(
            {"name": "Fresh", "batch_retention_id": self.month.id}
        )
        self.refused(self.category, {"parent_id": above.id})

    def test_who_sets_up_the_system_chooses_a_term(self):
        self.company.with_user(self.boss).batch_retention_id = self.year
        self.assertEqual(self.told(), ("", "Year", self.boss))

    def kept_by_category(self):
        """A product with a batch whose category keeps it for a year, and another."""
        self.category.batch_retention_id = self.year
        fresh = self.env["product.category"].create(
            {"name": "Fresh", "batch_retention_id": self.month.id}
        )
        self.chickpeas.categ_id = self.category
        self.make_lot(self.chickpeas, "CP-1")
        return self.chickpeas.product_tmpl_id, fresh

    def test_a_product_goes_to_a_category_that_keeps_less_by_who_decides_that(self):
        product, fresh = self.kept_by_category()
        self.refused(product, {"categ_id": fresh.id})
        with self.assertRaises(AccessError):  # Odoo tells it on the variant's behalf
            self.chickpeas.with_user(self.chief).categ_id = fresh
        self.env.invalidate_all()
        product.with_user(self.quality).categ_id = fresh
        self.assertEqual(self.told(), ("Year", "Month", self.quality))
        product.with_user(self.chief).categ_id = self.category
        self.assertEqual(self.told(), ("Month", "Year", self.chief))

    def test_a_new_category_takes_products_over_by_who_decides_that(self):
        product, _fresh = self.kept_by_category()
        categories = self.env["product.category"].with_user(self.chief)
        new = categories.create({"name": "New", "batch_retention_id": self.month.id})
        self.refused(product, {"categ_id": new.id})
        below = categories.create({"name": "Below", "parent_id": self.category.id})
        product.with_user(self.chief).categ_id = below

    def test_products_without_batches_go_wherever_they_are_put(self):
        _product, fresh = self.kept_by_category()
        jar = self.make_product("Jar")
        jar.categ_id = self.category
        before = self.env["stock.lot.event"].search_count([])
        jar.product_tmpl_id.with_user(self.chief).categ_id = fresh
        self.assertEqual(self.env["stock.lot.event"].search_count([]), before)

    def test_a_product_takes_its_batches_to_a_company_that_keeps_less(self):
        sister = self.env["res.company"].create({"name": "Kai Ltd"})
        self.company.batch_retention_id = self.year
        sister.batch_retention_id = self.month
        (self.chief | self.quality).company_ids |= sister
        lot = self.make_lot(self.chickpeas, "CP-1")
        template = self.chickpeas.product_tmpl_id.with_context(
            allowed_company_ids=[self.company.id, sister.id]
        )
        with self.assertRaises(RetentionShortenedError):
            template.with_user(self.chief).company_id = sister
        self.env.invalidate_all()
        template.with_user(self.quality).company_id = sister
        self.assertEqual(lot.company_id, sister)

    def test_a_batch_goes_to_a_company_that_keeps_less_by_who_decides_that(self):
        sister = self.env["res.company"].create({"name": "Kai Ltd"})
        self.company.batch_retention_id = self.year
        sister.batch_retention_id = self.month
        (self.chief | self.quality).company_ids |= sister
        lot = self.make_lot(self.chickpeas, "CP-1", company_id=self.company.id)
        both = {"allowed_company_ids": [self.company.id, sister.id]}
        lot = lot.with_context(**both)
        self.refused(lot, {"company_id": sister.id})
        lot.with_user(self.chief).company_id = False
        lot.with_user(self.quality).company_id = sister
