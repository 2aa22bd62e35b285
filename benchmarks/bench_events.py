"""What the history costs: writing events, sealing them, and checking all of it.

``events_per_s``: writing, 1 000 lots whose disposition changes leave one each.
``event_share``: how much of such a change is due to its event.
``event_commit_ms``: what sealing adds to a commit that wrote one event.
``seal_per_s``, ``verify_per_s``: of a history of 10 000 and of 100 000 events.
"""

import statistics
import time

from odoo.tools import SQL

from odoo.addons.batch_tracking.models.history import stock_lot_event_seal
from odoo.addons.batch_tracking.tests.history.history_case import faults

WRITTEN = 1_000
SEALED = 10_000
CHECKED = 100_000
COMMITS = 40
ROUNDS = 5


def run(env, scale):
    """Return the figures; the database is thrown away afterwards."""
    company = env["res.company"].create({"name": "Bench"})
    lots = _make_lots(env, int(WRITTEN * scale))
    seals = env["stock.lot.event.seal"]
    results = {
        "events_per_s": _writing(env, lots, company),
        "event_share": _share(lots),
    }
    _fill(env, lots[0], company, int(SEALED * scale))
    ids = seals._leftovers(company.id)
    results["seal_per_s"] = len(ids) / _seconds(lambda: seals._seal(company.id, ids))
    _fill(env, lots[0], company, int(CHECKED * scale))
    seals._seal(company.id, seals._leftovers(company.id))
    total, _hash = seals._head(company.id)
    results["verify_per_s"] = total / _seconds(lambda: _check(env, company))
    env.cr.commit()
    results["event_commit_ms"] = _commits(env, lots[0])
    return results


def _make_lots(env, count):
    product = env["product.product"].create(
        {"name": "Bench", "is_storable": True, "tracking": "lot"}
    )
    return env["stock.lot"].create(
        [{"product_id": product.id, "name": f"E{n}"} for n in range(count)]
    )


def _notes(env, lot, company, count):
    events = env["stock.lot.event"]
    more = {"company_id": company.id, "reason": "Smells odd"}
    return [
        events._note(lot, "disposition", "Disposition", "Released", "On hold", **more)
        for _number in range(count)
    ]


def _writing(env, lots, company):
    events = env["stock.lot.event"]
    rounds = []
    for _round in range(ROUNDS):
        notes = _notes(env, lots[0], company, len(lots))
        rounds.append(_seconds(lambda notes=notes: events.create(notes)))
    return len(lots) / statistics.median(rounds)


def _share(lots):
    """Hold and release, with events and without: how much longer it takes."""
    kind = type(lots)
    with_events, without = [], []
    states = [lots._disposition(code) for code in ("hold", "released")]
    noting = kind._note_changes
    for turn in range(2 * ROUNDS):
        for times, method in ((with_events, noting), (without, lambda *_: None)):
            kind._note_changes = method
            for state in states:
                times.append(_seconds(lambda s=state, t=turn: _change(lots, s, t)))
    kind._note_changes = noting
    return statistics.median(with_events) / statistics.median(without) - 1


def _change(lots, state, turn):
    lots._set_disposition(state, f"Turn {turn}")
    lots.env.flush_all()


def _fill(env, lot, company, count):
    """Copy one event as often as needed, as SQL does it fastest."""
    [event] = env["stock.lot.event"].create(_notes(env, lot, company, 1))
    columns = [
        field.name
        for field in event._fields.values()
        if field.store and field.name != "id"
    ]
    names = SQL(", ").join(map(SQL.identifier, columns))
    env.cr.execute(
        SQL(
            "INSERT INTO stock_lot_event (%s) SELECT %s FROM stock_lot_event,"
            " generate_series(2, %s) WHERE id = %s",
            names,
            names,
            count,
            event.id,
        )
    )


def _check(env, company):
    found = faults(env, company, 5_000)
    if found:
        raise AssertionError(found[0])


def _commits(env, lot):
    """Commit after one event, with its sealing and without; milliseconds more."""
    sealing = stock_lot_event_seal._seal_pending
    with_seal, without = [], []
    for _turn in range(COMMITS):
        for times, seal in ((with_seal, sealing), (without, lambda *_: None)):
            stock_lot_event_seal._seal_pending = seal
            env["stock.lot.event"].create(_notes(env, lot, env.company, 1))
            times.append(_seconds(env.cr.commit))
    stock_lot_event_seal._seal_pending = sealing
    return 1000 * (statistics.median(with_seal) - statistics.median(without))


def _seconds(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
