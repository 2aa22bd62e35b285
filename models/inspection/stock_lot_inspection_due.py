from datetime import timedelta

from odoo import api, fields, models

from .exceptions import InspectionIsEvidenceError
from .stock_lot_inspection import OPEN

#: What a quality manager arranges; all else comes from what was found.
ARRANGED = {"user_id", "due_date"}


class StockLotInspection(models.Model):
    """Who inspects, and until when: by the plan, or as a quality manager arranges."""

    _inherit = "stock.lot.inspection"

    user_id = fields.Many2one(
        "res.users", "Inspector", index="btree_not_null", ondelete="set null"
    )
    due_date = fields.Date("Due on", index="btree_not_null")
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue")

    @api.depends("state", "due_date")
    @api.depends_context("tz")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for inspection in self:
            due = inspection.due_date
            inspection.is_overdue = inspection.state == OPEN and due and due < today

    @api.model
    def _make(self, vals_list):
        # sudo: whoever moves goods need not read plans
        plans = self.env["stock.lot.inspection.plan"].sudo()
        today = fields.Date.context_today(self)
        arranged = [
            {**plans.browse(vals["plan_id"])._arrangements(today), **vals}
            for vals in vals_list
        ]
        return super()._make(arranged)

    def write(self, vals):
        if not self.env.su and vals.keys() - ARRANGED:
            raise InspectionIsEvidenceError(self)
        return super().write(vals)

    def action_assign_to_me(self):
        """Take these inspections, as their inspector."""
        self._check_may_enter()
        # sudo: who may enter results may also say that they will
        self.sudo().user_id = self.env.user


class StockLotInspectionPlan(models.Model):
    """Says who inspects, and until when."""

    _inherit = "stock.lot.inspection.plan"

    def _arrangements(self, today):
        """Return who inspects, and until when, as values of an inspection."""
        due = today + timedelta(days=self.due_days) if self.due_days else False
        return {"user_id": self.user_id.id, "due_date": due}
