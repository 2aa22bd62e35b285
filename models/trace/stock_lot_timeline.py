from collections import defaultdict

from odoo import api, fields, models

from ...tools.movement import STOCK_USAGES
from .stock_lot_trace_partners import Dealing

#: Of a lot that moved more often, the latest are told.
MOVES_TOLD = 200
ROWS_SHOWN = 200
#: Where a dealing has what was delivered and what came back.
AMOUNTS = (Dealing._fields.index("quantity"), Dealing._fields.index("returned"))


class StockLot(models.Model):
    """The life of a lot, and of what links it to another, told for a screen."""

    _inherit = "stock.lot"

    @api.readonly
    def get_story(self):
        """Return what happened to this lot, latest first.

        :return: ``[{date (UTC), what, detail, quantity, unit, icon}]``
        """
        self.ensure_one()
        self.check_access("read")
        story = [*self._movement_story(), *self._change_story()]
        return sorted(story, key=lambda event: event["date"] or "", reverse=True)

    def _movement_story(self):
        lines = self.env["stock.move.line"].search(
            [("lot_id", "=", self.id), ("state", "=", "done")],
            order="date desc, id desc",
            limit=MOVES_TOLD,
        )
        told = defaultdict(float)
        for line in lines:
            event = self._movement_words(line)
            told[line.picking_id, event, line.date] += line.quantity_product_uom
        unit = self.product_uom_id.name
        return [
            {
                "date": fields.Datetime.to_string(date),
                "what": what,
                "detail": " · ".join(filter(None, (document, partner))),
                "quantity": quantity,
                "unit": unit,
                "icon": icon,
            }
            for (picking, (what, icon, document), date), quantity in told.items()
            for partner in [picking.partner_id.display_name]
        ]

    def _movement_words(self, line):
        """Return what a movement was, its icon, and the document it is known by."""
        source, target = line.location_id, line.location_dest_id
        document = line.picking_id.name or line.reference or ""
        words = {
            "supplier": (self.env._("Received"), "fa-arrow-down"),
            "production": (self.env._("Made"), "fa-cogs"),
            "customer": (self.env._("Came back"), "fa-undo"),
            "inventory": (self.env._("Found by counting"), "fa-list-ol"),
        }
        if target.usage in STOCK_USAGES and source.usage in words:
            return (*words[source.usage], document)
        words = {
            "customer": (self.env._("Delivered"), "fa-truck"),
            "production": (self.env._("Used"), "fa-flask"),
            "supplier": (self.env._("Returned to the supplier"), "fa-reply"),
            "inventory": (self.env._("Scrapped or lost"), "fa-trash-o"),
        }
        moved = self.env._("Moved to %s", target.sudo().display_name)
        return (*words.get(target.usage, (moved, "fa-exchange")), document)

    def _change_story(self):
        """Return what the audit trail knows."""
        return [
            self._told(event.date, event.what, self._change(event))
            for event in self.event_ids
        ]

    def _change(self, event):
        change = " → ".join(filter(None, (event.old_value, event.new_value)))
        return " · ".join(filter(None, (change, event.reason, event.user_name)))

    def _told(self, date, what, detail=""):
        return {
            "date": fields.Datetime.to_string(date),
            "what": what.strip(),
            "detail": detail,
            "quantity": 0,
            "unit": "",
            "icon": "fa-pencil",
        }

    @api.readonly
    def get_links_to(self, child_id):
        """Return the links by which this lot went into another.

        :param int child_id: the other lot
        :return: ``[{id, date, reference, kind, attribution, quantities, units,
            equipment}]``, latest first
        """
        self.ensure_one()
        child = self.browse(child_id)
        (self | child).check_access("read")
        links = self.env["stock.lot.link"].search(
            [
                ("parent_lot_id", "=", self.id),
                ("child_lot_id", "=", child.id),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        return [
            {
                "id": link.id,
                "date": fields.Datetime.to_string(link.date),
                "reference": link.reference or "",
                "kind": link.kind,
                "attribution": link.attribution,
                "parent_quantity": link.parent_quantity,
                "parent_unit": self.product_uom_id.name,
                "child_quantity": link.child_quantity,
                "child_unit": child.product_uom_id.name,
                "equipment": link.equipment or "",
            }
            for link in links
        ]

    @api.readonly
    def get_whereabouts(self):
        """Return who has these lots and what was made of them, and where the rest is.

        :return: dict of ``shipped``, ``still_to_stop`` and ``on_hand``, each with a
            ``count`` and its first ``rows``: ``{who, partner_id, lot, product,
            quantity, returned, unit, document, date (UTC)}``
        """
        trace = self._trace("forward")
        shipped = self._net_by_partner(trace.with_role("delivered"))
        to_stop = [*trace.with_role("reserved"), *trace.with_role("waiting")]
        return {
            "shipped": self._first_rows(shipped, self._dealing_row, trace),
            "still_to_stop": self._first_rows(to_stop, self._dealing_row, trace),
            "on_hand": self._first_rows(trace.places, self._place_row, trace),
        }

    def _net_by_partner(self, dealings):
        """Return one dealing per lot and partner who still has some of it.

        Returns come by documents of their own, and perhaps from another address.
        """
        by_partner = defaultdict(list)
        for dealing in dealings:
            by_partner[dealing.lot_id, dealing.partner_id].append(dealing)
        rows = [
            (*key, *(sum(one[place] for one in found) for place in AMOUNTS))
            for key, found in by_partner.items()
        ]
        net = []
        for lot_id, partner_id, delivered, returned in self.env[
            "stock.lot.trace"
        ]._settle_returns(rows):
            sent = [one for one in by_partner[lot_id, partner_id] if one.quantity]
            if delivered > returned:
                documents = dict.fromkeys(one.document for one in sent if one.document)
                net.append(
                    sent[-1]._replace(
                        quantity=delivered,
                        returned=returned,
                        document=", ".join(documents),
                    )
                )
        return sorted(net, key=lambda row: (row.partner or "", row.lot_id))

    def _first_rows(self, found, as_row, trace):
        rows = [as_row(row, trace) for row in found[:ROWS_SHOWN]]
        return {"count": len(found), "rows": rows}

    def _dealing_row(self, dealing, trace):
        facts = trace.facts.get(dealing.lot_id)
        if not facts:
            facts = self._any_lot_of(dealing.product_id, trace)
        return {
            "who": dealing.partner or self._nobody(dealing),
            "partner_id": dealing.partner_id,
            "lot": facts["name"],
            "product": facts["product"],
            "quantity": dealing.quantity - dealing.returned,
            "returned": dealing.returned,
            "unit": facts["unit"],
            "document": dealing.document or dealing.origin or "",
            "date": fields.Datetime.to_string(dealing.date),
        }

    def _any_lot_of(self, product_id, trace):
        facts = next(
            facts for facts in trace.facts.values() if facts["product_id"] == product_id
        )
        return {**facts, "name": self.env._("Any batch of")}

    def _nobody(self, dealing):
        if dealing.usage == "production":
            return self.env._("Production")
        return self.env._("Unknown (sent without an address)")

    def _place_row(self, place, trace):
        lot_id, _location_id, quantity, kind, name = place
        facts = trace.facts[lot_id]
        kinds = {
            "transit": self.env._("on the way"),
            "subcontractor": self.env._("at a subcontractor"),
            "inter_company": self.env._("on the way to another company"),
        }
        return {
            "who": name,
            "partner_id": False,
            "lot": facts["name"],
            "product": facts["product"],
            "quantity": quantity,
            "returned": 0,
            "unit": facts["unit"],
            "document": kinds.get(kind, ""),
            "date": False,
        }
