from odoo import api, models
from odoo.fields import Domain

#: Not ordered yet: of what is, the receipt is listed.
ASKED = ("draft", "sent", "to approve")


class StockRecall(models.Model):
    """Lists what buyers are about to order again from who delivered recalled goods."""

    _inherit = "stock.recall"

    def _hit_documents(self):
        return [*super()._hit_documents(), *self._hit_purchases()]

    def _hit_purchases(self):
        lines = self.env["purchase.order.line"].search(
            Domain("order_id.state", "in", ASKED)
            & Domain("company_id", "in", self._traced_company_ids())
            & self._supplied_domain("order_id.partner_id")
        )
        return [
            ("purchase", order, theirs.product_id, False)
            for order, theirs in lines.grouped("order_id").items()
        ]

    @api.model
    def _planned_date(self, document):
        if document._name == "purchase.order":
            return document.date_planned or document.date_order
        return super()._planned_date(document)
