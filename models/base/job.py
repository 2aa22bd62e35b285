"""One record after another: one that fails, or that is in use, stops no other."""

import logging
from datetime import timedelta

from odoo import fields
from odoo.exceptions import LockError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL, split_every

_logger = logging.getLogger(__name__)

#: So long a job waits for what somebody else is just changing.
WAIT = "2s"
#: After so long it comes back to what it has skipped.
PAUSE = timedelta(minutes=5)
#: What is raised because others work on the same records.
IN_USE = (LockError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY)


class JobRun:
    """One run of a scheduled action over many records.

    All is done set-based as long as nothing goes wrong. Of a batch in which something
    does, each record is done by itself: what fails is listed for a person
    (batch.job.failure) and tried again by the next run, what is in use is skipped and
    comes next, and the others are done.

    :param env: Environment of the scheduled action
    :param str cron: XML id of the scheduled action
    """

    def __init__(self, env, cron):
        self.env = env
        # sudo: the caller need not be allowed to change scheduled actions
        self.cron = env.ref(cron).sudo()
        self.failures = {}
        self._unlisted = {}
        self.done_ids = set()
        self.busy_ids = set()

    def do(self, records, work, size, beyond=lambda: 0, keep=lambda: None):
        """Do ``work(batch)`` for all of ``records``, and commit after each batch.

        :param work: gets ``size`` records at most; undone if it fails
        :param beyond: returns how much there is left for a later call; as long as there
            is, failures that the list has are not taken off it
        :param keep: called before each commit, to write down how far the job is
        :return: whether there was time for all of them
        """
        remaining = len(records)
        for ids in split_every(size, records.ids):
            self._do_batch(records.browse(ids), work)
            remaining -= len(ids)
            keep()
            left = remaining + beyond()
            # What is left nowhere is done, however long it took: Odoo thinks so too.
            if not self._commit(len(ids), left) and left:
                self._forget(records, ("res_id", "in", list(self.done_ids)))
                return False
        if not beyond():
            self._forget(records, ("res_id", "not in", self.set_aside()))
        if self.busy_ids:
            self.cron._trigger(fields.Datetime.now() + PAUSE)
        return True

    def set_aside(self):
        """Return ids of what has failed or is in use: not to be tried by this run."""
        return [record.id for record in self.failures] + list(self.busy_ids)

    def _do_batch(self, batch, work):
        if len(batch) == 1:
            self._do_one(batch, work)
            return
        try:
            self._attempt(batch, work)
        except Exception:  # whatever it is: each by itself finds out whose it is
            for record in batch:
                self._do_one(record, work)

    def _do_one(self, record, work):
        try:
            self._attempt(record, work)
        except IN_USE:
            self.busy_ids.add(record.id)
        except Exception as error:  # whatever it is: the others are done
            _logger.warning("%s: %s failed", self.cron.name, record, exc_info=True)
            self.failures[record] = self._unlisted[record] = failure_text(
                self.env, error
            )

    def _attempt(self, records, work):
        """Do what nobody else is changing, or leave all as it was and raise."""
        with self.env.cr.savepoint():
            self.env.cr.execute(
                SQL("SELECT set_config('lock_timeout', %s, true)", WAIT)
            )
            free = records.try_lock_for_update(allow_referencing=True)
            if free:
                work(free)
        self.done_ids.update(free.ids)
        self.busy_ids.update((records - free).ids)

    def _commit(self, count, remaining):
        if self._unlisted:
            self._list()
        cron = self.env["ir.cron"]
        return cron._commit_progress(count, remaining=remaining)

    def _list(self):
        """Put on the list what has failed since the last commit."""
        # sudo: what failed is noted whoever runs the job
        listed = self.env["batch.job.failure"].sudo()
        try:
            with self.env.cr.savepoint():
                listed._note(self.cron, self._unlisted)
        except Exception:  # not even its name can be read: it stands in the log
            _logger.exception("%s: no list of what failed", self.cron.name)
        self._unlisted = {}

    def _forget(self, records, condition):
        """Delete what the list says of records that need no person any more."""
        # sudo: as the list is kept
        listed = self.env["batch.job.failure"].sudo()
        listed.search(
            [
                ("cron_id", "=", self.cron.id),
                ("res_model", "=", records._name),
                condition,
            ]
        ).unlink()


def failure_text(env, error):
    """Return what a person reads of an exception."""
    if isinstance(error, UserError):
        return str(error)
    return env._(
        "Something unexpected went wrong. Whoever runs Odoo finds more in the log "
        "(%(kind)s: %(error)s).",
        kind=type(error).__name__,
        error=next(iter(str(error).splitlines()), ""),
    )
