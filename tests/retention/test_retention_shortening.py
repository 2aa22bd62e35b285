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
