from datetime import timedelta

from odoo import api, fields, models

from ...tools.days import local_day
from ..base.ids import browse_id
from .numbering import with_numbering


class StockMove(models.Model):
    """Says whose numbers are generated, wherever core generates a series."""

    _inherit = "stock.move"

    def _generate_serial_numbers(
        self, next_serial, next_serial_count=False, location_id=False
    ):
        known = self._with_numbering(self.product_id, self.picking_type_id)
        return super(StockMove, known)._generate_serial_numbers(
            next_serial, next_serial_count, location_id
        )

    @api.model
    def action_generate_lot_line_vals(
        self, context_data, mode, first_lot, count, lot_text
    ):
        picking_type_id = context_data.get("default_picking_type_id")
        picking_type = browse_id(self.env["stock.picking.type"], picking_type_id)
        product_id = context_data.get("default_product_id")
        product = browse_id(self.env["product.product"], product_id)
        picking_id = context_data.get("default_picking_id")
        picking = browse_id(self.env["stock.picking"], picking_id)
        # The number tells their codes, and a client may name whichever it likes.
        for named in (picking_type, product, picking):
            named.check_access("read")
        planned = picking.scheduled_date
        known = self._with_numbering(product, picking_type, planned)
        return super(StockMove, known).action_generate_lot_line_vals(
            context_data, mode, first_lot, count, lot_text
        )

    def _with_numbering(self, product, picking_type, planned=None):
        """Return the moves, knowing what is numbered and where.

        :param planned: when it is received, in UTC; None for today, as core has it
        """
        company = picking_type.company_id or self.company_id[:1] or self.env.company
        return with_numbering(
            self,
            product_id=product.id or 0,
            company_id=company.id,
            expiry=self._batch_expiry(product, planned, company),
            codes=picking_type._batch_codes(),
        )

    @api.model
    def _batch_expiry(self, product, planned, company):
        """Return the day that lots expire by what core writes on their lines."""
        if not product.use_expiration_date:
            return None
        begin = planned or fields.Datetime.today()
        expires = begin + timedelta(days=product.expiration_time)
        return local_day(expires, company._zone())
