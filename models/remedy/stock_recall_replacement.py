from collections import defaultdict

from odoo import fields, models
from odoo.fields import Command
from odoo.tools import SQL

from ..base.said import said
from ..recall.kinds import OPEN_STATES
from .exceptions import InventoryRightMissingError

#: Moves that agree in these are one transfer.
SAME_TRANSFER = (
    "origin",
    "picking_type_id",
    "partner_id",
    "location_id",
    "location_dest_id",
)


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
        moves = [
            values
            for delivery, goods in planned.items()
            for values in self._prepare_replacing_moves(delivery, goods)
        ]
        pickings = self._draft_replacements(moves)
        self._note_replaced(pickings)
        return pickings

    def _draft_replacements(self, moves):
        """Draft the transfers of some moves, one for each delivery and first step.

        :param list moves: values as of ``_prepare_replacing_moves``
        :return: stock.picking
        """
        alike = defaultdict(list)
        for values in moves:
            alike[tuple(values[name] for name in SAME_TRANSFER)].append(values)
        pickings = self.env["stock.picking"].create(
            [dict(zip(SAME_TRANSFER, key, strict=True)) for key in alike]
        )
        self.env["stock.move"].create(
            [
                {**values, "picking_id": picking.id}
                for picking, goods in zip(pickings, alike.values(), strict=True)
                for values in goods
            ]
        )
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

    def _prepare_replacing_moves(self, delivery, goods):
        """Return the values of the moves that begin to replace a delivery.

        Which step is the first, the rules of the warehouse and the product say, as for
        any order; they make the next ones. What no rule delivers from stock goes
        straight from there.

        :param delivery: stock.picking, as it was sent
        :param list goods: ``[(row, stock.move of the delivery, quantity)]``
        """
        warehouse = self._replacing_warehouse(delivery)
        partner = self._delivered_to(delivery)
        origin = self.env._("Replaces %s", delivery.name)
        reference = self.env["stock.reference"].create({"name": origin})
        asked = {
            "company_id": delivery.company_id,
            "date_planned": fields.Datetime.now(),
            "partner_id": partner.id,
            "reference_ids": reference,
            "warehouse_id": warehouse,
        }
        place = delivery.location_dest_id
        return [
            {
                **row._prepare_first_step(place, quantity, origin, asked),
                "company_id": delivery.company_id.id,
                "partner_id": partner.id,
                "origin": origin,
                "description_picking": self.env._("Replaces batch %s", row.lot_id.name),
                "recall_id": said(row.recall_id),
                "recall_row_id": said(row),
                "replaced_move_id": said(replaced),
            }
            for row, replaced, quantity in goods
        ]

    def _replacing_warehouse(self, delivery):
        """Return the warehouse that a delivery left, else the first of its company."""
        kind = delivery.picking_type_id
        if kind.code == "outgoing" and kind.warehouse_id:
            return kind.warehouse_id
        mine = [("company_id", "=", delivery.company_id.id)]
        return self.env["stock.warehouse"].search(mine, limit=1)

    def _delivered_to(self, delivery):
        return delivery.partner_id or delivery.move_ids.partner_id[:1]

    def _prepare_first_step(self, place, quantity, origin, asked):
        """Return the values of the first move on the way to a place.

        :param place: stock.location where the goods are to arrive
        :param float quantity: in the product's unit
        :param dict asked: what a procurement tells the rules
        """
        product, unit = self.product_id, self.product_id.uom_id
        rule = self.env["stock.rule"]._get_rule(product, place, asked)
        if rule.action in ("pull", "pull_push"):
            values = rule._get_stock_move_values(
                product,
                quantity,
                unit,
                place,
                rule.name,
                origin,
                asked["company_id"],
                asked,
            )
            if rule.procure_method == "mts_else_mto":
                values["procure_method"] = "make_to_stock"
            kind = rule.picking_type_id
            return {
                **values,
                "location_dest_id": values.get("location_dest_id")
                or kind.default_location_dest_id.id
                or place.id,
            }
        warehouse = asked["warehouse_id"]
        return {
            "product_id": product.id,
            "product_uom": unit.id,
            "product_uom_qty": quantity,
            "picking_type_id": warehouse.out_type_id.id,
            "reference_ids": [Command.set(asked["reference_ids"].ids)],
            "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": place.id,
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
