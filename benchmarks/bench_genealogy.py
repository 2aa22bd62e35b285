"""How long a trace takes, beside core's own way of finding the deliveries of a lot.

A batch of raw material goes into 20 batches, each of those into 20 more, and so on
until the wanted number is reached; every lot has two parents, so paths abound.
"""

import random
import statistics
import time

from odoo.fields import Command

LOTS = 2000
FAN_OUT = 20
RUNS = 7


def run(env, scale):
    """Return seconds and their ratio for ``LOTS * scale`` descendants."""
    lots = _family(env, int(LOTS * scale))
    genealogy = env["stock.lot.genealogy"]
    assert len(genealogy._levels(lots[0], "forward")) == len(lots)
    ours = _median(lambda: genealogy._levels(lots[0], "forward"))
    core = _median(lambda: _deliveries_by_core(lots[0]))
    return {
        "trace_forward_lots": len(lots),
        "trace_forward_s": ours,
        "trace_forward_core_s": core,
        "trace_forward_ratio": core / ours,
    }


def _deliveries_by_core(lot):
    lot.env.invalidate_all()
    lot._find_delivery_ids_by_lot_iterative()


def _median(work):
    seconds = []
    for _run in range(RUNS):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def _family(env, count):
    """Make ``count`` lots by real, done moves, each linked to what it was made of."""
    product = env["product.product"].create(
        {"name": "Bench", "is_storable": True, "tracking": "lot"}
    )
    numbers = [{"product_id": product.id, "name": f"B-{n:06}"} for n in range(count)]
    lots = env["stock.lot"].with_context(tracking_disable=True).create(numbers)
    chance = random.Random(19)
    consumed, made = _done_lines(env, product, lots)
    for index in range(1, count):
        parents = {(index - 1) // FAN_OUT, chance.randrange((index - 1) // FAN_OUT + 1)}
        links = [Command.link(consumed[parent].id) for parent in parents]
        made[index].consume_line_ids = links
    return lots


def _done_lines(env, product, lots):
    """Return a consumed and a produced done line for every lot."""
    stock = env["stock.warehouse"].search([], limit=1).lot_stock_id
    place = product.property_stock_production
    lines = []
    for source, target in ((stock, place), (place, stock)):
        move = env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": len(lots),
                "location_id": source.id,
                "location_dest_id": target.id,
            }
        )
        move._action_confirm()
        move.move_line_ids.unlink()
        created = env["stock.move.line"].create(
            [
                {
                    "move_id": move.id,
                    "product_id": product.id,
                    "lot_id": lot.id,
                    "quantity": 1,
                    "location_id": source.id,
                    "location_dest_id": target.id,
                }
                for lot in lots
            ]
        )
        move.picked = True
        lines.append((move, created))
    (consume, consumed), (produce, made) = lines
    produce._action_done()
    consume._action_done()
    return consumed, made
