"""Notices of a recall with 16 000 consignees: made, approved, queued as mails."""

import time
from unittest.mock import patch

from odoo import fields
from odoo.tools import SQL

CONSIGNEES = 16_000
LOTS = 100
#: Each consignee has had this many batches.
EACH = 2
PROGRESS = "odoo.addons.base.models.ir_cron.IrCron._commit_progress"


def run(env, scale):
    """Return seconds to make and to approve notices, and mails queued per second.

    ``recall_notices_per_s`` counts from pressing *Send* until each notice's mail, as it
    reads, is in Odoo's queue. What the job commits between is left to the end.
    """
    consignees = max(100, int(CONSIGNEES * scale))
    recall = _recall(env, consignees)
    figures = {"recall_notices_make_s": _time(env, recall._make_notices)}
    assert recall.notice_count == consignees, recall.notice_count
    notices = recall.notice_ids
    figures["recall_notices_approve_s"] = _time(env, lambda: recall._approve(notices))
    seconds = _time(env, lambda: _queue(recall))
    figures["recall_notices_per_s"] = consignees / seconds
    mails = env["mail.mail"].search_count([("model", "=", "stock.recall.notice")])
    assert mails == consignees, mails
    env.invalidate_all()
    figures["recall_notice_counts_ms"] = 1000 * _time(
        env, lambda: recall.notice_queued_count
    )
    return figures


def _queue(recall):
    recall._queue_notices()
    with patch(PROGRESS, return_value=60):
        recall.env["stock.recall.notice.attempt"]._cron_send()


def _time(env, work):
    env.invalidate_all()
    started = time.perf_counter()
    work()
    env.flush_all()
    return time.perf_counter() - started


def _recall(env, consignees):
    """Return a recall of many batches, whose rows are written in SQL."""
    product = env["product.product"].create(
        {"name": "Told", "is_storable": True, "tracking": "lot"}
    )
    lots = env["stock.lot"].create(
        [{"product_id": product.id, "name": f"T{n:05}"} for n in range(LOTS)]
    )
    recall = env["stock.recall"].create(
        {
            "name": "MEASURED",
            "reason": "Salmonella found",
            "hazard": "It can cause serious illness.",
            "state": "progress",
            "notice_what_to_do": "Send it back at our cost.",
            "notice_contact": "Quality, +1 555 0100",
            "lot_ids": [fields.Command.create({"lot_id": lot.id}) for lot in lots],
        }
    )
    _write_consignees(env, recall, consignees)
    return recall


def _write_consignees(env, recall, count):
    """Write shops that have had some of the batches each."""
    shops = (
        env["res.partner"]
        .with_context(tracking_disable=True)
        .create(
            [
                {"name": f"Shop {n}", "email": f"shop{n}@bench.example"}
                for n in range(count)
            ]
        )
    )
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            INSERT INTO stock_recall_consignee (recall_id, company_id, partner_id,
                        lot_id, delivered, returned, net, version, tier, date)
            SELECT %(recall)s, %(company)s, shop,
                   (%(lots)s::int[])[1 + (shop + step) %% %(lot_count)s],
                   10, 0, 10, 1, 1, now() AT TIME ZONE 'UTC'
              FROM UNNEST(%(shops)s::int[]) shop, generate_series(1, %(each)s) step
            """,
            shops=list(shops.ids),
            recall=recall.id,
            company=recall.company_id.id,
            lots=recall.lot_ids.lot_id.ids,
            lot_count=LOTS,
            each=EACH,
        )
    )
    env.invalidate_all()
