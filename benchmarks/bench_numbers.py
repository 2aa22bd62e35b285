"""How fast batch numbers are given out, beside a plain sequence of core's."""

import os
import signal
import statistics
import time
from datetime import date

import odoo

from odoo.addons.batch_tracking.models.number.numbering import with_numbering
from odoo.addons.batch_tracking.tests.processes import in_processes

BULK = 10_000
SINGLE = 500
ROUNDS = 9
PROCESSES = 16
EACH = 500
DAY = date(2026, 5, 20)
PATTERN = "{product}-{yy}{doy}{seq:7}"


def run(env, scale):
    """Return the ratios, and how many of the concurrent numbers were bad (0)."""
    product, plain = _prepare(env)
    results = {
        "numbers_bulk_ratio": _bulk_ratio(product, plain, int(BULK * scale)),
        "numbers_single_ratio": _single_ratio(product, plain, int(SINGLE * scale)),
    }
    # From here on everybody works with the database for himself.
    env.cr.commit()
    bad, seconds = _concurrently(env.cr.dbname, product.id, int(EACH * scale))
    return {**results, "numbers_concurrent": bad, "numbers_concurrent_s": seconds}


def _prepare(env):
    sequences = env["ir.sequence"]
    patterned = sequences.create({"name": "Bench", "batch_pattern": PATTERN})
    product = env["product.product"].create(
        {
            "name": "Bench",
            "is_storable": True,
            "tracking": "lot",
            "batch_code": "01",
            "lot_sequence_id": patterned.id,
        }
    )
    plain = sequences.create({"name": "Plain", "prefix": "B%(y)s%(doy)s", "padding": 7})
    # The counter takes numbers in transactions of its own: those must see the table.
    env.cr.commit()
    return product, plain


def _bulk_ratio(product, plain, count):
    sequence = product.lot_sequence_id
    core = _median(lambda: [plain.next_by_id() for _number in range(count)], 3)
    ours = _median(lambda: sequence._next_batch_numbers(product, DAY, count))
    return core / ours


def _single_ratio(product, plain, count):
    """Interleave, so that both feel the same machine."""
    sequence = with_numbering(product.lot_sequence_id, product_id=product.id, date=DAY)
    ratios = []
    for _round in range(ROUNDS):
        core = _seconds(lambda: [plain.next_by_id() for _number in range(count)])
        ours = _seconds(lambda: [sequence.next_by_id() for _number in range(count)])
        ratios.append(ours / core)
    return statistics.median(ratios)


def _median(work, rounds=ROUNDS):
    return statistics.median(_seconds(work) for _round in range(rounds))


def _seconds(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _concurrently(database, product_id, each):
    """Return how many numbers are missing or twice, and how long it took.

    Each number is of a lot, created in a transaction of its own. Every seventh is
    rolled back, and one process is killed half-way.
    """
    started = time.perf_counter()
    arguments = [(worker, product_id, each) for worker in range(PROCESSES)]
    results = in_processes(database, _make_lots, arguments)
    seconds = time.perf_counter() - started
    numbers = {number for result in results for number in result}
    return each * (PROCESSES - 1) - len(numbers), seconds


def _make_lots(registry, worker, product_id, each):
    numbers = []
    for turn in range(each):
        if worker == 0 and turn == each // 2:
            os.kill(os.getpid(), signal.SIGKILL)
        with registry.cursor() as cr:
            env = odoo.api.Environment(cr, odoo.SUPERUSER_ID, {"tracking_disable": 1})
            values = {"product_id": product_id, "production_date": DAY}
            numbers.append(env["stock.lot"].create(values).name)
            if turn % 7 == 0:
                cr.rollback()
    return numbers
