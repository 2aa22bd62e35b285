from odoo import api, models
from odoo.tools import SQL

from ..recall.kinds import DRILL, OPEN_STATES


class StockRemoval(models.AbstractModel):
    """No replacement is of goods that are recalled, even if somebody released them."""

    _inherit = "stock.removal"

    @api.model
    def _exclusions(self, product, method, need):
        exclusions = super()._exclusions(product, method, need)
        if not need.is_replacement:
            return exclusions
        for model in ("stock.recall", "stock.recall.lot"):
            self.env[model].flush_model()
        recalled = SQL(
            """
            EXISTS (
                SELECT FROM stock_recall_lot line
                JOIN stock_recall recall ON recall.id = line.recall_id
                 AND recall.state = ANY(%s) AND recall.kind <> %s
                WHERE line.lot_id = %s AND line.is_cleared IS NOT TRUE)
            """,
            list(OPEN_STATES),
            DRILL,
            self._column("lot_id"),
        )
        return [*exclusions, ("recalled", recalled)]

    @api.model
    def _reason(self, code, lot, useful_until, need, requirement):
        if code == "recalled":
            return self.env._(
                "It is recalled, and this replaces what was recalled: it may go to "
                "consignees once it is cleared from the recall."
            )
        return super()._reason(code, lot, useful_until, need, requirement)
