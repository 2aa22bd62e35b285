from odoo import api, fields, models

DONE = ("purchase", "cancel")


class StockRecallHit(models.Model):
    """A request for quotation that asks for more of what is recalled."""

    _inherit = "stock.recall.hit"

    kind = fields.Selection(
        selection_add=[("purchase", "Purchase order")],
        ondelete={"purchase": "cascade"},
    )

    @api.model
    def _is_coming(self, kind):
        return kind == "purchase" or super()._is_coming(kind)

    def _is_done(self, document):
        if document._name == "purchase.order":
            return document.state in DONE
        return super()._is_done(document)
