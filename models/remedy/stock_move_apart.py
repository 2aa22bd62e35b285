from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from ...tools.answer.balance import is_none

#: Core takes milliseconds for each line: more are taken in the background.
AT_ONCE = 500
#: In these a move may take goods.
SEEKING = ("confirmed", "waiting", "partially_available")


class StockMove(models.Model):
    """A move to quarantine takes the recall's batches, and no others.

    Which ones is looked for when the transfer is begun: what lay here at the launch may
    have been counted, scrapped or brought away since.
    """

    _inherit = "stock.move"

    def _action_assign(self, *args, **kwargs):
        apart = self._goes_apart()
        if more := apart._take_recalled():
            more._seek_soon()
        return super(StockMove, self - apart)._action_assign(*args, **kwargs)

    def _take_recalled(self):
        """Reserve what is free of the recalled batches, for all moves at once.

        :return: those that could take more: of thousands of batches some at a time
        """
        seeking = self.filtered(lambda move: move.state in SEEKING and not move.picked)
        lines = []
        for (_recall, _company), moves in seeking.grouped(
            lambda move: (move.recall_id, move.company_id)
        ).items():
            lines += moves._lines_of_recalled(moves._recalled_stock())
        # One for each batch and place, as a person would enter them.
        self.env["stock.move.line"].create(lines[:AT_ONCE])
        return self.browse({values["move_id"] for values in lines[AT_ONCE:]})

    def _recalled_stock(self):
        """Return ``{(product, warehouse): stock.quant}`` of what these may take."""
        quants = self.env["stock.quant"].search(
            self._recalled_domain(), order="location_id, lot_id, id"
        )
        found = defaultdict(self.env["stock.quant"].browse)
        found |= quants.grouped(
            lambda quant: (quant.product_id, quant.location_id.warehouse_id)
        )
        return found

    def _recalled_domain(self):
        """Return the domain of stock.quant that lies in stock, and not apart yet."""
        restrictive = self.env["stock.lot.disposition"]._restrictive_ids()
        # sudo: who carries goods need not be allowed to read recalls
        reached = self.recall_id.sudo().lot_ids
        recalled = reached.filtered(lambda line: not line.is_cleared)
        return (
            Domain("lot_id", "in", recalled.lot_id.ids)
            & Domain("product_id", "in", self.product_id.ids)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("location_id.usage", "=", "internal")
            & Domain("location_id.imposed_disposition_ids", "not in", list(restrictive))
            & Domain("quantity", ">", 0)
        )

    def _lines_of_recalled(self, stock):
        """Return the values of lines that take what is free.

        :param dict stock: see ``_recalled_stock``
        """
        taken = defaultdict(float)
        values = []
        for move in self:
            left = move.product_qty - sum(
                move.move_line_ids.mapped("quantity_product_uom")
            )
            key = (move.product_id, move.location_id.warehouse_id)
            for quant in stock[key]:
                free = quant.quantity - quant.reserved_quantity - taken[quant]
                amount = min(left, free)
                if amount <= 0 or is_none(amount):
                    continue
                values.append(move._prepare_line_apart(quant, amount))
                taken[quant] += amount
                left -= amount
        return values

    def _prepare_line_apart(self, quant, amount):
        return {
            "move_id": self.id,
            "picking_id": self.picking_id.id,
            "product_id": quant.product_id.id,
            "lot_id": quant.lot_id.id,
            "quantity": amount,
            "product_uom_id": quant.product_id.uom_id.id,
            "location_id": quant.location_id.id,
            "location_dest_id": self.location_dest_id.id,
            "package_id": quant.package_id.id,
            "owner_id": quant.owner_id.id,
            "company_id": self.company_id.id,
        }
