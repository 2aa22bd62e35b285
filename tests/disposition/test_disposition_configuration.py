from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from ...models.disposition.stock_lot_disposition import (
    ICONS,
    PERMISSIONS,
)
from ..common import KitchenCase

SHIPPED = (
    "released",
    "quarantine",
    "hold",
    "restricted",
    "rejected",
    "recalled",
    "expired",
)


@tagged("post_install", "-at_install")
class TestDispositionPermissions(KitchenCase):
    """Which dispositions there are, who changes them, what planning makes of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.put_on_hand(cls.make_lot(cls.chickpeas, "A"), 10)
        cls.quality = cls.user("quality", "batch_tracking.group_quality_manager")

    def under(self, code):
        self.lot._set_disposition(self.disposition(code), "For this test")
        product = self.chickpeas.with_context(warehouse_id=self.warehouse.id)
        product.invalidate_recordset()
        return product

    def reported(self, product):
        self.env.flush_all()
        rows = self.env["report.stock.quantity"]._read_group(
            [
                ("product_id", "=", product.id),
                ("state", "=", "forecast"),
                ("date", "=", "today"),
            ],
            aggregates=["product_qty:sum"],
        )
        return rows[0][0]

    def test_all_shipped_ones_are_there(self):
        found = [self.disposition(code) for code in SHIPPED]
        self.assertEqual(
            [one.code for one in found][:3], [*map(str.upper, SHIPPED[:3])]
        )
        self.assertEqual(len(set(found)), len(SHIPPED))

    def test_every_permission_has_a_sign(self):
        self.assertEqual(set(ICONS), set(PERMISSIONS))
        picture = self.disposition("hold").permissions
        allowed = {one["label"] for one in picture if one["allowed"]}
        self.assertEqual(allowed, {"Move inside", "Count"})

    def test_what_may_be_planned_with_is_free_and_in_every_forecast(self):
        product = self.under("quarantine")
        self.assertEqual((product.free_qty, product.virtual_available), (10, 10))
        self.assertEqual(self.reported(product), 10)

    def test_what_must_not_be_planned_with_is_in_no_forecast(self):
        product = self.under("hold")
        self.assertEqual((product.free_qty, product.virtual_available), (0, 0))
        self.assertEqual(self.reported(product), 0)

    def test_a_reordering_rule_buys_again_only_what_is_not_planned_with(self):
        rule = self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": self.chickpeas.id,
                "warehouse_id": self.warehouse.id,
                "location_id": self.stock.id,
                "product_min_qty": 8,
                "product_max_qty": 8,
                "trigger": "manual",
            }
        )
        self.under("quarantine")
        rule.invalidate_recordset()
        self.assertEqual(rule.qty_to_order, 0)
        self.under("hold")
        rule.invalidate_recordset()
        self.assertEqual(rule.qty_forecast, 0)

    def test_planned_with_does_not_mean_delivered(self):
        self.under("quarantine")
        picking = self.order(self.chickpeas, 5, self.market)
        self.assertFalse(picking.move_line_ids)

    def test_a_clerk_changes_no_disposition(self):
        clerk = self.user("clerk")
        hold = self.disposition("hold").with_user(clerk)
        for act in (lambda: hold.write({"allow_deliver": True}), hold.unlink):
            with self.assertRaises(AccessError):
                act()
        with self.assertRaises(AccessError):
            hold.create({"name": "Free for all", "code": "FREE"})

    def test_a_quality_manager_adds_and_edits(self):
        kind = self.env["stock.lot.disposition"].with_user(self.quality)
        own = kind.create({"name": "Tasting", "code": "TASTE", "allow_move": True})
        own.allow_scrap = True
        self.assertTrue(own._allows("scrap"))
        self.assertFalse(own._allows("plan"))
        own.unlink()

    def test_who_works_for_one_of_two_companies_changes_nothing_for_both(self):
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        hold = self.disposition("hold").with_user(self.quality)
        with self.assertRaisesRegex(AccessError, "Other Kitchen"):
            hold.allow_deliver = True
        self.quality.company_ids |= other
        hold.allow_deliver = True
        self.assertTrue(self.disposition("hold").allow_deliver)

    def test_what_the_addon_uses_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "archive it"):
            self.disposition("rejected").unlink()
        with self.assertRaisesRegex(UserError, "begins as"):
            self.disposition("released").active = False

    def test_an_older_database_keeps_its_plans_and_its_own_quarantine(self):
        own = self.disposition("quarantine")
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            SQL("DELETE FROM ir_model_data WHERE name LIKE %s", "%disposition_quar%")
        )
        cr.execute(
            SQL("ALTER TABLE stock_lot_disposition DROP COLUMN allow_plan CASCADE")
        )
        self.env["stock.lot.disposition"]._catch_up()
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.assertEqual(self.disposition("quarantine"), own)
        self.assertTrue(self.disposition("released").allow_plan)
        self.assertFalse(self.disposition("hold").allow_plan)
