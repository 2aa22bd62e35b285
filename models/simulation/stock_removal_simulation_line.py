from odoo import api, fields, models

from ...tools.simulation.replay import Outcome


class StockRemovalSimulationLine(models.Model):
    """What one strategy would have come to. Quantities are in each product's unit."""

    _name = "stock.removal.simulation.line"
    _description = "Simulated Strategy"
    _order = "wasted_value, wasted, id"
    _rec_name = "strategy"

    simulation_id = fields.Many2one(
        "stock.removal.simulation", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="simulation_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    method = fields.Char(required=True)
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

    def _add(self, outcome):
        """Add the ``Outcome`` of some more products."""
        self.ensure_one()
        total = Outcome(
            **{
                name: self[name]
                for name in vars(outcome)
                if name in self._fields and name != "life"
            }
        )
        total.life = self.mean_life * self.dated
        total.add(outcome)
        values = {
            name: value for name, value in vars(total).items() if name in self._fields
        }
        values["mean_life"] = total.mean_life
        values["waste_percent"] = (
            100 * total.wasted / total.received if total.received else 0
        )
        self.write(values)
