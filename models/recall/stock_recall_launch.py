from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from ...tools.trace.mass_balance import accounted_share
from ...tools.words import says_something
from .exceptions import LeftOutWithoutReasonError, RecallStateError
from .kinds import DRILL
from .scopes import SCOPE_RANKS


class StockRecall(models.Model):
    """From a suspicion to a launched recall: a draft first, then all in one step."""

    _inherit = "stock.recall"

    @api.model
    def _launch(self, lots, reason, kind="recall", scope="worst", left_out=None):
        """Recall ``lots`` and all that was made from them.

        :param lots: stock.lot, the suspect ones
        :param str reason: why, in words that consignees will read
        :param str kind: one of ``KINDS``; a drill stops nothing
        :param str scope: one of ``SCOPES``
        :param dict left_out: ``{stock.lot: why}`` of those that are no part of it, and
            that nothing goes on through
        :return: the new stock.recall
        :raises UserError: without lots or without a reason
        :raises LeftOutWithoutReasonError: where nobody says why a lot is taken out
        :raises AccessError: for users who are no recall managers
        """
        recall = self._draft(lots, reason, kind, scope, left_out)
        recall._start()
        return recall

    # -- the draft

    @api.model
    def _draft(self, lots, reason, kind="recall", scope="worst", left_out=None):
        """Note what is suspected, as for ``_launch``, and touch nothing.

        :return: the new stock.recall
        """
        self._check_may_recall()
        values = self._prepare_draft(lots, reason, kind, scope, left_out)
        # sudo: a recall is only ever written by its steps, and the right is checked
        recall = self.sudo().create({"date_suspected": fields.Datetime.now(), **values})
        return recall.sudo(False)

    def _redraft(self, lots, reason, kind="recall", scope="worst", left_out=None):
        """Note anew what a draft is about, as for ``_draft``."""
        self._check_step("draft")
        values = self._prepare_draft(lots, reason, kind, scope, left_out)
        # sudo: as in ``_draft``
        self.sudo().left_out_ids.unlink()
        self.sudo().write(values)

    @api.model
    def _prepare_draft(self, lots, reason, kind, scope, left_out):
        left_out = left_out or {}
        lots.check_access("read")
        self._check_suspects(lots, reason)
        self._check_left_out(lots, left_out)
        values = {
            "reason": reason.strip(),
            "kind": kind,
            "scope": scope,
            "suspect_ids": [Command.set(lots.ids)],
            "left_out_ids": [
                Command.create({"lot_id": lot.id, "reason": why.strip()})
                for lot, why in left_out.items()
            ],
        }
        if not self or self.is_drill != (kind == DRILL):
            values["name"] = self._next_name(kind)
        return values

    @api.model
    def _next_name(self, kind):
        code = "stock.recall.drill" if kind == DRILL else "stock.recall"
        # sudo: who numbers recalls need not be allowed to change sequences
        sequences = self.env["ir.sequence"].sudo()
        # No number is lost where two launch at once: the second waits for the first,
        # and where Odoo starts one anew, its number is given back.
        self.env.cr.execute(
            SQL("SELECT FROM ir_sequence WHERE code = %s ORDER BY id FOR UPDATE", code)
        )
        return sequences.next_by_code(code)

    @api.model
    def _check_suspects(self, lots, reason):
        if not lots:
            raise UserError(self.env._("Choose the batch that must be recalled first."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the batches are recalled."))

    @api.model
    def _check_left_out(self, lots, left_out):
        for lot, why in left_out.items():
            lot.check_access("read")
            if not says_something(why):
                raise LeftOutWithoutReasonError(lot)
        if not lots - lots.browse(lot.id for lot in left_out):
            raise UserError(
                self.env._("All of the suspect batches were taken out. Leave one in.")
            )

    def _check_step(self, *states):
        """Refuse a step to who may not take it, and in another state.

        :raises RecallRightMissingError: for users who are no recall managers
        :raises RecallStateError: if the recall is in none of ``states``
        """
        self.ensure_one()
        self._check_may_recall()
        self.check_access("write")
        if self.state not in states:
            raise RecallStateError(self, states)

    # -- launching

    def _start(self, alone=False):
        """Launch a draft: trace the suspects, freeze what they became, and stop it.

        :param bool alone: this transaction is for the launch only, see
            ``_nobody_moving``
        :raises RecallStateError: if it was launched or cancelled meanwhile
        """
        self._check_step("draft")
        left_out = self.left_out_ids.lot_id
        rank = SCOPE_RANKS[self.scope]
        with self._nobody_moving(alone):
            self._check_step("draft")
            started = self._seconds_now()
            found, pairs = self._found_within(self.suspect_ids, rank, left_out)
            self._keep_from_moving(found)
        reached = self._figures_now(found, pairs)
        seconds = self._seconds_now() - started
        # sudo: only its steps write a recall's frozen trace, and the right is checked
        recall = self.sudo()
        recall.write({**self._prepare_launch(reached), "trace_seconds": seconds})
        recall._freeze(reached)
        if not recall.is_drill:
            recall._stop_lots(recall.lot_ids.lot_id)
        self._after_launch(self.suspect_ids)

    def _seconds_now(self):
        """Return the time by the database's clock: it goes on within a transaction."""
        self.env.flush_all()  # what was found is part of what it took
        [(seconds,)] = self.env.execute_query(
            SQL("SELECT EXTRACT(EPOCH FROM clock_timestamp())::float8")
        )
        return seconds

    def _prepare_launch(self, reached):
        now = fields.Datetime.now()
        return {
            "state": "progress",
            "launch_user_id": self.env.uid,
            "traced_company_ids": [Command.set(self.env.companies.ids)],
            "date_decided": self.date_decided or now,
            "date_start": now,
            "date_trace": now,
            "accounted_percent": 100 * accounted_share(reached["balances"].values()),
        }

    def _stop_lots(self, lots):
        recalled = self.env["stock.lot"]._disposition("recalled")
        reason = self.env._(
            "%(recall)s: %(reason)s", recall=self.name, reason=self.reason
        )
        self.env["stock.lot.decision"]._apply_for(self, lots, recalled, reason)

    def _after_launch(self, lots):
        """Do what follows from a launch, an expansion or a catch; rooms extend it.

        :param lots: stock.lot by which it came about
        """
