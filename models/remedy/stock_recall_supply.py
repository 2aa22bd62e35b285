from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL


class StockRecall(models.Model):
    """Lists what is to come of recalled goods from who has delivered them.

    The same fault may be in it, and who recalls goods wants no more of them unasked.
    """

    _inherit = "stock.recall"

    def _hit_documents(self):
        return [*super()._hit_documents(), *self._hit_receipts()]

    def _hit_receipts(self):
        moves = self.env["stock.move"].search(
            Domain("picking_id.picking_type_id.code", "=", "incoming")
            & Domain("state", "not in", ("done", "cancel"))
            & Domain("origin_returned_move_id", "=", False)
            & Domain("company_id", "in", self._traced_company_ids())
            & self._supplied_domain("picking_id.partner_id")
        )
        return [
            ("receipt", picking, theirs.product_id, False)
            for picking, theirs in moves.grouped("picking_id").items()
        ]

    def _supplied_domain(self, partner):
        """Return the domain of lines that bring a recalled product from its supplier.

        :param str partner: path from the line to the partner that it comes from
        """
        domain = Domain.FALSE
        for supplier, products in self._supplied().items():
            domain |= Domain(f"{partner}.commercial_partner_id", "=", supplier.id) & (
                Domain("product_id", "in", products.ids)
            )
        return domain

    def _supplied(self):
        """Return ``{supplier: products}`` of the recalled batches that were bought."""
        for model in ("stock.recall.lot", "stock.lot", "res.partner"):
            self.env[model].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner.commercial_partner_id, ARRAY_AGG(DISTINCT lot.product_id)
                FROM stock_recall_lot line
                JOIN stock_lot lot ON lot.id = line.lot_id
                JOIN res_partner partner ON partner.id = lot.supplier_id
                WHERE line.recall_id = %s AND line.is_cleared IS NOT TRUE
                GROUP BY 1 ORDER BY 1
                """,
                self.id,
            )
        )
        partners, products = self.env["res.partner"], self.env["product.product"]
        return {partners.browse(who): products.browse(what) for who, what in rows}
