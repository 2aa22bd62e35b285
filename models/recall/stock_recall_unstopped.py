from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, float_is_zero

from ..genealogy.lot_sql import id_array

#: Deliveries of the last days may be on the road: a call may still stop them.
ON_THE_WAY = timedelta(days=3)
OUT_OF_REACH = ("subcontractor", "transit", "inter_company")


class StockRecall(models.Model):
    """Says first what a launch could not stop: goods that are not in our hands."""

    _inherit = "stock.recall"

    unstopped = fields.Json(
        readonly=True,
        help="What could not be stopped at launch: by kind, ids of the transfers or "
        "places and quantities by unit of measure.",
    )

    def _after_launch(self, lots):
        result = super()._after_launch(lots)
        # sudo: a recall is only ever written by its steps, and the right is checked
        self.sudo().unstopped = self._find_unstopped(self.lot_ids.lot_id)
        return result

    @api.model
    def _find_unstopped(self, lots):
        """Return what of these lots is out of our hands and not with customers yet.

        :return: ``{kind: {"ids": list, "amounts": {unit name: quantity}}}``; ids of
            stock.location, and for the kind ``delivery`` of stock.picking
        """
        rows = [
            (kind, place, lot_id, quantity)
            for lot_id, place, quantity, kind, _name in self.env[
                "stock.lot.trace"
            ]._places(lots)
            if kind in OUT_OF_REACH
        ]
        rows += [
            ("delivery", picking, lot_id, quantity)
            for lot_id, picking, quantity in self._just_delivered(lots)
        ]
        found = {}
        their = lots.browse({lot_id for _kind, _record, lot_id, _amount in rows})
        units = {lot.id: lot.product_uom_id.name for lot in their}
        for kind, record_id, lot_id, quantity in rows:
            _add(found, kind, record_id, units[lot_id], quantity)
        return {
            kind: {**rest, "ids": list(rest["ids"])} for kind, rest in found.items()
        }

    @api.model
    def _just_delivered(self, lots):
        """Return ``[(lot id, picking id, quantity)]`` of the last days' deliveries.

        Without what came back: what a return says it was sent with, and never more
        than what the consignee still has of the batch. The latest come first.
        """
        left, rows = {}, []
        for lot_id, picking_id, partner_id, sent, has in self.env.execute_query(
            self._just_delivered_sql(lots)
        ):
            mine = lot_id, partner_id
            quantity = min(sent, left.get(mine, has))
            if quantity > 0 and not float_is_zero(quantity, precision_digits=6):
                left[mine] = left.get(mine, has) - quantity
                rows.append((lot_id, picking_id, quantity))
        return rows

    def _just_delivered_sql(self, lots):
        self.env["stock.move.line"].flush_model()
        self.env["stock.move"].flush_model(["origin_returned_move_id", "picking_id"])
        return SQL(
            """
            WITH recent AS (
                SELECT lot_id, picking_id, COALESCE(consignee_id, 0) AS partner_id,
                       MAX(date) AS date, SUM(quantity_product_uom) AS quantity
                FROM stock_move_line
                WHERE lot_id = ANY(%(lots)s) AND consignment = 'delivered'
                  AND picking_id IS NOT NULL AND date >= %(since)s
                  AND company_id = ANY(%(company_ids)s)
                GROUP BY 1, 2, 3
            ), back AS (
                SELECT line.lot_id, sent.picking_id,
                       SUM(line.quantity_product_uom) AS quantity
                FROM stock_move_line line
                JOIN stock_move move ON move.id = line.move_id
                JOIN stock_move sent ON sent.id = move.origin_returned_move_id
                WHERE line.lot_id = ANY(%(lots)s) AND line.consignment = 'returned'
                  AND line.date >= %(since)s
                GROUP BY 1, 2
            ), has AS (
                SELECT line.lot_id, COALESCE(line.consignee_id, 0) AS partner_id,
                       SUM(CASE line.consignment WHEN 'returned' THEN -1 ELSE 1 END
                           * line.quantity_product_uom) AS quantity
                FROM stock_move_line line
                WHERE line.lot_id IN (SELECT lot_id FROM recent)
                  AND line.consignment IN ('delivered', 'returned')
                  AND line.company_id = ANY(%(company_ids)s)
                GROUP BY 1, 2
            )
            SELECT recent.lot_id, recent.picking_id, recent.partner_id,
                   (recent.quantity - COALESCE(back.quantity, 0))::float8,
                   has.quantity::float8
            FROM recent
            JOIN has USING (lot_id, partner_id)
            LEFT JOIN back USING (lot_id, picking_id)
            ORDER BY recent.date DESC, 2 DESC, 1
            """,
            lots=id_array(lots),
            since=fields.Datetime.now() - ON_THE_WAY,
            company_ids=self.env.companies.ids,
        )

    def _unstopped_notices(self):
        """Return the notices of the banner that say what was not stopped."""
        return [
            {
                "text": self._unstopped_text(kind, found["amounts"]),
                "level": "danger",
                "actions": [
                    {
                        "name": f"action_open_{kind}",
                        "label": self.env._("Show"),
                        "style": "btn-danger",
                    }
                ],
            }
            for kind, found in (self.unstopped or {}).items()
        ]

    def _unstopped_text(self, kind, amounts):
        words = {"amounts": self._amounts_text(amounts)}
        if kind == "subcontractor":
            return self.env._(
                "Not stopped: %(amounts)s lie with subcontractors. Call them.", **words
            )
        if kind == "transit":
            return self.env._(
                "Not stopped: %(amounts)s are on the way between warehouses.", **words
            )
        if kind == "inter_company":
            return self.env._(
                "Not stopped: %(amounts)s are on the way to another company of the "
                "group. Call it.",
                **words,
            )
        return self.env._(
            "Not stopped: %(amounts)s were delivered in the three days before, and may "
            "be on the road. Call the carriers.",
            **words,
        )

    def _action_unstopped(self, kind, name, model="stock.quant", field="location_id"):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list",
            "domain": [
                (field, "in", (self.unstopped or {}).get(kind, {}).get("ids", [])),
                ("lot_id", "in", self.lot_ids.lot_id.ids),
            ],
            "context": {"create": False},
        }

    def action_open_subcontractor(self):
        name = self.env._("With subcontractors")
        return self._action_unstopped("subcontractor", name)

    def action_open_transit(self):
        name = self.env._("Between warehouses")
        return self._action_unstopped("transit", name)

    def action_open_inter_company(self):
        name = self.env._("To another company")
        return self._action_unstopped("inter_company", name)

    def action_open_delivery(self):
        name = self.env._("Delivered just before")
        action = self._action_unstopped(
            "delivery", name, "stock.move.line", "picking_id"
        )
        # Not what a return has taken from the same transfer
        action["domain"].append(("consignment", "=", "delivered"))
        view = self.env.ref("batch_tracking.stock_move_line_view_list_on_the_road")
        return {**action, "views": [(view.id, "list")]}


def _add(found, kind, record_id, unit, quantity):
    rest = found.setdefault(kind, {"ids": {}, "amounts": {}})
    rest["ids"][record_id] = True
    rest["amounts"][unit] = rest["amounts"].get(unit, 0.0) + quantity
