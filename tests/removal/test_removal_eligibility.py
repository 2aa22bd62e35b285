from datetime import date, datetime, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .eligibility_case import EligibilityCase

NOON = datetime(2026, 3, 2, 17)  # in New York


@tagged("post_install", "-at_install")
class TestEligibility(EligibilityCase):
    """A short lot and a long one; who asks for how much life gets what."""

    # -- who asks

    def test_short_lots_go_to_those_who_accept_them(self):
        self.ask(self.market, days=20)
        self.assertEqual(self.taken(self.market, 4), {"LONG": 4})
        self.assertEqual(self.taken(self.bistro, 4), {"SHORT": 4})

    def test_a_delivery_address_follows_its_company(self):
        self.ask(self.market, days=20)
        dock = self.make_partner("Dock 3", parent_id=self.market.id, type="delivery")
        self.assertEqual(self.taken(dock, 4), {"LONG": 4})

    def test_an_address_of_its_own_mind_decides_for_itself(self):
        self.ask(self.market, days=20)
        dock = self.make_partner("Dock 3", parent_id=self.market.id, type="delivery")
        self.ask(dock, days=5)
        self.assertEqual(self.taken(dock, 4), {"SHORT": 4})

    def test_the_nearest_category_decides(self):
        fresh = self.env["product.category"].create({"name": "Fresh"})
        spreads = self.env["product.category"].create(
            {"name": "Spreads", "parent_id": fresh.id}
        )
        self.hummus.categ_id = spreads
        self.ask(self.market, days=60)
        self.ask(self.market, days=20, category=fresh)
        self.assertEqual(self.taken(self.market, 4), {"LONG": 4})

    def test_a_changed_mind_counts_at_once(self):
        line = self.ask(self.market, days=20)
        self.assertEqual(self.taken(self.market, 4), {"LONG": 4})
        line.min_days = 5
        self.assertEqual(self.taken(self.market, 4), {"SHORT": 4})
        line.unlink()
        self.assertEqual(self.taken(self.market, 4), {"SHORT": 4})

    def test_days_in_transit_are_days_lost(self):
        self.ask(self.market, days=5)
        self.assertEqual(self.taken(self.market, 4), {"SHORT": 4})
        self.market.transit_days = 6
        self.assertEqual(self.taken(self.market, 4), {"LONG": 4})

    def test_the_day_of_delivery_counts_not_today(self):
        self.ask(self.market, days=5)
        self.assertEqual(self.taken(self.market, 4, days=7), {"LONG": 4})

    @freeze_time(NOON)
    def test_exactly_the_days_that_are_asked_are_enough(self):
        dates = ("expiration_date", "use_date", "removal_date", "alert_date")
        self.short.write(dict.fromkeys(dates, NOON + timedelta(days=10)))
        self.ask(self.market, days=10)
        self.assertEqual(self.taken(self.market, 4), {"SHORT": 4})
        self.ask(self.bistro, days=11)
        self.assertEqual(self.taken(self.bistro, 4), {"LONG": 4})

    def test_a_late_delivery_is_judged_today(self):
        self.ask(self.market, days=8)
        self.assertEqual(self.taken(self.market, 4, days=-5), {"SHORT": 4})
        self.ask(self.bistro, days=12)
        self.assertEqual(self.taken(self.bistro, 4, days=-5), {"LONG": 4})

    def test_femal_takes_the_larger_of_margin_and_customer(self):
        self.hummus.removal_strategy_id = self.env.ref(
            "batch_tracking.product_removal_femal"
        )
        self.hummus.femal_margin_days = 20
        self.ask(self.bistro, days=45)
        self.assertEqual(self.taken(self.market), {"LONG": 10})
        self.assertEqual(self.taken(self.bistro), {})

    # -- shares

    def made(self, lot, day):
        lot.production_date = day
        return lot

    @freeze_time(NOON)
    def test_two_thirds_of_half_a_year(self):
        lot = self.make_lot(
            self.hummus,
            "HALF YEAR",
            production_date=date(2026, 1, 1),
            **dict.fromkeys(
                ("expiration_date", "use_date", "removal_date", "alert_date"),
                datetime(2026, 7, 1, 12),
            ),
        )
        self.put_on_hand(lot, 1)
        (self.short | self.long).quant_ids.sudo().unlink()
        self.ask(self.market, percent=200 / 3)
        self.assertEqual(self.taken(self.market, 1, days=1), {})
        self.assertEqual(self.taken(self.market, 1), {"HALF YEAR": 1})

    def test_a_share_that_cannot_be_computed_never_passes(self):
        self.ask(self.market, percent=10)
        self.assertEqual(self.taken(self.market), {})
        self.made(self.long, fields.Date.today() - timedelta(days=10))
        self.assertEqual(self.taken(self.market), {"LONG": 10})

    def test_it_falls_to_the_days_where_there_are_any(self):
        self.ask(self.market, percent=90, days=20)
        self.assertEqual(self.taken(self.market), {"LONG": 10})

    def test_the_margin_can_be_a_share(self):
        self.hummus.removal_strategy_id = self.env.ref(
            "batch_tracking.product_removal_femal"
        )
        self.hummus.femal_margin_percent = 50
        today = fields.Date.today()
        self.made(self.short, today - timedelta(days=5))
        self.made(self.long, today - timedelta(days=50))
        self.assertEqual(self.taken(self.market), {"SHORT": 10})

    def test_a_lot_without_expiry_does_not_pass_where_life_is_asked(self):
        dates = ("expiration_date", "use_date", "removal_date", "alert_date")
        self.long.write(dict.fromkeys(dates, False))
        self.ask(self.market, days=1)
        self.assertEqual(self.taken(self.market), {"SHORT": 10})

    def test_nonsense_is_not_taken(self):
        for days, percent in ((0, 0), (-1, 0), (0, 101)):
            refused = self.assertRaises(IntegrityError)
            with mute_logger("odoo.sql_db"), refused, self.env.cr.savepoint():
                self.ask(self.market, days=days, percent=percent)

    # -- every path

    def test_nothing_held_is_promised(self):
        product = self.hummus.with_context(warehouse_id=self.warehouse.id)
        self.assertEqual((product.qty_available, product.free_qty), (20, 20))
        self.long._set_disposition(self.disposition("hold"), "Odd")
        product.invalidate_recordset()
        self.assertEqual((product.qty_available, product.free_qty), (20, 10))
        self.assertEqual(product.virtual_available, 10)
        report = self.env["stock.forecasted_product_product"]
        domain = report._get_quant_domain([self.stock.id], product)
        self.assertEqual(self.env["stock.quant"].search(domain).lot_id, self.short)

    def test_what_is_held_and_past_its_day_is_missing_once(self):
        self.long._set_disposition(self.disposition("hold"), "Odd")
        self.long.removal_date = fields.Datetime.now() - timedelta(days=2)
        product = self.hummus.with_context(warehouse_id=self.warehouse.id)
        self.assertEqual(product.free_qty, 10)

    # -- units and packagings

    def test_a_unit_that_does_not_divide_takes_whole_ones(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        picking = self.transfer(
            self.warehouse.out_type_id, self.stock, self.customers, self.market
        )
        move = self.add_move(picking, self.hummus, 1)
        move.product_uom = dozen
        picking.action_confirm()
        picking.action_assign()
        self.assertEqual(self.reserved(picking), {"SHORT": 10, "LONG": 2})

    def test_an_addon_without_super_in_the_order_breaks_nothing(self):
        def by_priority(_quants, strategy):
            if strategy == "fifo":
                return "in_date ASC, id"
            raise UserError(self.env._("%s is not implemented.", strategy))

        quants = type(self.env["stock.quant"])
        self.patch(quants, "_get_removal_strategy_order", by_priority)
        self.env.registry.clear_cache()
        self.addCleanup(self.env.registry.clear_cache)
        self.hummus.removal_strategy_id = self.env.ref(
            "batch_tracking.product_removal_femal"
        )
        self.assertEqual(self.taken(self.market), {"SHORT": 10, "LONG": 2})
        lot = self.receive(self.hummus, "NEW", 5)
        self.assertEqual(lot.quant_ids.filtered("quantity").mapped("quantity")[-1], 5)
        self.assertIn("FEMAL", self.hummus.product_tmpl_id.removal_note)
