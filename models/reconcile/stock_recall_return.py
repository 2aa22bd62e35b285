from collections import defaultdict

from odoo import models

from ...tools.recall.balance import is_none
from .exceptions import NothingToReturnError

#: More transfers than that are prepared by going on with what is left.
MOST_AT_ONCE = 500


class StockRecallConsignee(models.Model):
    """Returns of what consignees still have, by core's own return of a delivery."""

    _inherit = "stock.recall.consignee"

    def action_prepare_returns(self):
        """Prepare a return of each delivery whose goods can be fetched.

        What a return is waiting for is not prepared again.
        """
        self.recall_id._check_may_recall()
        self.recall_id.check_access("write")
        pickings = self._prepare_returns()
        if not pickings:
            raise NothingToReturnError(self)
        for recall in self.recall_id:
            names = ", ".join(pickings.mapped("name")[:20])
            recall._note_step(self.env._("Returns prepared"), new=names)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Returns"),
            "res_model": "stock.picking",
            "view_mode": "list,kanban,form",
            "domain": [("id", "in", pickings.ids)],
        }

    def _prepare_returns(self):
        """Return the new transfers, one for each delivery."""
        planned = defaultdict(list)
        for row in self.filtered(lambda row: row.tier == 1):
            for line, quantity in row._to_return():
                planned[line.picking_id].append((line, quantity))
        pickings = self.env["stock.picking"]
        for delivery, lines in list(planned.items())[:MOST_AT_ONCE]:
            pickings |= delivery._prepare_recall_return(lines)
        return pickings

    def _to_return(self):
        """Return which delivered lines come back, the last first, and how much."""
        self.ensure_one()
        left = self.located - self.on_its_way - self._awaited()
        found = []
        for line in self._delivered_lines():
            back = sum(
                line.move_id.returned_move_ids.filtered(
                    lambda move: move.state != "cancel"
                )
                .move_line_ids.filtered(lambda each: each.lot_id == self.lot_id)
                .mapped("quantity_product_uom")
            )
            quantity = min(left, line.quantity_product_uom - back)
            if quantity > 0 and not is_none(quantity):
                found.append((line, quantity))
                left -= quantity
        return found

    def _delivered_lines(self):
        return self.env["stock.move.line"].search(
            [
                ("lot_id", "=", self.lot_id.id),
                ("consignment", "=", "delivered"),
                ("consignee_id", "=", self.partner_id.id),
                ("picking_id", "!=", False),
                ("company_id", "=", self.company_id.id),
            ],
            order="date desc, id desc",
        )

    def _awaited(self):
        """Return how much is to come by returns that are not done yet."""
        waiting = self._delivered_lines().move_id.returned_move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        )
        lines = waiting.move_line_ids.filtered(lambda line: line.lot_id == self.lot_id)
        return sum(lines.mapped("quantity_product_uom"))
