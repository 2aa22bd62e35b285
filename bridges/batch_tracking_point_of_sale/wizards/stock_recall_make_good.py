from odoo import fields, models

from ..models.stock_recall_consignee import TILL


class StockRecallMakeGood(models.TransientModel):
    """Makes good by refunds of the till that sold it as well."""

    _inherit = "stock.recall.make.good"

    way = fields.Selection(
        selection_add=[(TILL, "Refunds at the till")], ondelete={TILL: "cascade"}
    )

    def _wish(self):
        return "credit" if self.way == TILL else super()._wish()

    def _make_good(self, rows):
        if self.way != TILL:
            return super()._make_good(rows)
        rows._check_may_refund()
        if rows._left_to_job(self.way, self.basis):
            return self._notify_later(rows)
        return self._show(self.env._("Refunds"), rows._refund(self.basis))
