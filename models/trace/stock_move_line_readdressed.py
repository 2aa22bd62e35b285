from odoo import models
from odoo.tools import SQL

from ..ledger import ledger


class StockMoveLine(models.Model):
    """A delivery that is done and gets another addressee tells its batches so.

    Whoever changes the partner of a done transfer, or the address of its order, writes
    no line: Odoo computes the consignee anew.
    """

    _inherit = "stock.move.line"

    def _compute_consignee(self):
        before = self._consignees_until_now()
        result = super()._compute_consignee()
        self._note_readdressed(before)
        return result

    def _consignees_until_now(self):
        """Return ``{line id: id of the res.partner}`` of lines that were done before.

        What an operation is doing just now is no change, and costs no query.
        """
        if ledger.current(self.env.cr):
            return {}
        finished = ledger.finished_here(self.env.cr)
        # What has just been done is told for the first time, and then no more.
        fresh = finished.intersection(self._ids)
        finished -= fresh
        known = [
            line.id
            for line in self
            if isinstance(line.id, int)
            and line.id not in fresh
            and line.state == "done"
            and line.lot_id
        ]
        if not known:
            return {}
        rows = self.env.execute_query(
            SQL(
                "SELECT id, consignee_id FROM stock_move_line"
                " WHERE id = ANY(%s) AND consignment IS NOT NULL",
                known,
            )
        )
        return dict(rows)

    def _note_readdressed(self, before):
        """Leave an event with each batch that has gone to somebody else by now.

        :param dict before: see ``_consignees_until_now``
        """
        partners = self.env["res.partner"]
        changed = self.filtered(
            lambda line: (
                line.id in before and (before[line.id] or False) != line.consignee_id.id
            )
        )
        if not changed:
            return
        # sudo: whoever corrects leaves events, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        events.create(
            [
                line._note_correction(
                    line.lot_id,
                    self._fields["consignee_id"],
                    partners.browse(before[line.id] or []).sudo().display_name,
                    line.consignee_id.sudo().display_name,
                    ledger.reason_given(self.env.cr),
                )
                for line in changed
            ]
        )
