from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.gs1.barcode import BATCH, GTIN, SERIAL, gtin_variants, read_gs1


class StockLot(models.Model):
    """A lot that is found by the whole barcode on its label."""

    _inherit = "stock.lot"

    scan = fields.Char(
        "Number or barcode",
        store=False,
        search="_search_scan",
        help="The batch's number, the supplier's, the reference, or a GS1 barcode.",
    )

    @api.model
    def _search_scan(self, operator, value):
        if operator == "in":
            return Domain.OR(self._scan_domain("=", text) for text in value)
        if operator not in ("=ilike", "ilike", "like", "=like"):
            return NotImplemented
        return self._scan_domain(operator, value)

    @api.model
    def _scan_domain(self, operator, text):
        """Return the domain of lots that somebody means by what was typed or scanned.

        :param str operator: how a number that was typed is compared
        :param str text: any number of a batch, or a GS1 barcode with GTIN and number
        """
        domain = Domain.OR(
            Domain(name, operator, text)
            for name in ("name", "supplier_lot_name", "ref")
        )
        return domain | self._gs1_domain(text)

    @api.model
    def _gs1_domain(self, text):
        """Return the domain of the lot that a GS1 barcode names, or of none."""
        label = read_gs1(text) if isinstance(text, str) else None
        numbers = label and [label[ai] for ai in (BATCH, SERIAL) if ai in label]
        if not numbers:
            return Domain.FALSE
        gtins = gtin_variants(label[GTIN])
        product = Domain("product_id.barcode", "in", gtins) | Domain(
            "product_id.product_uom_ids.barcode", "in", gtins
        )
        number = Domain("name", "in", numbers) | Domain(
            "supplier_lot_name", "in", numbers
        )
        return product & number

    @api.model
    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        if operator not in ("ilike", "like"):
            return domain
        return domain | self._gs1_domain(value)
