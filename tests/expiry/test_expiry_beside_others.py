from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import fields, sql_db
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

from ..disposition.races import committed
from ..history.history_case import forget_lots

NAMES = ("FREE-1", "IN-USE", "FREE-2")
WAIT = "odoo.addons.batch_tracking.models.base.job.WAIT"


@tagged("post_install", "-at_install")
class TestExpiryBesideOthers(BaseCase):
    """Somebody works on one of three batches when the daily job comes."""

    def setUp(self):
        super().setUp()
        self.database = get_db_name()
        with committed(self.database) as env:
            product = env["product.product"].create(
                {
                    "name": "Wanted twice",
                    "is_storable": True,
                    "tracking": "lot",
                    "use_expiration_date": True,
                }
            )
            past = fields.Datetime.now() - timedelta(days=1)
            dates = {"expiration_date": past, "removal_date": past}
            lots = env["stock.lot"].create(
                [{"name": name, "product_id": product.id, **dates} for name in NAMES]
            )
            place = env["stock.warehouse"].search([], limit=1).lot_stock_id
            for lot in lots:
                env["stock.quant"]._update_available_quantity(
                    product, place, 5, lot_id=lot
                )
            self.product_id, self.lot_ids = product.id, lots.ids
            last = env["ir.cron.trigger"].search([], order="id desc", limit=1)
            self.last_trigger = last.id
        self.addCleanup(self.clean_up)

    def clean_up(self):
        with committed(self.database) as env:
            lots = env["stock.lot"].browse(self.lot_ids)
            lots.activity_ids.unlink()
            # Held goods would not go.
            lots.disposition_id = lots._disposition("released")
            env["stock.quant"].search([("lot_id", "in", lots.ids)]).unlink()
            forget_lots(env, lots)
            env["product.product"].browse(self.product_id).product_tmpl_id.unlink()
            env["ir.cron.trigger"].search([("id", ">", self.last_trigger)]).unlink()

    @contextmanager
    def somebody_holds(self, query):
        """Run a query in another connection, which stays open meanwhile."""
        with sql_db.db_connect(self.database).cursor() as other:
            other.execute(query)
            yield
            other.rollback()

    def run_daily_job(self):
        with committed(self.database) as env:
            env["stock.lot"]._cron_expire()
            job = env.ref("batch_tracking.ir_cron_expire")
            return env["ir.cron.trigger"].search(
                [("id", ">", self.last_trigger), ("cron_id", "=", job.id)]
            )

    def expired(self):
        with committed(self.database) as env:
            lots = env["stock.lot"].browse(self.lot_ids)
            held = lots.filtered(lambda lot: lot.disposition_id.code == "EXPIRED")
            failures = env["batch.job.failure"].search([("res_id", "in", lots.ids)])
            self.assertFalse(failures)
            return set(held.mapped("name"))

    def test_a_batch_that_somebody_saves_is_skipped_and_comes_next(self):
        row = SQL("SELECT FROM stock_lot WHERE id = %s FOR UPDATE", self.lot_ids[1])
        with self.somebody_holds(row):
            self.assertTrue(self.run_daily_job(), "it comes back soon")
            self.assertEqual(self.expired(), {"FREE-1", "FREE-2"})
        self.run_daily_job()
        self.assertEqual(self.expired(), set(NAMES))

    def test_a_batch_whose_stock_is_moved_is_waited_for_only_shortly(self):
        row = SQL(
            "UPDATE stock_quant SET reserved_quantity = 1 WHERE lot_id = %s",
            self.lot_ids[1],
        )
        with (
            patch(WAIT, "100ms"),
            self.somebody_holds(row),
            mute_logger("odoo.sql_db"),
        ):
            self.assertTrue(self.run_daily_job(), "it comes back soon")
            self.assertEqual(self.expired(), {"FREE-1", "FREE-2"})
        self.run_daily_job()
        self.assertEqual(self.expired(), set(NAMES))
