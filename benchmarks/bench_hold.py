"""Holding many lots that are reserved, what the guard of movements costs, the race."""

import statistics
import time
from contextlib import contextmanager, nullcontext
from unittest.mock import patch

from odoo.fields import Command
from odoo.tools import SQL

LOTS = 1_000
LINES_EACH = 5
TRANSFERS = 500
GUARDED_LINES = 1_000
TURNS = 15
WARM_UP = 2
RACES = 1_000


def run(env, scale):
    """Return the seconds and queries of holding, the guard's share, races lost."""
    figures = _holding(env, max(10, int(LOTS * scale)))
    figures["guard_overhead"] = _guard(env, max(10, int(GUARDED_LINES * scale)))
    # The race tidies up after itself, and waits for whoever writes events meanwhile.
    env.cr.rollback()
    figures["hold_race_misses"] = _race(env, max(10, int(RACES * scale)))
    return figures


# -- holding


def _holding(env, lots):
    """Hold some lots to get warm, then half as many and all that are measured.

    ``hold_queries`` is what each further thousand costs; ``hold_queries_all`` counts
    those as well that fill empty caches once.
    """
    _hold(env, _reserved_lots(env, max(2, lots // 10)))
    half, whole = (_measured(env, count) for count in (lots // 2, lots))
    return {
        "hold_1000_s": whole[0] * LOTS / lots,
        "hold_queries": (whole[1] - half[1]) * LOTS / (lots - lots // 2),
        "hold_queries_all": whole[1],
    }


def _measured(env, count):
    reserved = _reserved_lots(env, count)
    _forget(env)
    figures = _hold(env, reserved)
    still = env["stock.quant"].search_count(
        [("lot_id", "in", reserved.ids), ("reserved_quantity", ">", 0)]
    )
    assert not still, f"{still} quantities are still reserved"
    return figures


def _hold(env, lots):
    queries, started = env.cr.sql_log_count, time.perf_counter()
    lots._set_disposition(lots._disposition("hold"), "Measured")
    env.flush_all()
    env.cr.precommit.run()
    return time.perf_counter() - started, env.cr.sql_log_count - queries


def _reserved_lots(env, count):
    """Return lots, each with five lines of one of many transfers that reserve it."""
    product = _product(env)
    stock = _warehouse(env).lot_stock_id
    lots = env["stock.lot"].create(
        [{"product_id": product.id, "name": f"H{n:05}"} for n in range(count)]
    )
    env["stock.quant"].create(
        [
            {
                "product_id": product.id,
                "location_id": stock.id,
                "lot_id": lot.id,
                "quantity": LINES_EACH,
            }
            for lot in lots
        ]
    )
    pickings = _pickings(env, product, max(1, count * TRANSFERS // LOTS))
    lines = [
        _line(pickings[n % len(pickings)].move_ids, lot)
        for n, lot in enumerate(list(lots) * LINES_EACH)
    ]
    env["stock.move.line"].create(lines)
    env.flush_all()
    env.cr.precommit.run()
    return lots


def _pickings(env, product, count):
    route = _route(env)
    pickings = env["stock.picking"].create(
        [
            {
                "picking_type_id": _warehouse(env).out_type_id.id,
                "user_id": env.ref("base.user_admin").id,
                "move_ids": [
                    Command.create(
                        {"product_id": product.id, "product_uom_qty": 10, **route}
                    )
                ],
                **route,
            }
            for _n in range(count)
        ]
    )
    pickings.action_confirm()
    pickings.do_unreserve()
    return pickings


def _line(move, lot):
    return {
        "move_id": move.id,
        "picking_id": move.picking_id.id,
        "product_id": lot.product_id.id,
        "lot_id": lot.id,
        "quantity": 1,
        "location_id": move.location_id.id,
        "location_dest_id": move.location_dest_id.id,
    }


# -- the guard


def _guard(env, count):
    """Return how much longer a transfer takes with the guard than without.

    The same transfer is done and undone in turns; the median of the ratios of pairs
    keeps the machine's moods out.
    """
    transfer = _ready_transfer(env, count)
    _forget(env)
    ratios = []
    for turn in range(WARM_UP + TURNS):
        seconds = {}
        for guarded in (True, False) if turn % 2 else (False, True):
            with nullcontext() if guarded else _unguarded(env):
                seconds[guarded] = _validated(env, transfer)
        ratios.append(seconds[True] / seconds[False])
    return statistics.median(ratios[WARM_UP:])


@contextmanager
def _unguarded(env):
    """Let movements pass without the gate and without the ledger of held stock."""
    gate = {
        "_check_dispositions": lambda _lines: None,
        "_check_may_leave": lambda _lines: None,
        "_settle": lambda _lines, _operation: None,
    }
    stock = {
        "_positions": lambda _quants: {},
        "_note_change": lambda _quants, _before, _after: None,
    }
    with (
        patch.multiple(type(env["stock.move.line"]), **gate),
        patch.multiple(type(env["stock.quant"]), **stock),
    ):
        yield


def _ready_transfer(env, count):
    product = _product(env)
    stock = _warehouse(env).lot_stock_id
    lots = env["stock.lot"].create(
        [{"product_id": product.id, "name": f"G{n:05}"} for n in range(count)]
    )
    for lot in lots:
        env["stock.quant"]._update_available_quantity(product, stock, 1, lot_id=lot)
    picking = _pickings(env, product, 1)
    env["stock.move.line"].create([_line(picking.move_ids, lot) for lot in lots])
    picking.move_ids.picked = True
    return picking


def _validated(env, picking):
    """Return the seconds that it takes to do the transfer, and undo it."""
    env.flush_all()
    env.invalidate_all()
    with env.cr.savepoint() as savepoint:
        started = time.perf_counter()
        picking.with_context(skip_backorder=True)._action_done()
        env.flush_all()
        seconds = time.perf_counter() - started
        assert picking.state == "done", picking.state
        savepoint.rollback()
    env.cr.precommit.clear()
    env.invalidate_all(flush=False)
    return seconds


# -- the race


def _race(env, tries):
    """Return how often a lot was both held and reserved, in so many tries."""
    from odoo.addons.batch_tracking.tests.disposition.races import (
        Race,  # needs a loaded Odoo
    )

    race = Race(env.cr.dbname, tries)
    try:
        race.run()
        return len(race.misses())
    finally:
        race.clean_up()


# -- the scene


def _product(env):
    return env["product.product"].create(
        {"name": "Measured", "is_storable": True, "tracking": "lot"}
    )


def _warehouse(env):
    return env["stock.warehouse"].search([], limit=1)


def _route(env):
    return {
        "location_id": _warehouse(env).lot_stock_id.id,
        "location_dest_id": env.ref("stock.stock_location_customers").id,
    }


def _forget(env):
    env.invalidate_all()
    env.cr.execute(SQL("ANALYZE stock_move_line, stock_quant, stock_lot, stock_move"))
