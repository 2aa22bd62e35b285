"""How long reserving takes under each strategy, beside core on the same stock.

Core's figure is the same call with no need stated, which leaves everything to core.
"""

import statistics
import time
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tools import SQL

STRATEGIES = {
    "fifo": "stock.removal_fifo",
    "lifo": "stock.removal_lifo",
    "fefo": "product_expiry.removal_fefo",
    "femal": "batch_tracking.product_removal_femal",
    "fesal": "batch_tracking.product_removal_fesal",
    "lofo": "batch_tracking.product_removal_lofo",
    "hifo": "batch_tracking.product_removal_hifo",
}
MANY = 20000
FEW = 10
WANTED = 3
RUNS = 9
FEW_RUNS = 60
MOVES, PRODUCTS, QUANTS_EACH = 100, 50, 1000
ASSIGN_RUNS = 5


def run(env, scale):
    """Return seconds and ratios of reserving; ``scale`` shortens the big stock."""
    stock = env["stock.warehouse"].search([], limit=1).lot_stock_id
    many = stocked_product(env, stock, int(MANY * scale))
    few = stocked_product(env, stock, FEW)
    figures = _reserve_figures(env, stock, many, few)
    return {**figures, **_assign_figures(env, stock, int(QUANTS_EACH * scale))}


def _reserve_figures(env, stock, many, few):
    figures, growths, ratios, speed_ups = {}, [], [], []
    core_many = _median(env, RUNS, lambda: _reserve(env, stock, many, "fefo", False))
    figures["reserve_20k_core_fefo_s"] = core_many
    for method in STRATEGIES:
        ours = _median(env, RUNS, lambda m=method: _reserve(env, stock, many, m))
        small, core_small = _pair(env, stock, few, method)
        figures[f"reserve_20k_{method}_s"] = ours
        figures[f"reserve_10_{method}_ratio"] = small / core_small
        ratios.append(small / core_small)
        speed_ups.append(core_many / ours)
        growths.append(ours / small)
    figures["reserve_20k_vs_native"] = min(speed_ups)
    figures["reserve_10_ratio"] = statistics.median(ratios)
    figures["reserve_growth"] = max(growths)
    return figures


def _pair(env, stock, few, method):
    """Time ours and core in turns, so that both meet the same weather."""
    ours, core = [], []
    for _run in range(FEW_RUNS):
        ours.append(_timed(env, lambda: _reserve(env, stock, few, method)))
        core.append(_timed(env, lambda: _reserve(env, stock, few, "fefo", False)))
    return statistics.median(ours), statistics.median(core)


def _reserve(env, stock, product, method, ours=True):
    strategy = env.ref(STRATEGIES[method])
    if product.removal_strategy_id != strategy:
        product.removal_strategy_id = strategy
        env.flush_all()
    quants = env["stock.quant"]
    if not ours:
        now = fields.Datetime.now()
        quants = quants.with_context(batch_need=False, with_expiration=now)
    started = time.perf_counter()
    reserved = quants._get_reserve_quantity(product, stock, WANTED)
    seconds = time.perf_counter() - started
    assert sum(taken for _quant, taken in reserved) == WANTED
    return seconds


def _median(env, runs, work):
    return statistics.median(_timed(env, work) for _run in range(runs))


def _timed(env, work):
    env.invalidate_all()
    return work()


def _assign_figures(env, stock, quants_each):
    products = [stocked_product(env, stock, quants_each) for _n in range(PRODUCTS)]
    for product in products:
        product.removal_strategy_id = env.ref(STRATEGIES["fefo"])
    ours, core = [], []
    for _run in range(ASSIGN_RUNS):
        ours.append(_assign(env, stock, products))
        move = type(env["stock.move"])
        with patch.object(move, "_batch_need", lambda self: None):
            core.append(_assign(env, stock, products))
    return {
        "assign_100_moves_s": statistics.median(ours),
        "assign_100_moves_core_s": statistics.median(core),
        "assign_100_moves_ratio": statistics.median(ours) / statistics.median(core),
    }


def _assign(env, stock, products):
    """Confirm and reserve 100 deliveries; return the seconds it took."""
    moves = env["stock.move"]
    customers = env.ref("stock.stock_location_customers")
    kind = env["stock.warehouse"].search([], limit=1).out_type_id
    with env.cr.savepoint() as savepoint:
        for n in range(MOVES):
            picking = env["stock.picking"].create(
                {
                    "picking_type_id": kind.id,
                    "location_id": stock.id,
                    "location_dest_id": customers.id,
                }
            )
            moves += env["stock.move"].create(
                {
                    "product_id": products[n % PRODUCTS].id,
                    "product_uom_qty": WANTED,
                    "picking_id": picking.id,
                    "location_id": stock.id,
                    "location_dest_id": customers.id,
                }
            )
        env.flush_all()
        env.invalidate_all()
        started = time.perf_counter()
        moves.picking_id.action_confirm()
        moves.picking_id.action_assign()
        env.flush_all()
        seconds = time.perf_counter() - started
        assert all(move.state == "assigned" for move in moves)
        savepoint.rollback()
    env.invalidate_all()
    return seconds


def stocked_product(env, stock, count):
    """Return a product with ``count`` quants of one piece, each of a lot of its own."""
    product = env["product.product"].create(
        {
            "name": "Bench",
            "is_storable": True,
            "tracking": "lot",
            "use_expiration_date": True,
            "femal_window_days": 3,
        }
    )
    env.flush_all()
    soon = fields.Datetime.now() + timedelta(days=30)
    released = env["stock.lot"]._default_disposition_id()
    env.cr.execute(
        SQL(
            """
            INSERT INTO stock_lot (
                name, product_id, disposition_id, expiration_date, use_date,
                removal_date, effective_expiration_date, useful_until, unit_cost)
            SELECT 'B-' || n, %s, %s, day, day - '2 days'::interval, day, day,
                day - (n %% 7) * '1 day'::interval, 1 + n %% 997
            FROM (
                SELECT n,
                    %s::timestamp + (n * 7919 %% 20011) * '1 hour'::interval AS day
                FROM generate_series(1, %s) n
            ) days
            """,
            *(product.id, released.id, soon, count),
        )
    )
    env.cr.execute(
        SQL(
            """
            INSERT INTO stock_quant (
                product_id, location_id, company_id, lot_id, quantity,
                reserved_quantity, in_date, removal_date, expiration_date,
                useful_until, effective_expiration_date, unit_cost)
            SELECT product_id, %s, %s, id, 1, 0,
                %s::timestamp - (id::bigint * 104729 %% 20021) * '1 minute'::interval,
                removal_date, expiration_date, useful_until,
                effective_expiration_date, unit_cost
            FROM stock_lot WHERE product_id = %s
            """,
            *(stock.id, env.company.id, fields.Datetime.now(), product.id),
        )
    )
    env.cr.execute(SQL("ANALYZE stock_quant"))
    env.cr.execute(SQL("ANALYZE stock_lot"))
    env.invalidate_all()
    return product
