import logging
from datetime import timedelta
from functools import partial

from psycopg2 import Error, errors

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL, split_every

from ...tools.history.chain import FORMATS, GENESIS, is_digest_of, link
from ..base.job import JobRun
from .exceptions import HistoryIsAppendOnlyError

_logger = logging.getLogger(__name__)

#: Events that are sealed between two commits.
SEAL_BATCH = 5_000
#: How long one waits for another who seals, before it is left to the hourly job.
WAIT = "5s"
#: After so long without a seal something may have been left.
QUIET = timedelta(hours=2)
#: Every column that a digest of any format covers.
CONTENT = tuple(dict.fromkeys(name for names in FORMATS.values() for name in names))
#: First key of PostgreSQL's advisory lock; the second is the company.
LOCK = 0x5EA1
#: Under this name the cursor keeps the events that will be sealed after its commit.
PENDING = "batch_tracking.unsealed"


class StockLotEventSeal(models.Model):
    """A link of the chain over a company's events.

    Events are sealed in a short transaction of their own, right after the commit of
    the one that wrote them: a transaction cannot see what another is about to commit,
    and one chain written by all would make everybody wait for everybody.

    What is inserted here is never changed. The number goes up without gaps within a
    company; ``tools/history/chain.py`` says what the hash is made of.
    """

    _name = "stock.lot.event.seal"
    _description = "Seal of a Batch Event"
    _order = "company_id, number desc"
    _rec_name = "number"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    number = fields.Integer(required=True)
    # No foreign key: a seal outlives an event that somebody removes.
    event_key = fields.Integer("Event", required=True)
    hash = fields.Char(required=True)
    date = fields.Datetime("Sealed", required=True)

    _number_uniq = models.UniqueIndex("(company_id, number)")
    _event_uniq = models.UniqueIndex("(event_key)")

    def init(self):
        columns = ("company_id", "number", "event_key", "hash", "date")
        self.env["stock.lot.event"]._refuse_changes(self._table, columns)

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        raise HistoryIsAppendOnlyError(self.env, self._name)

    def write(self, vals):  # pylint: disable=method-required-super
        raise HistoryIsAppendOnlyError(self.env, self._name)

    def _write_multi(self, vals_list):
        raise HistoryIsAppendOnlyError(self.env, self._name)

    def unlink(self):
        # pylint: disable=no-raise-unlink,method-required-super
        raise HistoryIsAppendOnlyError(self.env, self._name)

    # -- when

    @api.model
    def _seal_after_commit(self, events):
        """Have ``events`` sealed as soon as this transaction is committed."""
        hooks = self.env.cr.postcommit
        if PENDING not in hooks.data:
            hooks.data[PENDING] = {}
            hooks.add(partial(_seal_pending, self.env.registry, hooks.data[PENDING]))
        for company, written in events.grouped("company_id").items():
            hooks.data[PENDING].setdefault(company.id, []).extend(written.ids)

    @api.model
    def _cron_seal(self):
        """Seal what was left: after a crash, or when somebody else took too long."""
        # sudo: every company has a history, an archived one too
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        left = []
        for company in companies.search([("id", "!=", False)]):
            left += self._leftovers(company.id)
        # sudo: as all of it is sealed, whoever runs the job
        events = self.env["stock.lot.event"].sudo().browse(left)
        job = JobRun(self.env, "batch_tracking.ir_cron_seal_events")
        job.do(events, self._seal_by_company, SEAL_BATCH)

    @api.model
    def _seal_by_company(self, events):
        for company, own in events.grouped("company_id").items():
            _seal_alone(self.env.registry, company.id, own.ids)

    @api.model
    def _leftovers(self, company_id, limit=None):
        """Return ids of events without a seal, oldest first, that may still get one.

        :param int limit: how many at most

        An event that the jobs of a day did not seal was not left: somebody has put it
        there. It stays without, and the check of the history names it.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT event.id FROM stock_lot_event event
                LEFT JOIN stock_lot_event_seal seal ON seal.event_key = event.id
                WHERE event.company_id = %(company)s
                  AND event.date >= %(since)s AND seal.id IS NULL
                ORDER BY event.id LIMIT %(limit)s
                """,
                company=company_id,
                since=self._sealable_since(),
                limit=limit,
            )
        )
        return [id_ for (id_,) in rows]

    @api.model
    def _sealable_since(self):
        """Return the time before which no event is sealed any more.

        A day before the job that seals has run last: what it did not find then, while
        nobody worked for days, has not been written in that time.
        """
        # sudo: when it ran last decides, whoever asks
        job = self.env.ref("batch_tracking.ir_cron_seal_events", False)
        now = fields.Datetime.now()
        last = job and job.sudo().lastcall
        return min(last or now, now) - timedelta(days=1)

    # -- how

    @api.model
    def _seal(self, company_id, event_ids):
        """Append events of a company to its chain, in the order of their ids.

        The caller sees everything that is committed, and nobody else seals meanwhile.
        Events that are sealed already, or no longer say what their digest says, are
        left out. What was left long ago comes first: the order is that of time.

        :return: how many were sealed
        """
        number, previous, sealed = self._head(company_id)
        rows, now = [], fields.Datetime.now()
        if sealed and sealed < now - QUIET:
            left = self._leftovers(company_id, SEAL_BATCH)
            event_ids = sorted({*event_ids, *left})
        for event_id, event_digest in self._to_seal(company_id, event_ids):
            number += 1
            previous = link(previous, number, event_id, event_digest, now)
            rows.append((number, event_id, previous))
        if rows:
            self._insert_seals(company_id, rows, now)
        return len(rows)

    def _insert_seals(self, company_id, rows, now):
        """Write seals of one moment.

        :param rows: ``[(number, event id, hash)]``
        """
        numbers, ids, hashes = map(list, zip(*rows, strict=True))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO stock_lot_event_seal
                    (company_id, number, event_key, hash, date)
                SELECT %s, new.*, %s
                FROM unnest(%s::int[], %s::int[], %s::varchar[]) AS new
                """,
                company_id,
                now,
                numbers,
                ids,
                hashes,
            )
        )

    @api.model
    def _head(self, company_id):
        """Return number, hash and moment of a company's last seal."""
        rows = self.env.execute_query(
            SQL(
                "SELECT number, hash, date FROM stock_lot_event_seal"
                " WHERE company_id = %s ORDER BY number DESC LIMIT 1",
                company_id,
            )
        )
        return rows[0] if rows else (0, GENESIS, None)

    @api.model
    def _to_seal(self, company_id, event_ids):
        """Yield ``(event id, digest)`` of events that may be sealed."""
        self.env.cr.execute(
            SQL(
                """
                SELECT event.id, event.digest, %s FROM stock_lot_event event
                LEFT JOIN stock_lot_event_seal seal ON seal.event_key = event.id
                WHERE event.id = ANY(%s) AND event.company_id = %s AND seal.id IS NULL
                ORDER BY event.id
                """,
                self._content_columns(),
                event_ids,
                company_id,
            )
        )
        for event_id, event_digest, *content in self.env.cr.fetchall():
            if is_digest_of(event_digest, dict(zip(CONTENT, content, strict=True))):
                yield event_id, event_digest

    @api.model
    def _content_columns(self):
        return SQL(", ").join(SQL.identifier("event", name) for name in CONTENT)


