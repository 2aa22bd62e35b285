"""A year replayed under every strategy, and a season whose outcome is known.

The season follows the studies of fresh produce with and without warm transport (first
expiry wastes less than first in; issuing by true remaining life sells nothing spoiled):
a delivery a day, lives of 9 to 16 days, three lorries in ten cost four days of life,
orders of varying size. What must come out of it is checked, not only printed.
"""

import random
import time
from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from odoo.addons.batch_tracking.tools.removal.ordering import FEFO, FESAL, ORDERINGS
from odoo.addons.batch_tracking.tools.simulation.replay import (
    Demand,
    Lot,
    Policy,
    replay,
)

MOVES = 200_000
PRODUCTS = 100
ALL = 100
WARM_SHARE = 0.3
LABELS = ("fifo", "lifo", "fefo", "femal", "lofo", "hifo")
LABEL_SLACK = 1e-6


def run(env, scale):
    """Return the seconds of a year of ``MOVES * scale`` moves, and a season."""
    return {**_season(), **_year(env, int(MOVES * scale))}


def _season():
    cool, warm, demands = _produce()
    figures = {}
    for method, ordering in ORDERINGS.items():
        outcome = replay(warm, demands, Policy(ordering))
        figures[f"season_waste_{method}_percent"] = (
            100 * outcome.wasted / outcome.received
        )
        figures[f"season_too_late_{method}_percent"] = (
            100 * outcome.too_late / outcome.sold
        )
    assert figures["season_too_late_fesal_percent"] == 0
    least = min(figures[f"season_waste_{method}_percent"] for method in LABELS)
    assert figures["season_waste_fefo_percent"] <= least + LABEL_SLACK
    same = [replay(cool, demands, Policy(ordering)) for ordering in (FEFO, FESAL)]
    assert same[0] == same[1]
    return figures


def _produce():
    chance = random.Random(2014)
    cool, warm, demands = [], [], []
    for day in range(365):
        end = day + chance.randint(9, 16)
        lost = 4 if chance.random() < WARM_SHARE else 0
        lot = Lot(
            day, day, 100, expiry=end, cost=1 + chance.random(), produced=day - 1.0
        )
        cool.append(lot)
        warm.append(lot._replace(effective=end - lost))
        demands.append(Demand(day + 0.5, chance.randint(60, 125)))
    return cool, warm, demands


def _year(env, moves):
    products = _moved_products(env, moves)
    today = fields.Date.today()
    simulation = env["stock.removal.simulation"].create(
        {
            "date_from": today - timedelta(days=365),
            "date_to": today + timedelta(days=1),
            "product_ids": [fields.Command.set(products.ids)],
        }
    )
    seen = []
    started = time.perf_counter()
    simulation._start()
    while simulation.waiting:
        simulation._step()
        seen.append(simulation.progress)
    seconds = time.perf_counter() - started
    assert seen == sorted(seen)
    assert seen[-1] == ALL
    assert len(simulation.line_ids) == len(ORDERINGS)
    assert all(line.sold > 0 for line in simulation.line_ids)
    return {
        "simulate_1y": seconds,
        "simulate_1y_moves": moves,
        "simulate_1y_signs_of_progress": len(seen),
    }


def _moved_products(env, moves):
    """Return products with a year of done moves: one receipt for nine deliveries."""
    products = env["product.product"].create(
        [
            {"name": f"Bench {n}", "is_storable": True, "tracking": "lot"}
            for n in range(PRODUCTS)
        ]
    )
    env.flush_all()
    each = moves // PRODUCTS
    places = (
        env.ref("stock.stock_location_suppliers").id,
        env["stock.warehouse"].search([], limit=1).lot_stock_id.id,
        env.ref("stock.stock_location_customers").id,
    )
    env.cr.execute(
        SQL(
            """
            INSERT INTO stock_lot (name, product_id, expiration_date,
                removal_date, use_date, effective_expiration_date, useful_until,
                production_date, unit_cost)
            SELECT 'S-' || n, product_id, made + life, made + life, made + life,
                made + life, made + life, made::date, 1 + n %% 5
            FROM (
                SELECT product_id, n,
                    now() at time zone 'utc' - ((365.0 * n) / %s) * '1 day'::interval
                        AS made,
                    (20 + n * 7 %% 30) * '1 day'::interval AS life
                FROM unnest(%s) product_id, generate_series(1, %s) n
            ) made
            """,
            each // 10,
            products.ids,
            each // 10,
        )
    )
    _insert_moves(env, products, places, each)
    env.invalidate_all()
    return products


def _insert_moves(env, products, places, each):
    uom = products[0].uom_id.id
    supplier, stock, customer = places
    env.cr.execute(
        SQL(
            """
            WITH events AS (
                SELECT product_id, id AS lot_id, %(supplier)s AS source,
                    %(stock)s AS target, 90 AS quantity,
                    production_date::timestamp AS date, 'in' || id AS key
                FROM stock_lot WHERE product_id = ANY(%(products)s)
                UNION ALL
                SELECT product_id, id, %(stock)s, %(customer)s, 4 + (id + k) %% 13,
                    production_date::timestamp + ((id * 13 + k * 29) %% 40)
                        * '12 hour'::interval, 'out' || id || '-' || k
                FROM stock_lot, generate_series(1, 9) k
                WHERE product_id = ANY(%(products)s)
            ), moved AS (
                INSERT INTO stock_move (product_id, product_uom, product_uom_qty,
                    product_qty, quantity, location_id, location_dest_id, state,
                    company_id, date, procure_method, reference)
                SELECT product_id, %(uom)s, quantity, quantity, quantity,
                    source, target, 'done', %(company)s, date, 'make_to_stock', key
                FROM events RETURNING id, reference
            )
            INSERT INTO stock_move_line (move_id, product_id, product_uom_id, lot_id,
                quantity, quantity_product_uom, location_id, location_dest_id, state,
                company_id, date)
            SELECT moved.id, product_id, %(uom)s, lot_id, quantity, quantity, source,
                target, 'done', %(company)s, date
            FROM events JOIN moved ON moved.reference = events.key
            """,
            supplier=supplier,
            stock=stock,
            customer=customer,
            products=products.ids,
            uom=uom,
            company=env.company.id,
        )
    )
