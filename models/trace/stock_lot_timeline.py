from collections import defaultdict

from odoo import api, fields, models

from ...tools.movement import STOCK_USAGES
from ...tools.trace.mass_balance import ENDS
from ..base.ids import browse_id, check_ids, check_one

#: Of a lot that moved more often, the latest movements are shown.
MOVEMENTS_SHOWN = 200


class StockLot(models.Model):
    """What happened to a lot, and what links it to another, for a screen."""

    _inherit = "stock.lot"

    @api.readonly
    def get_timeline(self):
        """Return what happened to this lot, latest first.

        :return: ``[{date (UTC), what, detail, quantity, unit, icon}]``
        """
        check_one(self)
        check_ids(self)
        self.check_access("read")
        timeline = [*self._movement_timeline(), *self._change_timeline()]
        return sorted(timeline, key=lambda event: event["date"] or "", reverse=True)

    def _movement_timeline(self):
        lines = self.env["stock.move.line"].search(
            [("lot_id", "=", self.id), ("state", "=", "done")],
            order="date desc, id desc",
            limit=MOVEMENTS_SHOWN,
        )
        quantities = defaultdict(float)
        for line in lines:
            key = (line.picking_id, line.date, *self._movement_label(line))
            quantities[key] += line.quantity_product_uom
        unit = self.product_uom_id.name
        return [
            {
                "date": fields.Datetime.to_string(date),
                "what": what,
                "detail": " · ".join(
                    filter(None, (document, picking.partner_id.display_name))
                ),
                "quantity": quantity,
                "unit": unit,
                "icon": icon,
            }
            for (picking, date, what, icon, document), quantity in quantities.items()
        ]

    def _movement_label(self, line):
        """Return what a movement was, its icon, and the document it is known by."""
        source, target = line.location_id, line.location_dest_id
        document = line.picking_id.name or line.reference or ""
        incoming = {
            "supplier": (self.env._("Received"), "fa-arrow-down"),
            "production": (self.env._("Made"), "fa-cogs"),
            "customer": (self.env._("Came back"), "fa-undo"),
            "inventory": (self.env._("Found by counting"), "fa-list-ol"),
        }
        if target.usage in STOCK_USAGES and source.usage in incoming:
            return (*incoming[source.usage], document)
        if target.usage in ENDS and source.usage == "customer":
            return (self.env._("Written off at the customer's"), "fa-times", document)
        outgoing = {
            "customer": (self.env._("Delivered"), "fa-truck"),
            "production": (self.env._("Used"), "fa-flask"),
            "supplier": (self.env._("Returned to the supplier"), "fa-reply"),
            "inventory": (self.env._("Scrapped or lost"), "fa-trash-o"),
        }
        moved = self.env._("Moved to %s", target.sudo().display_name)
        return (*outgoing.get(target.usage, (moved, "fa-exchange")), document)

    def _change_timeline(self):
        """Return what the audit trail knows."""
        return [
            {
                "date": fields.Datetime.to_string(event.date),
                "what": event.what.strip(),
                "detail": self._change(event),
                "quantity": 0,
                "unit": "",
                "icon": "fa-pencil",
            }
            for event in self.event_ids
        ]

    def _change(self, event):
        change = " → ".join(filter(None, (event.old_text, event.new_text)))
        return " · ".join(filter(None, (change, event.reason, event.user_name)))

    @api.readonly
    def get_links_to(self, child_id):
        """Return the links by which this lot went into another.

        :param int child_id: the other lot
        :return: ``[{id, date, reference, kind, attribution, quantities, units,
            equipment}]``, latest first
        """
        check_one(self)
        child = browse_id(self, child_id)
        check_ids(self)
        (self | child).check_access("read")
        links = self.env["stock.lot.link"].search(
            [
                ("parent_lot_id", "=", self.id),
                ("child_lot_id", "=", child.id),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        units = {
            "parent_unit": self.product_uom_id.name,
            "child_unit": child.product_uom_id.name,
        }
        return [{**self._link_as_json(link), **units} for link in links]

    def _link_as_json(self, link):
        return {
            "id": link.id,
            "date": fields.Datetime.to_string(link.date),
            "reference": link.reference or "",
            "kind": link.kind,
            "attribution": link.attribution,
            "parent_quantity": link.parent_quantity,
            "child_quantity": link.child_quantity,
            "equipment": link.equipment or "",
        }
