from odoo import api, fields, models


class StockRecallPlan(models.Model):
    """Says before any recall what keeps consignees from answering."""

    _inherit = "stock.recall.plan"

    link_warning = fields.Text(compute="_compute_link_warning")

    @api.depends("company_id")
    def _compute_link_warning(self):
        recalls = self.env["stock.recall"]
        problems = [recalls._link_problem(), recalls._proxy_problem()]
        self.link_warning = "\n".join(filter(None, problems)) or False
