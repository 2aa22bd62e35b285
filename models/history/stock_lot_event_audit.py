from datetime import timedelta
from itertools import islice

from odoo import api, models
from odoo.tools import SQL

from ...tools.history.chain import is_digest_of, is_link

#: How many rows without a seal, or lost heads, are named.
NAMED = 20
#: What is written is sealed at once, or by the next job; the rest is for clocks.
SEALED_WITHIN = timedelta(days=1)


#: Seals after a number, with the events that they seal.
SEALS_SQL = """
    SELECT seal.number, seal.event_key, seal.hash, seal.date AS sealed,
        event.date AS written, before.date AS sealed_before,
        event.id, event.digest, %(content)s,
        event.lot_id IS DISTINCT FROM NULLIF(event.lot_key, 0)
        AND (event.lot_id IS NOT NULL OR EXISTS (
            SELECT FROM stock_lot WHERE id = event.lot_key)) AS is_astray
    FROM stock_lot_event_seal seal
    LEFT JOIN stock_lot_event event ON event.id = seal.event_key
    LEFT JOIN stock_lot_event_seal before
        ON before.company_id = seal.company_id AND before.number = seal.number - 1
    WHERE seal.company_id = %(company)s AND seal.number > %(number)s
    ORDER BY seal.number LIMIT %(limit)s
"""


#: When the event was written that was the last to be sealed before a moment.
WRITTEN_SQL = """
    SELECT LEAST(event.date, seal.date) FROM stock_lot_event_seal seal
    JOIN stock_lot_event event ON event.id = seal.event_key
    WHERE seal.company_id = %s AND seal.number < %s AND seal.date < %s
    ORDER BY seal.number DESC LIMIT 1
"""


#: Heads that the chain does not have, or has otherwise.
LOST_SQL = """
    SELECT DISTINCT head.number, head.hash, seal.number IS NULL
    FROM unnest(%s::int[], %s::varchar[]) AS head(number, hash)
    LEFT JOIN stock_lot_event_seal seal
        ON seal.company_id = %s AND seal.number = head.number
    WHERE seal.hash IS DISTINCT FROM head.hash
    ORDER BY head.number LIMIT %s
"""


