from collections import defaultdict

from odoo import api, models


class StockLotTrace(models.AbstractModel):
    """What those whom we never delivered to have sent back."""

    _inherit = "stock.lot.trace"

    @api.model
    def _sent_by(self, rows):
        """Return what consignees behind the first tier have sent back straight to us.

        :param rows: stock.recall.consignee
        :return: ``{(lot id, partner id): {id of whose delivery it was: quantity}}``
        """
        received = self._consignees(rows.lot_id)
        behind = {(row.lot_id.id, row.partner_id.id) for row in rows}
        # Who was delivered nothing is no consignee, all of theirs being others'.
        everybody = [*received, *((*key, 0.0, 0.0) for key in behind)]
        sent = defaultdict(lambda: defaultdict(float))
        for moved in self._moved_returns(everybody):
            if (key := (moved.lot_id, moved.sender_id)) in behind:
                sent[key][moved.receiver_id] += moved.quantity
        for lot_id, partner_id, delivered, returned in received:
            if (lot_id, partner_id) in behind and not delivered:
                sent[lot_id, partner_id][partner_id] += returned
        return sent