def _seal_pending(registry, pending):
    """Seal what a transaction has just committed.

    Whatever goes wrong here, the person's work is done and saved: what is not sealed
    now is sealed by the hourly job.

    :param dict pending: company id -> event ids
    """
    for company_id, event_ids in pending.items():
        for ids in split_every(SEAL_BATCH, sorted(event_ids), list):
            try:
                _seal_alone(registry, company_id, ids)
            except Error:
                _logger.warning("The next job seals these events.", exc_info=True)


def _seal_alone(registry, company_id, event_ids):
    """Seal events in a transaction of its own, after whoever is just doing so.

    :return: how many were sealed; 0 if somebody else took too long
    """
    with registry.cursor() as cr:
        try:
            _lock_chain(cr, company_id)
        except errors.LockNotAvailable:
            _logger.warning(
                "Events of company %s are sealed by the next job.", company_id
            )
            return 0
        env = api.Environment(cr, SUPERUSER_ID, {})
        return env["stock.lot.event.seal"]._seal(company_id, event_ids)


def _lock_chain(cr, company_id):
    """Be the only one who seals events of a company, until the transaction ends.

    :raises errors.LockNotAvailable: if somebody else takes longer than ``WAIT``
    """
    # Whoever waits for the lock must then see what the one before has sealed.
    cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
    cr.execute(SQL("SELECT set_config('lock_timeout', %s, true)", WAIT))
    cr.execute(
        SQL("SELECT pg_advisory_xact_lock(%s, %s)", LOCK, company_id),
        log_exceptions=False,
    )
