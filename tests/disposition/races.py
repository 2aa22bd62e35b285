"""Two processes that want opposite things of the same lots at the same moment."""

import multiprocessing
import time
from contextlib import contextmanager
from typing import Any, NamedTuple

from odoo import SUPERUSER_ID, api, sql_db
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ...tools.movement import USES
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
    """One process takes lot after lot, the other holds lot after lot.

    Each lot lies on a shelf of its own, under a disposition of its own that permits
    everything.

    :param str database: name; everything in it is committed
    :param int tries: how many lots
    :param str hold: how they are held, a key of ``HOLDING``
    :param str take: how they are taken, a key of ``TAKING``
    :param float pause: seconds between holding and committing that
    """

    #: Seconds for which a third process locks the stock before; 0 for none.
    locked = 0

    def __init__(self, database, tries, hold="lot", take="reserve", pause=0):
        self.database = database
        with committed(database) as env:
            prepared = _prepare(env, tries)
            self.product_ids, self.lot_ids, self.picking_ids = prepared[:3]
            self.disposition_ids = prepared[3]
            quants = env["stock.quant"].search([("lot_id", "in", self.lot_ids)])
            places = quants.sorted(lambda quant: quant.lot_id.id).location_id
            self.place_ids = places.ids
        self.pause = pause
        self.holding, self.taking = HOLDING[hold], TAKING[take]

    def run(self):
        """Let both run, starting each lot together."""
        parts = self.parts()
        barrier = multiprocessing.get_context("fork").Barrier(len(parts))
        goods = list(
            zip(
                self.lot_ids,
                self.place_ids,
                self.disposition_ids,
                self.picking_ids,
                strict=True,
            )
        )
        work = [(barrier, goods, part) for part in parts]
        in_processes(self.database, _take_part, work)

    def parts(self):
        """Return what each process does; with a third one, this comes first."""
        if not self.locked:
            return [
                Part(self.taking, self.pause / 4, 0),
                Part(self.holding, 0, self.pause),
            ]
        return [
            Part(_lock, 0, self.locked),
            Part(self.holding, self.locked / 8, 0, thinks=self.locked / 2),
            Part(self.taking, self.locked / 4, 0),
        ]

    def may_go(self):
        """Return whether each lot may be delivered in the end, as a list."""
        with committed(self.database) as env:
            held_by = env["stock.quant"]._held_by
            lots = env["stock.lot"].browse(self.lot_ids)
            return [
                not held_by(lot, lot.quant_ids.location_id, "deliver") for lot in lots
            ]

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
        """Remove what can be removed."""
        with committed(self.database) as env:
            env["stock.location"].browse(self.place_ids).disposition_id = False
            lots = env["stock.lot"].browse(self.lot_ids)
            made = env["stock.lot.disposition"].browse(self.disposition_ids)
            made |= lots.disposition_id.filtered(lambda d: d.code.startswith("RACE"))
            lots.disposition_id = lots._disposition("released")
            pickings = env["stock.picking"].browse(self.picking_ids)
            pickings.action_cancel()
            pickings.unlink()
            env["stock.quant"].search([("lot_id", "in", lots.ids)]).unlink()
            forget_lots(env, lots)
            made.unlink()
            env["stock.location"].browse(self.place_ids).unlink()
            env["product.product"].browse(self.product_ids).product_tmpl_id.unlink()


def _prepare(env, tries):
    products = env["product.product"].create(
        [
            {"name": f"Wanted {n}", "is_storable": True, "tracking": "lot"}
            for n in range(tries)
        ]
    )
    permits = {f"allow_{use}": True for use in USES}
    dispositions = env["stock.lot.disposition"].create(
        [{"name": f"Race {n}", "code": f"RACE{n}", **permits} for n in range(tries)]
    )
    lots = env["stock.lot"].create(
        [
            {
                "product_id": product.id,
                "name": "WANTED",
                "disposition_id": disposition.id,
            }
            for product, disposition in zip(products, dispositions, strict=True)
        ]
    )
    warehouse = env["stock.warehouse"].search([], limit=1)
    _put_on_shelves(env, lots, warehouse.lot_stock_id)
    pickings = _deliveries(env, products, warehouse)
    return products.ids, lots.ids, pickings.ids, dispositions.ids


