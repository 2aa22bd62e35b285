from collections import defaultdict

from odoo import api, fields, models

from .dealing import Dealing

#: Of each kind, as many rows are shown.
ROWS_SHOWN = 200


class StockLot(models.Model):
    """Who has lots and what was made of them, and where the rest is, for a screen."""

    _inherit = "stock.lot"

    @api.readonly
    def get_whereabouts(self):
        """Return who has these lots and what was made of them, and where the rest is.

        :return: dict of ``shipped``, ``still_to_stop`` and ``on_hand``, each with
            ``amounts`` ([{quantity, unit}], the sum of all its rows by unit), ``who``
            (how many partners or places), a ``count`` of rows and the first ``rows``:
            ``{who, partner_id, lot, product, quantity, returned, written_off, unit,
            document, date (UTC)}``
        """
        trace = self._trace("forward")
        consigned = self.env["stock.lot.trace"]._net_by_partner(
            trace.with_role("delivered")
        )
        shipped = [row for row in consigned if row.quantity > row.returned]
        to_stop = [*trace.with_role("reserved"), *trace.with_role("waiting")]
        return {
            "shipped": self._first_rows(shipped, self._shipped_row(shipped), trace),
            "still_to_stop": self._first_rows(to_stop, self._dealing_row, trace),
            "on_hand": self._first_rows(trace.places, self._place_row, trace),
        }

    def _first_rows(self, found, as_row, trace):
        units = {row["product_id"]: row["unit"] for row in trace.facts.values()}
        amounts, holders = defaultdict(float), set()
        for row in found:
            product_id, quantity, holder = self._share_of(row, trace)
            amounts[units[product_id]] += quantity
            holders.add(holder)
        return {
            "amounts": [
                {"quantity": quantity, "unit": unit}
                for unit, quantity in sorted(amounts.items())
            ],
            "who": len(holders),
            "count": len(found),
            "rows": [as_row(row, trace) for row in found[:ROWS_SHOWN]],
        }

    def _share_of(self, row, trace):
        """Return ``(product id, quantity, who has it)`` of a dealing or a place."""
        if isinstance(row, Dealing):
            holder = row.partner_id or row.usage
            return row.product_id, row.quantity - row.returned, holder
        lot_id, place_id, quantity, *_more = row
        return trace.facts[lot_id]["product_id"], quantity, place_id

    def _shipped_row(self, shipped):
        """Return the function that says of a ``Dealing`` what a row shows.

        What was written off where somebody has it has not come back, and is said apart.
        """
        lots = [dealing.lot_id for dealing in shipped[:ROWS_SHOWN]]
        written_off = self.env["stock.lot.trace"]._written_off(lots)

        def as_row(dealing, trace):
            key = (dealing.lot_id, dealing.partner_id)
            row = self._dealing_row(dealing, trace)
            return {**row, "written_off": written_off.get(key, 0)}

        return as_row

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
