from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

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
        """Return ``[(lot id, picking id, quantity)]`` of the last days' deliveries."""
        self.env["stock.move.line"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT lot_id, picking_id, SUM(quantity_product_uom)::float8
                FROM stock_move_line
                WHERE lot_id = ANY(%s) AND consignment = 'delivered'
                  AND picking_id IS NOT NULL AND date >= %s
                  AND company_id = ANY(%s)
                GROUP BY 1, 2 ORDER BY 2, 1
                """,
                id_array(lots),
                fields.Datetime.now() - ON_THE_WAY,
                self.env.companies.ids,
            )
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

    def _action_unstopped(self, kind, model, name):
        self.ensure_one()
        ids = (self.unstopped or {}).get(kind, {}).get("ids", [])
        field = "id" if model == "stock.picking" else "location_id"
        domain = [(field, "in", ids)]
        if model == "stock.quant":
            domain.append(("lot_id", "in", self.lot_ids.lot_id.ids))
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form" if model == "stock.picking" else "list",
            "domain": domain,
            "context": {"create": False},
        }

    def action_open_subcontractor(self):
        name = self.env._("With subcontractors")
        return self._action_unstopped("subcontractor", "stock.quant", name)

    def action_open_transit(self):
        name = self.env._("Between warehouses")
        return self._action_unstopped("transit", "stock.quant", name)

    def action_open_inter_company(self):
        name = self.env._("To another company")
        return self._action_unstopped("inter_company", "stock.quant", name)

    def action_open_delivery(self):
        name = self.env._("Delivered just before")
        return self._action_unstopped("delivery", "stock.picking", name)


def _add(found, kind, record_id, unit, quantity):
    rest = found.setdefault(kind, {"ids": {}, "amounts": {}})
    rest["ids"][record_id] = True
    rest["amounts"][unit] = rest["amounts"].get(unit, 0.0) + quantity
