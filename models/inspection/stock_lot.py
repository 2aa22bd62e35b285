from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..base.ids import check_one
from ..genealogy.stock_lot_genealogy import BACK
from .stock_lot_inspection import STATES

#: Of several inspections of a lot, the first of these says how it stands.
TELLING = ("failed", "open", "accepted", "passed", "skipped")


class StockLot(models.Model):
    """A lot knows its inspections, and those of what went into it."""

    _inherit = "stock.lot"

    inspection_ids = fields.One2many("stock.lot.inspection", "lot_id", "Inspections")
    inspection_count = fields.Integer(compute="_compute_inspection_state")
    inspection_state = fields.Selection(
        STATES, compute="_compute_inspection_state", help="How its inspections stand."
    )

    @api.depends("inspection_ids.state")
    def _compute_inspection_state(self):
        counts = self._count_inspections()
        for lot in self:
            states = counts.get(lot._origin.id, {})
            lot.inspection_count = sum(states.values())
            lot.inspection_state = self._telling_state(states)

    @api.model
    def _telling_state(self, states):
        return next((state for state in TELLING if state in states), False)

    def _count_inspections(self):
        """Return ``{lot id: {state: count}}``, in one query; nothing without rights."""
        counts = {}
        inspections = self.env["stock.lot.inspection"]
        if not inspections.has_access("read"):
            return counts
        for lot, state, count in inspections._read_group(
            [("lot_id", "in", self.ids)], ["lot_id", "state"], ["__count"]
        ):
            counts.setdefault(lot.id, {})[state] = count
        return counts

    @api.model
    def _inspection_label(self, state):
        """Return the name of a state in the user's language, None of none."""
        selection = self._fields["inspection_state"]._description_selection(self.env)
        return dict(selection).get(state)

    @api.model
    def _history_sources(self):
        inspections = ("stock.lot.inspection", "lot_id", "create_date", [])
        label = self.env._("inspections")
        return [*super()._history_sources(), (*inspections, label)]

    # -- screens

    def action_open_inspections(self):
        check_one(self)
        if self.inspection_count == 1:
            return self.inspection_ids.action_open_grid()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "batch_tracking.stock_lot_inspection_action"
        )
        return {**action, "domain": [("lot_id", "=", self.id)], "context": {}}

    def action_open_results(self):
        """Open the results of these lots and of everything that went into them."""
        self.check_access("read")
        levels = self.env["stock.lot.genealogy"]._levels(self, BACK)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "batch_tracking.stock_lot_inspection_result_action_family"
        )
        return {
            **action,
            "domain": [("lot_id", "in", list(levels)), ("is_entered", "=", True)],
        }

    def action_inspect(self):
        """Ask by which plan to inspect these lots."""
        if not self.env["stock.lot.inspection"].has_access("read"):
            raise AccessError(self.env._("You have no right to inspect batches."))
        return self._open_wizard("stock.lot.inspect", self.env._("Inspect"))
