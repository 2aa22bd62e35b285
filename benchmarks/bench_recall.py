"""How long a recall of the hottest batch takes, and whether anything escapes it.

Measured in the database of ``data_genealogy.py``: the hot raw batch became more than
25 000 batches, which some 16 000 shops received. The race has batches of its own, in
the same database.
"""

import json
import statistics
import time
from pathlib import Path

from odoo.tests import Form

from odoo.addons.batch_tracking.models.base.bulk_insert import insert_rows

RUNS = 5
HOT = "BENCH-000001"
#: Rows of a list that the form shows first.
PAGE = 40
KIBIBYTE = 1024
SHIPPERS = 8
RACE_LOTS = 8
RACE_SECONDS = 30


def run(env, scale):
    """Return the figures of the issue, each by its name."""
    # People ask, not the system: record rules count.
    admin = env.ref("base.user_admin")
    admin.group_ids += env.ref("batch_tracking.group_recall_manager")
    users = env(user=admin)
    lot = users["stock.lot"].search([("name", "=", HOT)])
    figures = _preview(lot) | _launch(lot)
    # The race tidies up after itself, and waits for whoever writes events meanwhile.
    env.cr.rollback()
    return figures | _race(env, max(4, RACE_SECONDS * scale))


def _preview(lot):
    wizard = lot.env["stock.lot.recall"]
    recalls = lot.env["stock.recall"]

    def preview():
        return recalls._compare_scopes(recalls._reached(lot))

    def full():
        return preview(), wizard.get_more(lot.ids, [])

    shown = [full(), wizard.get_reached(lot.ids, [], "worst", "consignees")]
    return {
        "recall_lots": shown[0][0]["worst"]["lots"],
        "recall_consignees": shown[0][0]["worst"]["consignees"],
        "recall_preview_s": _median(preview),
        "recall_preview_full_s": _median(full),
        "recall_preview_kb": len(json.dumps(shown)) / KIBIBYTE,
    }


def _launch(lot):
    env = lot.env
    recalls = env["stock.recall"]
    env.invalidate_all()
    Path("/proc/self/clear_refs").write_text("5")
    before = _memory("VmRSS")
    started = time.perf_counter()
    recall = recalls._launch(lot, "Measured")
    env.flush_all()
    env.cr.precommit.run()
    seconds = time.perf_counter() - started
    peak = (_memory("VmHWM") - before) / KIBIBYTE
    opening = _median(lambda: _open(recall))
    return {
        "recall_launch_s": seconds,
        "recall_launch_rss_mb": peak,
        "recall_open_ms": 1000 * opening,
        "recall_leak_check_s": _median(lambda: _fresh(recall)._leaked()),
        **_answered(recall),
    }


def _answered(recall):
    """Return how long figures and workbook take once everybody has answered."""
    count = _answer(recall.sudo())
    recall.env.cr.execute("ANALYZE stock_recall_answer, stock_recall_consignee")
    progress = _median(lambda: json.dumps(_fresh(recall)._progress(), default=str))
    started = time.perf_counter()
    size = len(_fresh(recall)._workbook())
    return {
        "recall_answers": count,
        "recall_progress_ms": 1000 * progress,
        "recall_xlsx_s": time.perf_counter() - started,
        "recall_xlsx_kb": size / KIBIBYTE,
    }


def _answer(recall):
    """Let each consignee have told that all of it was destroyed.

    :return: how many answered
    """
    env = recall.env
    common = {"recall_id": recall.id, "company_id": recall.company_id.id}
    rows = recall.consignee_ids.filtered("addressee_id").grouped("addressee_id")
    answers = insert_rows(
        env["stock.recall.answer"],
        [
            {**common, "partner_id": partner.id, "kind": "told", "channel": "page"}
            for partner in rows
        ],
    )
    insert_rows(
        env["stock.recall.answer.line"],
        [
            {
                "answer_id": answer.id,
                "company_id": recall.company_id.id,
                "consignee_id": row.id,
                "destroyed": row.net,
            }
            for answer, theirs in zip(answers, rows.values(), strict=True)
            for row in theirs
        ],
    )
    env.flush_all()
    env.cr.execute(
        """
        UPDATE stock_recall_consignee
           SET answered_at = now() AT TIME ZONE 'UTC', answered_version = version,
               has_answered = TRUE, destroyed = net, unaccounted = 0, recovered = net,
               state = 'closed'
         WHERE recall_id = %s AND addressee_id IS NOT NULL
        """,
        [recall.id],
    )
    return len(answers)


def _open(recall):
    """Read what the form shows first, as a browser asks for it."""
    recall = _fresh(recall)
    spec = {
        name: {**asked, "limit": PAGE} if asked.get("fields") else asked
        for name, asked in _spec(recall).items()
    }
    return json.dumps(recall.web_read(spec), default=str)


_SPECS = {}


def _spec(recall):
    if recall._name not in _SPECS:
        form = Form(recall.sudo())
        _SPECS[recall._name] = form._view["fields_spec"]
    return _SPECS[recall._name]


def _fresh(recall):
    recall.env.invalidate_all()
    return recall


def _race(env, seconds):
    from odoo.addons.batch_tracking.tests.recall.recall_race import RecallRace

    race = RecallRace(env.cr.dbname, SHIPPERS, RACE_LOTS, seconds)
    try:
        shipped, failures = race.run()
        leaked, delivered, counted = race.outcome()
        assert delivered == counted == shipped, (delivered, counted, shipped)
    finally:
        race.clean_up()
    return {
        "recall_race_shipped": shipped,
        "recall_leaked": leaked,
        "recall_launch_failures": failures,
    }


def _median(work):
    work()
    taken = []
    for _run in range(RUNS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def _memory(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
