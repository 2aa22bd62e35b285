"""How long reserving from many quants takes, beside core on the same stock.

Core's figure is the same call with no need stated, which leaves everything to core.
What few quants and whole deliveries cost, see ``bench_removal_beside_core``.
"""

import statistics
import time
from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from odoo.addons.batch_tracking.tools.removal.reservation import ReservationContext

STRATEGIES = {
    "fifo": "stock.removal_fifo",
    "lifo": "stock.removal_lifo",
    "fefo": "product_expiry.removal_fefo",
    "femal": "batch_tracking.product_removal_femal",
    "fesal": "batch_tracking.product_removal_fesal",
    "lofo": "batch_tracking.product_removal_lofo",
    "hifo": "batch_tracking.product_removal_hifo",
}
MANY = 20_000
FEW = 10
WANTED = 3
RUNS = 15


def run(env, scale):
    """Return seconds and ratios of reserving ``WANTED`` from ``MANY * scale`` quants.

    ``reserve_20k_vs_native`` is the slowest strategy's, ``reserve_growth`` the one's
    that grows most from ten quants.
    """
    stock = env["stock.warehouse"].search([], limit=1).lot_stock_id
    many = stocked_product(env, stock, int(MANY * scale))
    few = stocked_product(env, stock, FEW)
    analyze(env)
    core = _median(env, lambda: _reserve(env, stock, many, "fefo", False))
    large, small = (_by_strategy(env, stock, product) for product in (many, few))
    return {
        "reserve_20k_core_fefo_s": core,
        **{f"reserve_20k_{method}_s": seconds for method, seconds in large.items()},
        "reserve_20k_vs_native": core / max(large.values()),
        "reserve_growth": max(large[method] / small[method] for method in large),
    }


def _by_strategy(env, stock, product):
    """Return the seconds of a reservation by each strategy."""
    return {
        method: _median(env, lambda m=method: _reserve(env, stock, product, m))
        for method in STRATEGIES
    }


def _reserve(env, stock, product, method, ours=True):
    strategy = env.ref(STRATEGIES[method])
    if product.removal_strategy_id != strategy:
        product.removal_strategy_id = strategy
        env.flush_all()
    quants = env["stock.quant"]
    if not ours:
        now = fields.Datetime.now()
        quants = quants.with_context(
            batch_reservation=ReservationContext(None), with_expiration=now
        )
    started = time.perf_counter()
    reserved = quants._get_reserve_quantity(product, stock, WANTED)
    seconds = time.perf_counter() - started
    assert sum(taken for _quant, taken in reserved) == WANTED
    return seconds


def _median(env, work):
    seconds = []
    for _run in range(RUNS):
        env.invalidate_all()
        seconds.append(work())
    return statistics.median(seconds)


def stocked_product(env, stock, count, ours=True):
    """Return a product with ``count`` quants of one piece, each of a lot of its own.

    :param bool ours: whether the database has the addon's columns
    """
    settings = {"tracking": "lot", "use_expiration_date": True}
    if ours:
        settings["femal_window_days"] = 3
    product = env["product.product"].create(
        {"name": "Bench", "is_storable": True, **settings}
    )
    env.flush_all()
    _insert_lots(env, product, count)
    if ours:
        _fill_our_columns(env, product)
    _insert_quants(env, product, stock, ours)
    env.invalidate_all()
    return product


def analyze(env):
    """Let PostgreSQL know what is in the tables, as it does by itself in the end."""
    env.cr.execute(SQL("ANALYZE stock_quant"))
    env.cr.execute(SQL("ANALYZE stock_lot"))


def _insert_lots(env, product, count):
    soon = fields.Datetime.now() + timedelta(days=30)
    env.cr.execute(
        SQL(
            """
            INSERT INTO stock_lot (
                name, product_id, expiration_date, use_date, removal_date)
            SELECT 'B-' || n, %s, day, day - (n %% 7) * '1 day'::interval, day
            FROM (
                SELECT n,
                    %s::timestamp + (n * 7919 %% 20011) * '1 hour'::interval AS day
                FROM generate_series(1, %s) n
            ) days
            """,
            product.id,
            soon,
            count,
        )
    )


def _insert_quants(env, product, stock, ours):
    own = SQL(", useful_until, effective_expiration_date, unit_cost" if ours else "")
    env.cr.execute(
        SQL(
            """
            INSERT INTO stock_quant (
                product_id, location_id, company_id, lot_id, quantity,
                reserved_quantity, in_date, removal_date, expiration_date %s)
            SELECT product_id, %s, %s, id, 1, 0,
                %s::timestamp - (id::bigint * 104729 %% 20021) * '1 minute'::interval,
                removal_date, expiration_date %s
            FROM stock_lot WHERE product_id = %s
            """,
            own,
            stock.id,
            env.company.id,
            fields.Datetime.now(),
            own,
            product.id,
        )
    )


def _fill_our_columns(env, product):
    released = env["stock.lot"]._default_disposition_id()
    env.cr.execute(
        SQL(
            """
            UPDATE stock_lot SET disposition_id = %s, useful_until = use_date,
                effective_expiration_date = expiration_date, unit_cost = 1 + id %% 997
            WHERE product_id = %s
            """,
            released.id,
            product.id,
        )
    )
