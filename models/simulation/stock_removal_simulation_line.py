import dataclasses

from odoo import api, fields, models

from ...tools.simulation.replay import Outcome

#: What is closer than this is the same.
LOSS_DIGITS = 6


class StockRemovalSimulationLine(models.Model):
    """What one strategy would have come to, for the products of one unit of measure."""

    _name = "stock.removal.simulation.line"
    _description = "Simulated Strategy"
    _order = "uom_id, wasted_value, wasted, id"
    _rec_name = "strategy"

    simulation_id = fields.Many2one(
        "stock.removal.simulation", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="simulation_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    method = fields.Char(required=True)
    uom_id = fields.Many2one("uom.uom", "Unit", readonly=True)
    is_in_use = fields.Boolean(
        readonly=True, help="Products of this simulation are reserved by it today."
    )
    is_best = fields.Boolean(
        compute="_compute_is_best",
        help="No other wastes less; of equal ones, none delivers less too late or "
        "loses less. Empty where it makes no difference.",
    )
    is_alike = fields.Boolean(
        compute="_compute_is_best",
        help="All strategies waste, deliver and lose the same of this unit.",
    )
    note = fields.Char(compute="_compute_note")
    strategy = fields.Char(compute="_compute_strategy", store=True)
    received = fields.Float("Came in")
    sold = fields.Float("Delivered")
    wasted = fields.Float(help="Past its removal date before anybody wanted it.")
    waste_percent = fields.Float("Waste (%)", aggregator="avg")
    too_late = fields.Float(
        "Delivered too late",
        help="Delivered after its life was over in truth, whatever the label said.",
    )
    lost = fields.Float(
        "Lost sales", help="Wanted, and nothing that could be delivered was there."
    )
    mean_life = fields.Float(
        "Days left on delivery", aggregator="avg", help="Useful life, on average."
    )
    dated = fields.Float()
    wasted_value = fields.Monetary("Value of waste")
    sold_value = fields.Monetary("Cost of what was delivered")

    @api.depends("method")
    def _compute_strategy(self):
        for line in self:
            line.strategy = (line.method or "").upper()

    @api.depends("wasted_value", "wasted", "too_late", "lost", "simulation_id.state")
    def _compute_is_best(self):
        for alike in self.simulation_id.line_ids.grouped(
            lambda line: (line.simulation_id, line.uom_id)
        ).values():
            losses = [line._losses() for line in alike]
            least, most = min(losses), max(losses)
            for line, loss in zip(alike, losses, strict=True):
                line.is_best = loss == least != most
                is_done = line.simulation_id.state == "done"
                line.is_alike = is_done and least == most

    def _losses(self):
        """Return what less of is better, the worst first."""
        values = (self.wasted_value, self.wasted, self.too_late, self.lost)
        return tuple(round(value, LOSS_DIGITS) for value in values)

    @api.depends("is_best", "is_alike", "is_in_use")
    @api.depends_context("lang")
    def _compute_note(self):
        for line in self:
            notes = [
                line.is_in_use and self.env._("in use"),
                line.is_best and self.env._("best"),
                line.is_alike and self.env._("no difference"),
            ]
            line.note = ", ".join(filter(None, notes))

    def _as_outcome(self):
        """Return what has been added until now."""
        names = {field.name for field in dataclasses.fields(Outcome)} - {"life"}
        kept = {name: self[name] for name in names if name in self._fields}
        return Outcome(**kept, life=self.mean_life * self.dated)

    def _add(self, outcome):
        """Add the ``Outcome`` of some more products."""
        self.ensure_one()
        total = self._as_outcome()
        total.add(outcome)
        values = {
            name: value for name, value in vars(total).items() if name in self._fields
        }
        values["mean_life"] = total.mean_life
        values["waste_percent"] = (
            100 * total.wasted / total.received if total.received else 0
        )
        # sudo: results are written by nothing but the replay
        self.sudo().write(values)
