from odoo import models
from odoo.tools import format_list, plaintext2html

from ..recall.kinds import REMINDER


class StockRecall(models.Model):
    """What answers and returns give the responsible to do, one task for each matter."""

    _inherit = "stock.recall"

    def _for_responsible(self):
        """Return the recall in the language of who is responsible, not of who asks."""
        self.ensure_one()
        return self.with_context(lang=self.user_id.lang or self.env.lang)

    def _open_task(self, summary, note):
        """Have one open activity of the responsible with this summary.

        :param str summary: what is to be done, and with whom
        :param str note: the last word on it; a task that is open already says it anew
        """
        # sudo: consignees who answer, and who takes goods in, are no recall managers
        recall = self.sudo()
        known = recall.activity_ids.filtered(lambda task: task.summary == summary)
        if known:
            known[:1].note = plaintext2html(note)
            return
        recall.activity_schedule(
            REMINDER,
            summary=summary,
            note=plaintext2html(note),
            user_id=self.user_id.id or self.env.uid,
        )

    def _open_dispute(self, partner, rows):
        """Give a task to settle what a consignee declines; one for each of them."""
        rows._keep_evidence()
        recall = self._for_responsible()
        words = {
            "who": partner.display_name,
            "lots": format_list(recall.env, rows.lot_id.mapped("name")),
        }
        recall._open_task(
            recall.env._("Settle a dispute: %s", partner.display_name),
            recall.env._(
                "%(who)s says that this is not theirs: %(lots)s. Our documents say "
                "that it was delivered: see “Delivered by” of their lines.",
                **words,
            ),
        )


class StockRecallConsignee(models.Model):
    """More came back, or is told, than was ever sent: is it the same batch?"""

    _inherit = "stock.recall.consignee"

    def _ask_identity(self):
        """Give a task for each consignee of whom more is known than they were sent."""
        over = self.filtered(lambda row: row._settled().line.excess)
        for (of_recall, partner), rows in over.grouped(
            lambda row: (row.recall_id, row.partner_id)
        ).items():
            recall = of_recall._for_responsible()
            who = partner.display_name or recall.env._("no address")
            lots = format_list(recall.env, rows.lot_id.mapped("name"))
            recall._open_task(
                recall.env._("Check which batch it is: %s", who),
                recall.env._(
                    "%(who)s has told of more of %(lots)s, or sent more back, than was "
                    "delivered: look whether it is the same batch.",
                    who=who,
                    lots=lots,
                ),
            )
