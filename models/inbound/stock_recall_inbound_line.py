from odoo import api, fields, models

from ...tools.inbound.notice_key import is_another_version, notice_key
from .exceptions import NoticeIsKnownError


class StockRecallInboundLine(models.Model):
    """A product and a supplier's batch number that a received notice names."""

    _name = "stock.recall.inbound.line"
    _description = "Recalled by a Received Notice"
    _order = "inbound_id, id"

    inbound_id = fields.Many2one(
        "stock.recall.inbound", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="inbound_id.company_id", store=True)
    product_name = fields.Char("Product", required=True, help="As the notice calls it.")
    product_id = fields.Many2one("product.product", "Our product")
    supplier_lot_name = fields.Char("Supplier's batch number", required=True)
    key = fields.Char(
        compute="_compute_key",
        store=True,
        help="What two copies of one notice share, however they were typed.",
    )

    _company_key_idx = models.Index("(company_id, key)")

    @api.depends(
        "inbound_id.firm_id.name",
        "inbound_id.number",
        "product_name",
        "supplier_lot_name",
    )
    def _compute_key(self):
        for line in self:
            inbound = line.inbound_id
            line.key = self._key(
                inbound.firm_id,
                inbound.number,
                line.product_name,
                line.supplier_lot_name,
            )

    @api.model
    def _key(self, firm, number, product, lot):
        return "|".join(
            notice_key(firm.name or "", number or "", product or "", lot or "")
        )

    @api.constrains("key", "company_id")
    def _check_is_new(self):
        """Refuse a notice that was received before; another version of it is welcome.

        :raises NoticeIsKnownError: naming it
        """
        self.flush_recordset(["key", "company_id"])
        for line in self:
            known = self.search(
                [
                    ("key", "=", line.key),
                    ("company_id", "=", line.company_id.id),
                    ("id", "!=", line.id),
                ]
            ).filtered(line._is_same_version)
            if known:
                raise NoticeIsKnownError(known[0])

    def _is_same_version(self, other):
        """Tell whether another line is of the same version of the notice."""
        if self.inbound_id == other.inbound_id:
            return True
        first, last = sorted([self, other], key=lambda line: line.inbound_id.id)
        known, new = first.inbound_id.version or "", last.inbound_id.version or ""
        return not is_another_version(known, new)

    def _matches(self, lot):
        """Tell whether one of our lots is what the line names."""
        return lot.supplier_lot_name == self.supplier_lot_name and (
            not self.product_id or lot.product_id == self.product_id
        )