def _put_on_shelves(env, lots, place):
    shelves = env["stock.location"].create(
        [{"name": f"Shelf {lot.id}", "location_id": place.id} for lot in lots]
    )
    for lot, shelf in zip(lots, shelves, strict=True):
        env["stock.quant"]._update_available_quantity(
            lot.product_id, shelf, 5, lot_id=lot
        )


def _deliveries(env, products, warehouse):
    way = {
        "location_id": warehouse.lot_stock_id.id,
        "location_dest_id": env.ref("stock.stock_location_customers").id,
    }
    moves = [
        {"product_id": product.id, "product_uom_qty": 3, **way} for product in products
    ]
    pickings = env["stock.picking"].create(
        [
            {
                "picking_type_id": warehouse.out_type_id.id,
                "move_ids": [Command.create(move)],
                **way,
            }
            for move in moves
        ]
    )
    pickings.action_confirm()
    pickings.do_unreserve()
    return pickings


class Goods(NamedTuple):
    lot_id: int
    place_id: int
    disposition_id: int
    picking_id: int


def _reserve(env, goods):
    env["stock.picking"].browse(goods.picking_id).action_assign()


def _type_line(env, goods):
    """Type the batch in the transfer, as a person does who sees it lie there."""
    picking = env["stock.picking"].browse(goods.picking_id)
    env["stock.move.line"].create(
        {
            "move_id": picking.move_ids.id,
            "picking_id": picking.id,
            "product_id": picking.move_ids.product_id.id,
            "lot_id": goods.lot_id,
            "quantity": 3,
            "location_id": goods.place_id,
            "location_dest_id": picking.location_dest_id.id,
        }
    )


def _lock(env, goods):
    """Lock the stock and leave it as it is, as somebody does who then gives up."""
    of_lot = SQL("SELECT FROM stock_quant WHERE lot_id = %s FOR UPDATE", goods.lot_id)
    env.cr.execute(of_lot)


def _hold(env, goods):
    lot = env["stock.lot"].browse(goods.lot_id)
    lot._set_disposition(lot._disposition("hold"), "Race")


def _hold_anew(env, goods):
    """Hold by a disposition that nobody has heard of yet."""
    made = env["stock.lot.disposition"].create(
        {"name": f"New {goods.lot_id}", "code": f"RACE-NEW{goods.lot_id}"}
    )
    env["stock.lot"].browse(goods.lot_id)._set_disposition(made, "Race")


def _impose(env, goods):
    place = env["stock.location"].browse(goods.place_id)
    place.disposition_id = env["stock.lot"]._disposition("hold")


def _forbid(env, goods):
    disposition = env["stock.lot.disposition"].browse(goods.disposition_id)
    disposition.write({f"allow_{use}": False for use in USES})


HOLDING = {"lot": _hold, "anew": _hold_anew, "place": _impose, "disposition": _forbid}
TAKING = {"reserve": _reserve, "type": _type_line}


class Part(NamedTuple):
    """What a process does with each lot, and how long it waits before and after.

    It may also think: look at what there is, and act in the same transaction later.
    """

    act: Any
    before: float
    after: float
    thinks: float = 0


def _take_part(registry, barrier, all_goods, part):
    # As each server has done some time ago, and hears of changes later.
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, QUIET)
        env["stock.lot.disposition"]._forbidding_ids("deliver")
        env["stock.location"]._imposing_ids()
    for goods in all_goods:
        barrier.wait(SECONDS)
        time.sleep(part.before)
        _repeat(registry, part, Goods(*goods))


def _repeat(registry, part, goods):
    """Act in a transaction of its own, and again if it must, as Odoo does."""
    while True:
        try:
            with registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, QUIET)
                if part.thinks:
                    env["stock.lot"].browse(goods.lot_id).disposition_id.mapped("name")
                    time.sleep(part.thinks)
                part.act(env, goods)
                env.flush_all()
                time.sleep(part.after)
            return
        except UserError:
            return  # refused in words
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            registry.reset_changes()
