from datetime import timedelta

from odoo import api, fields, models

from ...tools.days import local_day
from ..base.arguments import (
    COUNT,
    ID,
    LINES,
    MAPPING,
    MOST,
    NUMBER,
    TEXT,
    check_argument,
)
from ..base.exceptions import ArgumentError
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
        self._check_series_arguments(context_data, mode, first_lot, count, lot_text)
        count, first_lot, lot_text = count or 0, first_lot or "", lot_text or ""
        picking_type_id = context_data.get("default_picking_type_id")
        picking_type = browse_id(self.env["stock.picking.type"], picking_type_id)
        product_id = context_data.get("default_product_id")
        product = browse_id(self.env["product.product"], product_id)
        picking_id = context_data.get("default_picking_id")
        picking = browse_id(self.env["stock.picking"], picking_id)
        # The number tells their codes, and a client may name whichever it likes.
        for named in (picking_type, product, picking):
            named.check_access("read")
        self._check_series_is_whole(context_data)
        planned = picking.scheduled_date
        known = self._with_numbering(product, picking_type, planned)
        return super(StockMove, known).action_generate_lot_line_vals(
            context_data, mode, first_lot, count, lot_text
        )

    @api.model
    def _check_series_arguments(self, context_data, mode, first_lot, count, lot_text):
        """Refuse what core would stumble over; parameters are those of the method.

        :raises ArgumentError: naming the first
        """
        check_argument(self.env, "context_data", context_data, MAPPING)
        if mode not in ("generate", "import"):  # noqa: PLR6201 a list has no hash
            raise ArgumentError(self.env, "mode", mode)
        check_argument(self.env, "first_lot", first_lot or "", TEXT)
        check_argument(self.env, "lot_text", lot_text or "", LINES)
        self._check_series_defaults(context_data)
        tracking = context_data.get("default_tracking")
        if tracking == "lot" and mode == "generate":
            self._check_shares(context_data.get("default_quantity"), count)
        else:
            check_argument(self.env, "count", count or 0, COUNT)

    @api.model
    def _check_shares(self, quantity, share):
        """Refuse to divide a quantity among lots where core would fail."""
        check_argument(self.env, "default_quantity", quantity, NUMBER)
        check_argument(self.env, "count", share, NUMBER)
        if quantity <= 0:  # core comes to nothing, and stumbles
            raise ArgumentError(self.env, "default_quantity", quantity)
        if share > 0 and quantity / share > MOST:
            raise ArgumentError(self.env, "count", share)

    @api.model
    def _check_series_defaults(self, context_data):
        """Refuse what can be no record."""
        lines = self.env["stock.move.line"]._fields
        for key, value in context_data.items():
            field = lines.get(key.removeprefix("default_"))
            is_blank = value is None or value == 0  # as False is
            if field is not None and field.type == "many2one" and not is_blank:
                check_argument(self.env, key, value, ID)

    @api.model
    def _check_series_is_whole(self, context_data):
        """Refuse a series without what core takes for granted.

        :raises ArgumentError: naming the first
        """
        if context_data.get("default_product_id"):
            place = context_data.get("default_location_dest_id")
            check_argument(self.env, "default_location_dest_id", place, ID)
            tracking = context_data.get("default_tracking")
            check_argument(self.env, "default_tracking", tracking, TEXT)

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
