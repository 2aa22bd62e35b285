"""How fast the genealogy of an existing database is written, and checked."""

import statistics
import time

from odoo.fields import Command
from odoo.tools import SQL

from benchmarks.cloned import Clones

ORDERS = 20_000
COMPONENTS = 10
LOTS = 2
RUNS = 3


def run(env, scale):
    """Return links per second for ``ORDERS * scale`` orders, each with 20 links."""
    order = _order(env)
    _multiply(env, order, int(ORDERS * scale))
    links = env["stock.lot.link"]
    seconds = statistics.median(_seconds(links._rebuild) for _run in range(RUNS))
    count = links.search_count([])
    assert count >= int(ORDERS * scale) * COMPONENTS * LOTS
    return {
        "backfill_edges": count,
        "backfill_s": seconds,
        "backfill_edges_per_s": count / seconds,
    }


def _seconds(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _product(env, name):
    return env["product.product"].create(
        {"name": name, "is_storable": True, "tracking": "lot"}
    )


def _order(env):
    """Return a manufacturing order that is done: ten components, two lots."""
    product = _product(env, "Made")
    stock = env["stock.warehouse"].search([], limit=1).lot_stock_id
    components = [_product(env, f"Component {n}") for n in range(COMPONENTS)]
    for component in components:
        lot = env["stock.lot"].create({"product_id": component.id, "name": "C"})
        env["stock.quant"]._update_available_quantity(component, stock, 9, lot_id=lot)
    order = env["mrp.production"].create(
        {
            "product_id": product.id,
            "product_qty": 2,
            "move_raw_ids": [
                Command.create({"product_id": component.id, "product_uom_qty": 2})
                for component in components
            ],
        }
    )
    order.action_confirm()
    order.action_assign()
    order.qty_producing = 2
    order.move_raw_ids.picked = True
    lots = env["stock.lot"].create(
        [{"product_id": product.id, "name": f"M{n}"} for n in range(LOTS)]
    )
    order.lot_producing_ids = lots[:1]
    finished = order.move_finished_ids
    finished.move_line_ids.unlink()
    finished.move_line_ids = [
        Command.create({"product_id": product.id, "lot_id": lot.id, "quantity": 1})
        for lot in lots
    ]
    order._post_inventory()
    return order


def _multiply(env, order, count):
    """Copy the order with its moves, lines and lots."""
    moves = order.move_raw_ids | order.move_finished_ids
    lines = moves.move_line_ids
    made = order.move_finished_ids.move_line_ids
    clones = Clones(env, count)
    clones.clone(
        {
            "stock_lot": (lines.lot_id.ids, ()),
            "mrp_production": (order.ids, ()),
            "stock_move": (
                moves.ids,
                ("production_id", "raw_material_production_id"),
            ),
            "stock_move_line": (lines.ids, ("move_id", "lot_id")),
        }
    )
    clones.clone_relation(
        "stock_move_line_consume_rel",
        ("consume_line_id", "produce_line_id"),
        made.ids,
    )
    tables = ("stock_lot", "mrp_production", "stock_move", "stock_move_line")
    for table in (*tables, "stock_move_line_consume_rel"):
        env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
