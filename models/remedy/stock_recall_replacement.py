from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from ..base.said import said
from ..recall.kinds import OPEN_STATES
from .exceptions import InventoryRightMissingError


class StockRecallConsignee(models.Model):
    """Replacement deliveries of what consignees had, one for each original delivery.

    They reserve as any delivery does: by the product's removal strategy, and nothing
    that is held.
    """

    _inherit = "stock.recall.consignee"

    def _replace(self, basis):
        """Prepare replacement deliveries; what is made good already is left out.

        :param str basis: how much, one of ``BASES``
        :return: stock.picking, drafts; none if nothing is left
        :raises InventoryRightMissingError: for users who may prepare no transfers
        """
        self._check_may_replace()
        owed = self._owed(basis)
        delivered = self.union(*owed)._delivered_lines()
        planned = defaultdict(list)
        for row, quantity in owed.items():
            if last := delivered[row][:1]:
                planned[last.picking_id].append((row, last.move_id, quantity))
        pickings = self.env["stock.picking"].create(
            [self._prepare_replacement(delivery) for delivery in planned]
        )
        self.env["stock.move"].create(
            [
                row._prepare_replacing_move(picking, move, quantity)
                for picking, goods in zip(pickings, planned.values(), strict=True)
                for row, move, quantity in goods
            ]
        )
        self._note_replaced(pickings)
        return pickings

    def _note_replaced(self, pickings):
        for recall, moves in pickings.move_ids.grouped("recall_id").items():
            recall._note_made_good(moves.recall_row_id, moves.picking_id)

    def _check_may_replace(self):
        self._check_may_make_good()
        if not self.env["stock.picking"].has_access("create"):
            raise InventoryRightMissingError(self.env)

    def _check_may_make_good(self):
        for recall in self.recall_id:
            recall._check_step(*OPEN_STATES)

    def _owed(self, basis):
        """Touch the rows, and return ``{row: quantity}`` of what is left.

        Of two who do the same at once, Odoo starts the second anew, who then finds it
        done. What a consignee passed on comes from whom they had it; drills make
        nothing good.
        """
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE stock_recall_consignee SET tier = tier WHERE id = ANY(%s)",
                sorted(self.ids),
            )
        )
        mine = self.filtered(
            lambda row: (
                row.tier == 1
                and row.partner_id
                and not row.is_cleared
                and not row.recall_id.is_drill
            )
        )
        left = mine._left_to_make_good(basis)
        return {row: quantity for row, quantity in left.items() if quantity}

    def _prepare_replacement(self, delivery):
        """Return the values of a transfer that goes where another one went."""
        kind = delivery.picking_type_id
        if kind.code != "outgoing":
            warehouses = self.env["stock.warehouse"]
            mine = [("company_id", "=", delivery.company_id.id)]
            kind = warehouses.search(mine, limit=1).out_type_id
        return {
            "picking_type_id": kind.id,
            "partner_id": self._delivered_to(delivery).id,
            "origin": self.env._("Replaces %s", delivery.name),
            # Straight from the stock: nobody plans a picking and packing for it.
            "location_id": kind.warehouse_id.lot_stock_id.id,
            "location_dest_id": delivery.location_dest_id.id,
        }

    def _delivered_to(self, delivery):
        return delivery.partner_id or delivery.move_ids.partner_id[:1]

    def _prepare_replacing_move(self, picking, replaced, quantity):
        return {
            "picking_id": picking.id,
            "product_id": self.product_id.id,
            "product_uom": self.product_id.uom_id.id,
            "product_uom_qty": quantity,
            "company_id": picking.company_id.id,
            "partner_id": picking.partner_id.id,
            "origin": picking.origin,
            "description_picking": self.env._("Replaces batch %s", self.lot_id.name),
            "location_id": picking.location_id.id,
            "location_dest_id": picking.location_dest_id.id,
            "recall_id": said(self.recall_id),
            "recall_row_id": said(self),
            "replaced_move_id": said(replaced),
        }


class StockRecall(models.Model):
    """Says in its history what was made good."""

    _inherit = "stock.recall"

    def _note_made_good(self, rows, documents):
        """Leave an event that says to how many what was made good."""
        new = self.env._(
            "%(documents)s for %(count)s consignees",
            documents=", ".join(documents.mapped("display_name")[:20]),
            count=len(rows.partner_id),
        )
        self._note_step(self.env._("Made good"), new=new)
