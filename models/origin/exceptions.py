"""Refusals of what a receipt says of its suppliers."""

from odoo.exceptions import UserError

from ..base.exceptions import known_to_clients


@known_to_clients
class SameNumberError(UserError):
    """Two suppliers use the same number, where the supplier's number is ours.

    :ivar line: stock.move.line that receives the second one's
    :ivar lot: stock.lot that came from the first one
    """

    def __init__(self, line):
        self.line, self.lot = line, line.lot_id
        super().__init__(
            line.env._(
                "Batch %(lot)s of %(product)s came from %(owner)s, and now from "
                "%(supplier)s: two suppliers use the same number. Type a number for "
                "the new batch that tells them apart, and keep %(number)s as the "
                "supplier's batch number.",
                lot=self.lot.name,
                product=line.product_id.display_name,
                owner=self.lot.supplier_id.display_name,
                supplier=line.picking_id.partner_id.display_name,
                number=line.supplier_lot_name or self.lot.name,
            )
        )
