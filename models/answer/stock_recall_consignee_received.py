from collections import defaultdict

from odoo import api, models

from ..recall.kinds import OPEN_STATES


class StockRecallConsignee(models.Model):
    """Counts what comes back from consignees while a recall is open.

    Kept with the rows, as sixteen thousand of them are added up for one page. What the
    second tier sends straight to us counts there, and not with whom they had it from.
    """

    _inherit = "stock.recall.consignee"

    @api.model
    def _count_returns(self, lots):
        """Count again what came back of some lots, for all open recalls and drills."""
        # sudo: who takes goods in need not be allowed to read recalls
        rows = self.sudo().search(
            [
                ("lot_id", "in", lots.ids),
                ("recall_id.state", "in", OPEN_STATES),
            ]
        )
        for recall, of_recall in rows.grouped("recall_id").items():
            of_recall._count_returns_of(recall)

    def _count_returns_of(self, recall):
        # The rows are those of one company, whichever the user works for.
        trace = self.env["stock.lot.trace"].with_company(recall.company_id)
        trace = trace.with_context(allowed_company_ids=recall.company_id.ids)
        returned = {
            (lot_id, partner_id): amount
            for lot_id, partner_id, _delivered, amount in trace._consignees(self.lot_id)
        }
        behind = self.filtered(lambda row: row.tier > 1)
        sent = trace._sent_by(behind) if behind else {}
        counted = defaultdict(float)
        for row in behind:
            amount = sent.pop((row.lot_id.id, row.partner_id.id), {})
            row._count(sum(amount.values()))
            for receiver_id, quantity in amount.items():
                counted[row.lot_id.id, receiver_id] += quantity
        for row in self - behind:
            key = (row.lot_id.id, row.partner_id.id or None)
            row._count(returned.get(key, 0.0) - row.returned - counted[key])

    def _count(self, quantity):
        quantity = max(0.0, quantity)
        if self.received_back != quantity:
            self.received_back = quantity
            self._ask_identity()
