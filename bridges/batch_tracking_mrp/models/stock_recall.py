from odoo import api, models


class StockRecall(models.Model):
    """Manufacturing orders that would have used what is recalled are hit."""

    _inherit = "stock.recall"

    def _hit_documents(self):
        moves = self._hit_moves()
        behind = self._moves_behind(moves)
        return [
            *super()._hit_documents(),
            *self._hit_productions_of(moves, is_told=True),
            *self._hit_productions_of(behind, is_told=False),
            *self._productions_of_recalled(),
        ]

    def _hit_productions_of(self, moves, is_told):
        return [
            ("production", order, theirs.product_id, is_told)
            for order, theirs in moves.grouped("raw_material_production_id").items()
            if order
        ]

    def _productions_of_recalled(self):
        """Return the orders that would make more of a recalled batch."""
        mine = [("recall_id", "=", self.id), ("is_cleared", "=", False)]
        orders = self.env["mrp.production"].search(
            [
                ("state", "not in", ("done", "cancel")),
                ("lot_producing_ids.recall_line_ids", "any", mine),
            ]
        )
        return [("production", order, order.product_id, False) for order in orders]

    @api.model
    def _planned_date(self, document):
        if document._name == "mrp.production":
            return document.date_start
        return super()._planned_date(document)
