from collections import defaultdict

from odoo import models

from ...tools.answer.balance import is_none
from ..recall.kinds import OPEN_STATES
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
        for recall in self.recall_id:
            recall._check_step(*OPEN_STATES)
        pickings = self._prepare_returns()
        if not pickings:
            raise NothingToReturnError(self)
        self._note_returns(pickings)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Returns"),
            "res_model": "stock.picking",
            "view_mode": "list,kanban,form",
            "domain": [("id", "in", pickings.ids)],
        }

    def _note_returns(self, pickings):
        for recall in self.recall_id:
            names = ", ".join(pickings.mapped("name")[:20])
            recall._note_step(self.env._("Returns prepared"), new=names)

    def _to_fetch(self):
        """Return the rows of which something can be fetched; a drill moves nothing."""
        return self.filtered(
            lambda row: (
                row.tier == 1
                and row.located > row.on_its_way
                and not row.recall_id.is_drill
            )
        )

    def _prepare_returns(self):
        """Return the new transfers, one for each delivery."""
        rows = self._to_fetch()
        delivered = rows._delivered_lines()
        planned = defaultdict(list)
        for row in rows:
            for line, quantity in row._to_return(delivered[row]):
                planned[line.picking_id].append((line, quantity))
        pickings = self.env["stock.picking"]
        for delivery, lines in list(planned.items())[:MOST_AT_ONCE]:
            pickings |= delivery._prepare_recall_return(lines)
        return pickings

    def _delivered_lines(self):
        """Return ``{row: stock.move.line}`` by which each was delivered, last first."""
        lines = self.env["stock.move.line"].search(
            [
                ("lot_id", "in", self.lot_id.ids),
                ("consignment", "=", "delivered"),
                ("consignee_id", "in", self.partner_id.ids),
                ("picking_id", "!=", False),
                ("company_id", "in", self.company_id.ids),
            ],
            order="date desc, id desc",
        )
        by_row = lines.grouped(
            lambda line: (line.lot_id, line.consignee_id, line.company_id)
        )
        return {
            row: by_row.get((row.lot_id, row.partner_id, row.company_id), lines[:0])
            for row in self
        }

    def _to_return(self, delivered):
        """Return which delivered lines come back, the last first, and how much.

        :param delivered: stock.move.line of the row, see ``_delivered_lines``
        """
        self.ensure_one()
        returns = delivered.move_id.returned_move_ids
        awaited = self._quantity_in(
            returns.filtered(lambda move: move.state not in ("done", "cancel"))
        )
        left = self.located - self.on_its_way - awaited
        found = []
        for line in delivered:
            back = self._quantity_in(
                line.move_id.returned_move_ids.filtered(
                    lambda move: move.state != "cancel"
                )
            )
            quantity = min(left, line.quantity_product_uom - back)
            if quantity > 0 and not is_none(quantity):
                found.append((line, quantity))
                left -= quantity
        return found

    def _quantity_in(self, moves):
        """Return how much of the row's batch some moves are about."""
        lines = moves.move_line_ids.filtered(lambda line: line.lot_id == self.lot_id)
        return sum(lines.mapped("quantity_product_uom"))
