from odoo import api, models


class StockLotTrace(models.AbstractModel):
    """Tells of each lot of a trace how its inspections stand."""

    _inherit = "stock.lot.trace"

    def _labels_sql(self):
        inspections = self.env["stock.lot.inspection"]
        return {**super()._labels_sql(), "inspections": inspections._states_sql()}

    @api.model
    def _facts(self, lots, as_of=None):
        """Add ``inspection``: the state that matters most, None without any."""
        found = super()._facts(lots, as_of)
        for facts in found.values():
            states = facts.pop("inspections") or ()
            state = self.env["stock.lot"]._telling_state(states)
            facts["inspection"] = state or None
        return found

    @api.model
    def _node_details(self, facts):
        details = super()._node_details(facts)
        return {**details, "inspection": facts["inspection"] or ""}
