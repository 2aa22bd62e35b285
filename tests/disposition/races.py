"""Two processes that want opposite things of the same lots at the same moment."""

import multiprocessing
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api, sql_db
from odoo.fields import Command
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..history.history_case import forget_lots
from ..processes import in_processes

SECONDS = 60
CLOSED = ("done", "cancel")
QUIET = {"tracking_disable": True}


@contextmanager
def committed(database):
    """Yield an environment whose changes are committed, or all undone."""
    with sql_db.db_connect(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, QUIET)
        yield env
        env.flush_all()


class Race:
    """One process reserves lot after lot, the other holds lot after lot.

    Each lot lies on a shelf of its own.

    :param str database: name; everything in it is committed
    :param int tries: how many lots
    :param bool by_place: True to hold by the shelves instead of the lots
    """

    def __init__(self, database, tries, by_place=False):
        self.database = database
        with committed(database) as env:
            self.product_ids, self.lot_ids, self.picking_ids = _prepare(env, tries)
            quants = env["stock.quant"].search([("lot_id", "in", self.lot_ids)])
            places = quants.sorted(lambda quant: quant.lot_id.id).location_id
            self.place_ids = places.ids
        self.holding = (_impose, self.place_ids) if by_place else (_hold, self.lot_ids)

    def run(self):
        """Let both run, starting each lot together."""
        barrier = multiprocessing.get_context("fork").Barrier(2)
        in_processes(
            self.database,
            _take_part,
            [(barrier, _reserve, self.picking_ids), (barrier, *self.holding)],
        )

    def misses(self):
        """Return the ids of lots that are reserved: all of them are held by now."""
        with committed(self.database) as env:
            of_our_lots = [("lot_id", "in", self.lot_ids), ("state", "not in", CLOSED)]
            lines = env["stock.move.line"].search(of_our_lots).filtered("quantity")
            quants = env["stock.quant"].search(
                [("lot_id", "in", self.lot_ids), ("reserved_quantity", ">", 0)]
            )
            return sorted({*lines.lot_id.ids, *quants.lot_id.ids})

    def clean_up(self):
        """Remove what can be removed, and archive the products."""
        with committed(self.database) as env:
            pickings = env["stock.picking"].browse(self.picking_ids)
            pickings.action_cancel()
            pickings.unlink()
            lots = env["stock.lot"].browse(self.lot_ids)
            env["stock.quant"].search([("lot_id", "in", lots.ids)]).unlink()
            forget_lots(env, lots)
            env["stock.location"].browse(self.place_ids).unlink()
            env["product.product"].browse(self.product_ids).product_tmpl_id.unlink()


def _prepare(env, tries):
    products = env["product.product"].create(
        [
            {"name": f"Wanted {n}", "is_storable": True, "tracking": "lot"}
            for n in range(tries)
        ]
    )
    lots = env["stock.lot"].create(
        [{"product_id": product.id, "name": "WANTED"} for product in products]
    )
    warehouse = env["stock.warehouse"].search([], limit=1)
    place, out = warehouse.lot_stock_id, warehouse.out_type_id
    customers = env.ref("stock.stock_location_customers")
    shelves = env["stock.location"].create(
        [{"name": f"Shelf {n}", "location_id": place.id} for n in range(tries)]
    )
    for lot, shelf in zip(lots, shelves, strict=True):
        env["stock.quant"]._update_available_quantity(
            lot.product_id, shelf, 5, lot_id=lot
        )
    pickings = env["stock.picking"].create(
        [
            {
                "picking_type_id": out.id,
                "location_id": place.id,
                "location_dest_id": customers.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": 3,
                            "location_id": place.id,
                            "location_dest_id": customers.id,
                        }
                    )
                ],
            }
            for product in products
        ]
    )
    pickings.action_confirm()
    pickings.do_unreserve()
    return products.ids, lots.ids, pickings.ids


def _reserve(env, picking_id):
    env["stock.picking"].browse(picking_id).action_assign()


def _hold(env, lot_id):
    lot = env["stock.lot"].browse(lot_id)
    lot._set_disposition(lot._disposition("hold"), "Race")


def _impose(env, place_id):
    place = env["stock.location"].browse(place_id)
    place.disposition_id = env["stock.lot"]._disposition("hold")


def _take_part(registry, barrier, act, ids):
    for id_ in ids:
        barrier.wait(SECONDS)
        _repeat(registry, act, id_)


def _repeat(registry, act, id_):
    """Act in a transaction of its own, and again if it must, as Odoo does."""
    while True:
        try:
            with registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, QUIET)
                act(env, id_)
                env.flush_all()
            return
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            registry.reset_changes()
