from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column


class StockLot(models.Model):
    """How long a lot is good for, as removal strategies compare it."""

    _inherit = "stock.lot"

    effective_expiration_date = fields.Datetime(
        compute="_compute_effective_expiration_date",
        store=True,
        help="The printed expiration, or earlier where warmth has cost some of the "
        "life of this batch. Never later.",
    )
    useful_until = fields.Datetime(
        compute="_compute_useful_until",
        store=True,
        help="Best before, or the expiration where there is none or it comes first.",
    )

    unit_cost_currency_id = fields.Many2one(
        "res.currency",
        "Currency of the unit cost",
        compute="_compute_unit_cost_currency_id",
    )

    def _auto_init(self):
        new = [
            name
            for name in ("effective_expiration_date", "useful_until")
            if not column_exists(self.env.cr, "stock_lot", name)
        ]
        for name in new:
            create_column(self.env.cr, "stock_lot", name, "timestamp")
        if new:
            # Computed record by record, a large database would wait for hours.
            self.env.cr.execute(
                SQL(
                    "UPDATE stock_lot SET effective_expiration_date = expiration_date,"
                    " useful_until = LEAST(use_date, expiration_date)"
                    " WHERE expiration_date IS NOT NULL OR use_date IS NOT NULL"
                )
            )
        return super()._auto_init()

    @api.depends("company_id", "unit_cost_company_id")
    @api.depends_context("company")
    def _compute_unit_cost_currency_id(self):
        for lot in self:
            # sudo: in which currency another company counts is no secret
            told = lot.company_id or lot.sudo().unit_cost_company_id
            company = told or self.env.company
            lot.unit_cost_currency_id = company.sudo().currency_id

    @api.depends("expiration_date")
    def _compute_effective_expiration_date(self):
        for expiration, lots in self.grouped("expiration_date").items():
            lots.effective_expiration_date = expiration

    @api.depends("use_date", "effective_expiration_date")
    def _compute_useful_until(self):
        dates = self.grouped(lambda lot: (lot.use_date, lot.effective_expiration_date))
        for ends, lots in dates.items():
            lots.useful_until = min(filter(None, ends), default=False)
