from odoo import api, models
from odoo.fields import Command

from ..base.job import JobRun
from .exceptions import NothingToAddError, NotInRecallError
from .kinds import OPEN_STATES
from .scopes import SCOPE_RANKS

CATCH_UP = "batch_tracking.ir_cron_recall_catch_up"


class StockRecall(models.Model):
    """What comes to an open recall later: more batches, or fewer.

    What was done stays: batches and consignees that it has are not touched, and those
    that come carry its next version.
    """

    _inherit = "stock.recall"

    def _expand(self, lots, reason, left_out=None, alone=False):
        """Recall more suspect batches, and all that was made from them.

        :param lots: stock.lot, the suspect ones that come
        :param str reason: why they come
        :param dict left_out: ``{stock.lot: why}``, as for ``_launch``
        :param bool alone: as for ``_start``
        :return: stock.recall.lot that have come
        :raises NothingToAddError: if it has all of them already
        """
        self._check_step(*OPEN_STATES)
        reason = self._checked_reason(reason)
        lots.check_access("read")
        left_out = left_out or {}
        self._check_left_out(lots, left_out)
        # sudo: a recall is only ever written by its steps, and the right is checked
        recall = self.sudo()
        # Who is suspected now was left out before.
        recall.left_out_ids.filtered(lambda line: line.lot_id in lots).unlink()
        recall.write(
            {
                "suspect_ids": [Command.link(lot.id) for lot in lots],
                "expand_user_ids": [Command.link(self.env.uid)],
                "left_out_ids": [
                    Command.create({"lot_id": lot.id, "reason": why.strip()})
                    for lot, why in left_out.items()
                    if lot not in recall.left_out_ids.lot_id
                ],
            }
        )
        back = recall._suspect_again(lots)
        come = self._add_reached(alone)
        if not come | back:
            raise NothingToAddError(self)
        if back:
            recall._ask_again(back.lot_id, is_new=not come)
        come |= back
        self._note_expanded(self.env._("Expanded"), come, reason, lots)
        self._after_launch(lots)
        return come

    def _suspect_again(self, lots):
        """Let batches that were cleared be part of the recall again, and stopped.

        :return: their stock.recall.lot
        """
        back = self.lot_ids.filtered(
            lambda line: line.is_cleared and line.lot_id in lots
        )
        back.write({"is_cleared": False, "cleared_reason": False})
        self._consignees_of_lots(back.lot_id).is_cleared = False
        if back and not self.is_drill:
            self._stop_lots(back.lot_id)
        return back.sudo(False)

    def _ask_again(self, lots, is_new):
        """Let those who had batches be told and asked anew: they were cleared once.

        :param bool is_new: whether nothing else has come that makes a new version
        """
        if is_new:
            self.write({"version": self.version + 1, "state": "progress"})
        self._consignees_of_lots(lots).version = self.version

    def _add_reached(self, alone=False):
        """Add what the suspects reach and the recall has not yet, as a new version.

        :return: stock.recall.lot that have come, none if there is nothing new
        """
        found, pairs = {}, []
        with self._nobody_moving(alone):
            self._check_step(*OPEN_STATES)
            reached, pairs = self._found_within(
                self._suspects(), SCOPE_RANKS[self.scope], self._passed_over()
            )
            known = set(self.lot_ids.lot_id.ids)
            found = {lot: each for lot, each in reached.items() if lot not in known}
            self._keep_from_moving(found)
        if not found:
            return self.env["stock.recall.lot"]
        figures = self._figures_now(found, pairs)
        # sudo: as in ``_expand``
        recall = self.sudo()
        recall.write({"version": self.version + 1, "state": "progress"})
        recall._freeze(figures)
        come = recall.lot_ids.filtered(lambda line: line.version == recall.version)
        if not recall.is_drill:
            recall._stop_lots(come.lot_id)
        return come.sudo(False)

    def _passed_over(self):
        """Return the lots that nothing goes on through: left out, or cleared."""
        cleared = self.lot_ids.filtered("is_cleared").lot_id
        return self.left_out_ids.lot_id | cleared

    def _note_expanded(self, what, come, reason, lots=None):
        new = self.env._(
            "Version %(version)s: %(count)s batches more",
            version=self.version,
            count=len(come),
        )
        self._note_step(what, new=new, reason=reason, lots=lots)

    # -- batches that were made of suspects meanwhile

    def action_catch_up(self):
        """Walk again, and add what was made of recalled batches meanwhile."""
        self._check_step(*OPEN_STATES)
        come = self._catch_up(alone=True)
        text = (
            self.env._("%s batches more were found, and stopped.", len(come))
            if come
            else self.env._("Nothing new: the recall has all that was made from it.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": text,
                "type": "warning" if come else "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _catch_up(self, alone=False):
        """Walk from the suspects again until nothing is new.

        Manufacturing that had taken a recalled batch before the launch may end after
        it: what it makes is part of the recall.

        :return: stock.recall.lot that have come
        """
        caught = self.env["stock.recall.lot"]
        # In the companies in which it was launched, whoever asks.
        recall = self.with_context(allowed_company_ids=self._traced_company_ids())
        while come := recall._add_reached(alone):
            reason = self.env._("Made from recalled batches meanwhile.")
            recall._note_expanded(self.env._("Caught up"), come, reason, come.lot_id)
            recall._after_launch(come.lot_id)
            caught |= come
        return caught.with_env(self.env)

    def _traced_company_ids(self):
        own = self.company_id
        return (own | (self.sudo().traced_company_ids - own)).ids

    @api.model
    def _cron_catch_up(self):
        """Let every open recall have what was made of its batches meanwhile."""
        recalls = self.search(
            [("state", "in", OPEN_STATES), ("is_drill", "=", False)], order="id desc"
        )
        JobRun(self.env, CATCH_UP).do(recalls, lambda recall: recall._catch_up(), 1)

    def _after_launch(self, lots):
        result = super()._after_launch(lots)
        if not self.is_drill:
            # sudo: who recalls need not be allowed to change jobs
            self.env.ref(CATCH_UP).sudo()._trigger()
        return result

    # -- batches with which nothing is wrong

    def _clear(self, lots, reason, with_made=False):
        """Take batches out of an open recall, and release them by a decision.

        The decision asks for what every release asks for: the right, and where two
        people release, another one who approves it.

        :param lots: stock.lot of the recall
        :param str reason: how it is known that nothing is wrong with them
        :param bool with_made: also what only they lead to
        :return: the stock.lot.decision, none where they are released or free already
        """
        self._check_step(*OPEN_STATES)
        reason = self._checked_reason(reason)
        lines = self.lot_ids.filtered(
            lambda line: line.lot_id in lots and not line.is_cleared
        )
        if missing := lots - lines.lot_id:
            raise NotInRecallError(self, missing)
        if with_made:
            lines |= self._only_through(lots)
        lots = lines.lot_id
        # sudo: a recall is only ever written by its steps, and the right is checked
        lines.sudo().write({"is_cleared": True, "cleared_reason": reason})
        self._consignees_of_lots(lots).sudo().is_cleared = True
        self._note_step(self.env._("Cleared"), reason=reason, lots=lots)
        return self._release_cleared(lots, reason)

    def _only_through(self, lots):
        """Return the lines of what the suspects reach by ``lots`` alone."""
        rank = SCOPE_RANKS[self.scope]
        passed_over = self._passed_over() | lots
        found, _pairs = self._found_within(self._suspects(), rank, passed_over)
        return self.lot_ids.filtered(
            lambda line: line.lot_id.id not in found and not line.is_cleared
        )

    def _consignees_of_lots(self, lots):
        return self.consignee_ids.filtered(lambda line: line.lot_id in lots)

    def _release_cleared(self, lots, reason):
        """Decide to release those of the lots that no other recall stops."""
        recalled = lots._disposition("recalled")
        # sudo: a recall of another company stops them as well
        lots = lots.filtered(
            lambda lot: (
                lot.disposition_id == recalled
                and not lot.sudo().recall_line_ids._stops_goods()
            )
        )
        decisions = self.env["stock.lot.decision"]
        if self.is_drill or not lots:
            return decisions
        why = self.env._(
            "Cleared in recall %(recall)s: %(reason)s", recall=self.name, reason=reason
        )
        return decisions._decide(lots, lots._disposition("released"), why)
