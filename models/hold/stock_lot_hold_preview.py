from typing import Any, NamedTuple

from odoo import models

from ...tools.movement import STOCK_USAGES


class Effect(NamedTuple):
    """What putting lots under a disposition would do."""

    #: stock.lot that would change
    lots: Any
    #: open stock.move.line, of all companies, that would lose their lot
    lines: Any
    #: those of them that somebody has in hand: picked, packed or printed
    touched: Any
    #: ``[(unit, quantity on hand)]``
    on_hand: list


class StockLot(models.Model):
    """What a disposition would do to lots, before it is done."""

    _inherit = "stock.lot"

    def _hold_effect(self, disposition):
        """Return the ``Effect`` of putting these lots under ``disposition``."""
        lots = self.filtered(lambda lot: lot.disposition_id != disposition)
        # sudo: a lot that must not leave must not leave any company
        lines = self.env["stock.move.line"].sudo()
        lines = lines.search(
            [("lot_id", "in", lots.ids), ("state", "not in", ("done", "cancel"))]
        ).filtered(lambda line: line._would_be_forbidden(disposition))
        touched = lines.filtered(lambda line: line._is_touched())
        return Effect(lots, lines, touched, lots._on_hand_by_unit())

    def _on_hand_by_unit(self):
        """Return ``[(unit, quantity)]`` of these lots in our places."""
        rows = self.env["stock.quant"]._read_group(
            [
                ("lot_id", "in", self.ids),
                ("location_id.usage", "in", STOCK_USAGES),
            ],
            ["product_id"],
            ["quantity:sum"],
        )
        totals = {}
        for product, quantity in rows:
            totals[product.uom_id] = totals.get(product.uom_id, 0) + quantity
        return [(unit, unit.round(quantity)) for unit, quantity in totals.items()]