class StockLotEventAudit(models.AbstractModel):
    """Compares the events with their seals, and names what does not fit."""

    _name = "stock.lot.event.audit"
    _description = "Audit of Batch Events"

    @api.model
    def _read(self, company_id, number, previous, limit):
        """Check the seals after ``number``.

        :param str previous: hash of the seal ``number``
        :return: number and hash of the last seal that was read, None at the end; and
            a sentence for each fault, in their order
        """
        last, faults = None, []
        for row in self._dated(company_id, self._rows(company_id, number, limit)):
            faults += self._faults(row, number, previous)
            last = number, previous = row["number"], row["hash"]
        return last, faults

    def _rows(self, company_id, number, limit):
        seals = self.env["stock.lot.event.seal"]
        return self.env.execute_query_dict(
            SQL(
                SEALS_SQL,
                content=seals._content_columns(),
                company=company_id,
                number=number,
                limit=limit,
            )
        )

    def _dated(self, company_id, rows):
        """Yield ``rows``, each with ``written_before``: None, or when the latest of the
        events was written that were sealed at an earlier moment.

        What is sealed at one moment was waiting together, in whatever order.
        """
        moment = latest = together = None
        for row in rows:
            if moment is None:
                latest = self._last_written(company_id, row)
                moment = row["sealed"]
            elif row["sealed"] > moment:
                latest = max(filter(None, (latest, together)), default=None)
                moment, together = row["sealed"], None
            row["written_before"] = latest
            yield row
            if row["written"]:
                at_latest = min(row["written"], row["sealed"])
                together = max(together or at_latest, at_latest)

    def _last_written(self, company_id, row):
        found = self.env.execute_query(
            SQL(WRITTEN_SQL, company_id, row["number"], row["sealed"])
        )
        return found[0][0] if found else None

    def _faults(self, row, number, previous):
        """Yield what is wrong with one seal and its event.

        :param int number: of the seal before
        :param str previous: its hash
        """
        if row["number"] != number + 1:
            yield self._gap(number + 1, row["number"] - 1)
        if row["id"] is None:
            yield self._removed(row)
            return
        if not is_digest_of(row["digest"], row):
            yield self._changed(row)
        elif row["is_astray"]:
            yield self._astray(row)
        if row["number"] == number + 1 and not self._fits(row, previous):
            yield self._broken(row)
        elif self._is_planted(row):
            yield self._planted(row)

    def _is_planted(self, row):
        """Tell whether an event is older than those that were sealed before it, or its
        seal than theirs.

        Whoever knows how digests and seals are made adds one at the end. What a server
        has left before it stood still is sealed before anything else, see ``_seal``: so
        late that its seals say nothing of when it was written, but in its order.
        """
        return any(
            before and moment < before - SEALED_WITHIN
            for moment, before in (
                (row["written"], row["written_before"]),
                (row["sealed"], row["sealed_before"]),
            )
        )

    def _fits(self, row, previous):
        return is_link(
            row["hash"],
            previous,
            row["number"],
            row["event_key"],
            row["digest"] or "",
            sealed=row["sealed"],
        )

    # -- what has no seal, and heads that are not there any more

    @api.model
    def _unsealed(self, company_id):
        """Return how many events wait for their seal, and what should have one."""
        seals = self.env["stock.lot.event.seal"]
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT event.id, event.digest, %(content)s,
                    event.date >= %(since)s AS is_late_enough
                FROM stock_lot_event event
                LEFT JOIN stock_lot_event_seal seal ON seal.event_key = event.id
                WHERE event.company_id = %(company)s AND seal.id IS NULL
                ORDER BY event.id
                """,
                content=seals._content_columns(),
                since=seals._sealable_since(),
                company=company_id,
            )
        )
        bad = [row for row in rows if not self._may_wait(row)]
        return len(rows) - len(bad), [self._foreign(row) for row in islice(bad, NAMED)]

    def _may_wait(self, row):
        return row["is_late_enough"] and is_digest_of(row["digest"], row)

    @api.model
    def _lost_heads(self, company_id, heads):
        """Return a sentence for each of ``heads`` that the chain does not have."""
        numbers = [number for number, _hash in heads]
        hashes = [hash_ for _number, hash_ in heads]
        rows = self.env.execute_query(
            SQL(
                LOST_SQL,
                numbers,
                hashes,
                company_id,
                NAMED,
            )
        )
        return [self._lost(*row) for row in rows]

    # -- messages

    def _gap(self, first, last):
        return self.env._(
            "Seals %(first)s to %(last)s are missing: the events they sealed were cut "
            "out of the history.",
            first=first,
            last=last,
        )

    def _removed(self, row):
        return self.env._(
            "Event %(event)s, sealed on %(date)s UTC as number %(number)s, was "
            "removed.",
            event=row["event_key"],
            date=row["sealed"],
            number=row["number"],
        )

    def _changed(self, row):
        return self.env._(
            "%(event)s was changed after it was written.", event=self._named(row)
        )

    def _astray(self, row):
        return self.env._(
            "%(event)s was moved to another batch.", event=self._named(row)
        )

    def _broken(self, row):
        return self.env._(
            "%(event)s does not fit its seal, number %(number)s: it was replaced or "
            "moved, or the history before it was written anew.",
            event=self._named(row),
            number=row["number"],
        )

    def _planted(self, row):
        return self.env._(
            "%(event)s is older than what was sealed before it (%(before)s UTC), under "
            "number %(number)s: it was added later.",
            event=self._named(row),
            before=max(filter(None, (row["written_before"], row["sealed_before"]))),
            number=row["number"],
        )

    def _foreign(self, row):
        return self.env._(
            "%(event)s has no seal and cannot get one: it was inserted past Odoo, or "
            "changed before it was sealed.",
            event=self._named(row),
        )

    def _lost(self, number, hash_, is_cut_off):
        if is_cut_off:
            return self.env._(
                "The history once reached number %(number)s (seal %(seal)s…) and is "
                "shorter now: its end was cut off.",
                number=number,
                seal=hash_[:12],
            )
        return self.env._(
            "Seal %(number)s was %(seal)s… and is another one now: the history up to "
            "there was written anew.",
            number=number,
            seal=hash_[:12],
        )

    def _named(self, row):
        """Return “Event 71 of 2026-03-01 09:00:00 UTC for batch H-1”."""
        about = row["lot_name"] or row["document"] or row["what"] or "?"
        if row["lot_name"]:
            about = self.env._("batch %s", about)
        return self.env._(
            "Event %(event)s of %(date)s UTC for %(about)s",
            event=row["id"],
            date=row["date"],
            about=about,
        )
