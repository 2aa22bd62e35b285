"""How long traces take, beside core's way of finding the deliveries of a lot.

Measured in the database of ``data_genealogy.py``. Core has no index on the lots of move
lines, so its own code is timed without ours; the figures ending in ``_indexed`` lend it
the index.
"""

import statistics
import time
from functools import partial
from pathlib import Path

from odoo.tools import SQL

from odoo.addons.stock.models.stock_lot import StockLot as CoreLot

RUNS = 9
#: Core needs many seconds each time.
TURNS = 5
A_TURN = 5
CORE = CoreLot._find_delivery_ids_by_lot_iterative
NUMBERS = {"max": 0, "hot": 1, "medium": 2}
SMALL = range(8, 13)
FLOOR = """
    WITH RECURSIVE reached(lot_id) AS (
        SELECT %s::int
        UNION
        SELECT link.child_lot_id
        FROM reached JOIN stock_lot_link link ON link.parent_lot_id = reached.lot_id
    )
    SELECT lot_id FROM reached
"""
INDEX = "stock_move_line_lot_state_idx"
KIBIBYTE = 1024


def run(env, _scale):
    """Return the figures of the issue, each by its name."""
    # People ask, not the system: record rules count, on both sides.
    lots = _lots(env(user=env.ref("base.user_admin")))
    figures = _against_core(lots) | _walks(lots)
    figures["trace_small_ms"] = 1000 * _median(lambda: _answer(lots["small"]))
    figures["trace_queries"] = max(
        _queries(lot.env, lambda lot=lot, ask=ask: ask(lot))
        for lot in lots.values()
        for ask in (_answer, lambda lot: lot.trace())
    )
    figures["trace_peak_mb"] = _peak(lambda: _answer(lots["hot"]))
    figures["trace_json_peak_mb"] = _peak(lambda: lots["hot"].trace("forward"))
    figures["trace_json_hot_s"] = _median(lambda: lots["hot"].trace("forward"), 3)
    figures["genealogy_hot_s"] = _median(lots["hot"].get_genealogy, 3)
    return figures


def _lots(env):
    """Return the lots to trace, from the one that became least."""
    lots = {name: _numbered(env, number) for name, number in NUMBERS.items()}
    number = max(NUMBERS.values()) + 2
    while len(_reach(_numbered(env, number))) not in SMALL:
        number += 1
    return {"small": _numbered(env, number), **dict(reversed(lots.items()))}


def _numbered(env, number):
    return env["stock.lot"].search([("name", "=", f"BENCH-{number:06}")])


def _reach(lot):
    return lot.env["stock.lot.genealogy"]._reach(lot, "forward")


def _answer(lot):
    """Descendants, consignees net of returns, and what is on hand."""
    lots = _reach(lot)
    traces = lot.env["stock.lot.trace"]
    return lots, traces._consignees(lots), traces._on_hand(lots)


# -- beside core


def _against_core(lots):
    """Turn by turn, so that what slows the machine down slows both down."""
    turns = [_turn(lots) for _number in range(TURNS)]

    def seconds(*key):
        return statistics.median(turn[key] for turn in turns)

    def ratio(what, who, name):
        return statistics.median(
            turn[what, who, name] / turn[what, "ours", name] for turn in turns
        )

    figures = {
        "lot_form_s": seconds("form", "ours", "small"),
        "lot_form_core_s": seconds("form", "core", "small"),
        "lot_form_vs_core": ratio("form", "core", "small"),
        "lot_form_vs_core_medium": ratio("form", "core", "medium"),
        "lot_form_vs_core_indexed": ratio("form", "indexed", "small"),
    }
    for name in ("medium", "hot"):
        figures[f"trace_{name}_s"] = seconds("trace", "ours", name)
        figures[f"trace_{name}_native_s"] = seconds("trace", "core", name)
        figures[f"trace_{name}_vs_native"] = ratio("trace", "core", name)
        figures[f"trace_{name}_vs_native_indexed"] = ratio("trace", "indexed", name)
    return figures


def _turn(lots):
    """Return ``{(trace or form, ours or core or indexed, lot): seconds}``."""
    found = {}
    for name in ("medium", "hot"):
        found["trace", "ours", name] = _median(partial(_answer, lots[name]), A_TURN)
    for name in ("small", "medium"):
        read = partial(_fresh, lots[name], _read_form)
        found["form", "ours", name] = _median(read, A_TURN)
    found |= _core(lots, "indexed")
    with lots["hot"].env.cr.savepoint() as savepoint:
        lots["hot"].env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(INDEX)))
        found |= _core(lots, "core")
        savepoint.rollback()
    return found


def _core(lots, who):
    """Return the seconds of core's own code, with the indexes that there are."""
    found = {}
    for name in ("medium", "hot"):
        found["trace", who, name] = _time(partial(_fresh, lots[name], CORE))
    for name in ("small", "medium"):
        read = partial(_fresh, lots[name], _read_core_form)
        found["form", who, name] = _time(read)
    return found


def _read_core_form(lot):
    for _field in ("delivery_count", "partner_ids"):
        found = CORE(lot)
    pickings = lot.env["stock.picking"].browse(found[lot.id])
    return pickings.sorted("date_done", reverse=True).partner_id


def _read_form(lot):
    """What the form reads of deliveries: their number, and who received them."""
    return lot.delivery_count, lot.partner_ids


def _fresh(lot, work):
    lot.env.invalidate_all()
    return work(lot)


# -- the walk


def _walks(lots):
    env = lots["hot"].env
    per_lot, ratios, reached = {}, {}, {}
    for name, lot in lots.items():
        reached[name] = len(_reach(lot))
        ours, floor = _interleaved(
            lambda lot=lot: _reach(lot),
            lambda lot=lot: env.execute_query(SQL(FLOOR, lot.id)),
        )
        per_lot[name] = ours / reached[name]
        ratios[name] = ours / floor
    return {
        **{f"trace_{name}_lots": count for name, count in reached.items()},
        **{f"trace_walk_{name}_us_per_lot": 1e6 * s for name, s in per_lot.items()},
        "trace_walk_vs_floor": ratios["hot"],
        # The greatest rise of the time per lot from one size to any larger one.
        "trace_growth": max(
            after / before
            for place, before in enumerate(per_lot.values())
            for after in list(per_lot.values())[place + 1 :]
        ),
    }


# -- how it is measured


def _interleaved(*works):
    seconds = [[] for _work in works]
    for _run in range(RUNS):
        for work, taken in zip(works, seconds, strict=True):
            taken.append(_time(work))
    return [statistics.median(taken) for taken in seconds]


def _median(work, runs=RUNS):
    work()
    return statistics.median(_time(work) for _run in range(runs))


def _time(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _queries(env, work):
    work()
    before = env.cr.sql_log_count
    work()
    return env.cr.sql_log_count - before


def _peak(work):
    """Return how many megabytes more than before the process held at most."""
    Path("/proc/self/clear_refs").write_text("5")
    before = _memory("VmRSS")
    work()
    return (_memory("VmHWM") - before) / KIBIBYTE


def _memory(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
