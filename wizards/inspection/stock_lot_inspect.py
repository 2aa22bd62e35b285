from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...models.base.ids import check_one


class StockLotInspect(models.TransientModel):
    """Asks by which plan batches are inspected on demand."""

    _name = "stock.lot.inspect"
    _inherit = "batch.wizard"
    _description = "Inspect Batches"

    lot_ids = fields.Many2many("stock.lot", string="Batches", required=True)
    suited_plan_ids = fields.Many2many(
        "stock.lot.inspection.plan", compute="_compute_suited_plan_ids"
    )
    plan_id = fields.Many2one(
        "stock.lot.inspection.plan",
        compute="_compute_plan_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('id', 'in', suited_plan_ids)]",
    )

    @api.depends("lot_ids")
    def _compute_suited_plan_ids(self):
        plans = self.env["stock.lot.inspection.plan"]
        for wizard in self:
            wizard.suited_plan_ids = plans.search(
                Domain.AND(self._suits(lot) for lot in wizard.lot_ids)
            )

    @api.depends("lot_ids")
    def _compute_plan_id(self):
        for wizard in self:
            plans = wizard.suited_plan_ids
            demanded = plans.filtered(lambda plan: plan.moment == "demand")
            wizard.plan_id = (demanded or plans)[:1]

    @api.model
    def _suits(self, lot):
        """Return the domain of the plans that fit a lot, whenever they are for."""
        plans = self.env["stock.lot.inspection.plan"]
        categories = plans._category_ids(lot.product_id.categ_id)
        supplier = lot.supplier_id.commercial_partner_id
        return (
            Domain("product_id", "in", [False, lot.product_id.id])
            & Domain("category_id", "in", [False, *categories])
            & (
                Domain("supplier_id", "=", False)
                | Domain("supplier_id.commercial_partner_id", "=", supplier.id)
            )
            & Domain("company_id", "in", [False, self.env.company.id])
        )

    def apply(self):
        """Make the inspections and open their grid."""
        check_one(self)
        self._check_choice()
        self.lot_ids.check_access("read")
        inspections = self.env["stock.lot.inspection"]._make(
            [
                {
                    "lot_id": lot.id,
                    "plan_id": self.plan_id.id,
                    "moment": "demand",
                    "company_id": (lot.company_id or self.env.company).id,
                }
                for lot in self.lot_ids
            ]
        )
        inspections._note_events(
            self.env._("Inspection demanded"), new=lambda inspection: inspection.name
        )
        inspections._put_arrivals_in_quarantine()
        return inspections.action_open_grid()

    def _check_choice(self):
        if not self.lot_ids:
            raise UserError(self.env._("No batch is chosen."))
        if not self.plan_id or self.plan_id not in self.suited_plan_ids:
            raise UserError(
                self.env._(
                    "Choose a plan. If there is none for these batches, a quality "
                    "manager writes one under Configuration → Inspection Plans."
                )
            )
