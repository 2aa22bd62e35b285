from collections import Counter
from datetime import timedelta

from psycopg2.errors import (
    DeadlockDetected,
    LockNotAvailable,
    SerializationFailure,
)

from odoo import SUPERUSER_ID, api, fields, sql_db
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ..processes import in_processes

PROCESSES, ORDERS, WANTED = 4, 6, 3
LOTS, IN_EACH = 5, 7
#: What Odoo tries again when a request meets it.
TRY_AGAIN = (DeadlockDetected, LockNotAvailable, SerializationFailure)


def order(env, product_id):
    """Confirm and reserve one delivery; return how much it got."""
    warehouse = env["stock.warehouse"].search([], limit=1)
    customers = env.ref("stock.stock_location_customers")
    move = env["stock.move"].create(
        {
            "product_id": product_id,
            "product_uom_qty": WANTED,
            "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": customers.id,
            "picking_type_id": warehouse.out_type_id.id,
        }
    )
    move._action_confirm(merge=False)
    move._action_assign()
    env.flush_all()
    return sum(move.move_line_ids.mapped("quantity"))


def place_orders(registry, product_id):
    """Place orders in transactions of their own; return how much each of them got."""
    got = []
    while len(got) < ORDERS:
        with mute_logger("odoo.sql_db"), registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            try:
                amount = order(env, product_id)
                cr.commit()  # pylint: disable=invalid-commit
                got.append(amount)
            except TRY_AGAIN:
                cr.rollback()
    return got


@tagged("post_install", "-at_install")
class TestTogether(BaseCase):
    """Several people reserve the last pieces of a few lots at once."""

    def setUp(self):
        super().setUp()
        with self.committed() as env:
            stock = env["stock.warehouse"].search([], limit=1).lot_stock_id
            product = env["product.product"].create(
                {
                    "name": "Wanted by all",
                    "is_storable": True,
                    "tracking": "lot",
                    "removal_strategy_id": env.ref("product_expiry.removal_fefo").id,
                }
            )
            for number in range(LOTS):
                lot = env["stock.lot"].create(
                    {
                        "product_id": product.id,
                        "name": f"W-{number}",
                        "removal_date": fields.Datetime.now()
                        + timedelta(days=number + 1),
                    }
                )
                env["stock.quant"]._update_available_quantity(
                    product, stock, IN_EACH, lot_id=lot
                )
            self.product_id = product.id
        self.addCleanup(self.clean_up)

    def committed(self):
        return Committed(get_db_name())

    def clean_up(self):
        with self.committed() as env:
            moves = env["stock.move"].search([("product_id", "=", self.product_id)])
            moves._action_cancel()
            moves.unlink()
            product = env["product.product"].browse(self.product_id)
            env["stock.quant"].search([("product_id", "=", product.id)]).unlink()
            env["stock.lot"].search([("product_id", "=", product.id)]).unlink()
            product.product_tmpl_id.unlink()

    def test_the_last_pieces_are_reserved_once(self):
        results = in_processes(
            get_db_name(), place_orders, [(self.product_id,)] * PROCESSES
        )
        self.assertEqual(sum(map(sum, results)), LOTS * IN_EACH)
        with self.committed() as env:
            quants = env["stock.quant"].search([("product_id", "=", self.product_id)])
            for quant in quants:
                self.assertEqual(quant.quantity, IN_EACH)
                self.assertEqual(quant.reserved_quantity, IN_EACH)
            twice = Counter((quant.lot_id, quant.location_id) for quant in quants)
            self.assertEqual(set(twice.values()), {1})


class Committed:
    """An environment of its own whose changes are committed, or all undone."""

    def __init__(self, database):
        self.cr = sql_db.db_connect(database).cursor()

    def __enter__(self):
        self.env = api.Environment(self.cr, SUPERUSER_ID, {"tracking_disable": True})
        return self.env

    def __exit__(self, error_type, error, traceback):
        try:
            if not error_type:
                self.env.flush_all()
                self.cr.commit()  # pylint: disable=invalid-commit
        finally:
            self.cr.close()
