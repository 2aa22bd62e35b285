from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column


class StockLot(models.Model):
    """What removal strategies compare: how long a lot is good for, what it cost."""

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
    unit_cost = fields.Float(
        digits=False,
        copy=False,
        help="What one unit of this batch cost: from its receipt, its production, or "
        "typed. 0 means unknown. In the currency of the company that received it.",
    )

    unit_cost_typed = fields.Boolean(
        copy=False,
        help="A typed cost stays: no receipt, production or bill changes it. Empty the "
        "cost to have it found again.",
    )

    _unit_cost_positive = models.Constraint(
        "CHECK(unit_cost >= 0)", "The cost of a batch cannot be negative."
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

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("unit_cost"):
                vals["unit_cost_typed"] = True
        return super().create(vals_list)

    def write(self, vals):
        if "unit_cost" not in vals or "unit_cost_typed" in vals:
            return super().write(vals)
        typed = bool(vals["unit_cost"])
        result = super().write({**vals, "unit_cost_typed": typed})
        if not typed:
            self._find_unit_costs()
        return result

    @api.depends("expiration_date")
    def _compute_effective_expiration_date(self):
        for expiration, lots in self.grouped("expiration_date").items():
            lots.effective_expiration_date = expiration

    @api.depends("use_date", "effective_expiration_date")
    def _compute_useful_until(self):
        dates = self.grouped(lambda lot: (lot.use_date, lot.effective_expiration_date))
        for ends, lots in dates.items():
            lots.useful_until = min(filter(None, ends), default=False)

    # -- costs

    def _find_unit_costs(self):
        """Write what these lots cost, from the movements that brought them in.

        Over several receipts of one lot, the average weighted by quantity. Typed costs
        and lots without any known cost stay as they are.
        """
        if not self:
            return
        found = self.env["stock.move"]._lot_costs(self.ids)
        by_cost = {}
        for lot in self.filtered(lambda lot: not lot.unit_cost_typed):
            cost = found.get(lot.id)
            if cost and cost != lot.unit_cost:
                by_cost.setdefault(cost, []).append(lot.id)
        for cost, ids in by_cost.items():
            # sudo: who receives goods need not be allowed to change lots
            lots = self.sudo().browse(ids)
            lots.write({"unit_cost": cost, "unit_cost_typed": False})

    @api.model
    def _fill_unit_costs(self):
        """Write what all lots cost but those with a typed cost, in one statement.

        For the installation, of this addon and of what knows costs better.
        """
        costs = self.env["stock.move"]._lot_costs_sql()
        self.flush_model(["unit_cost", "unit_cost_typed"])
        self.env.cr.execute(
            SQL(
                """
                WITH lot AS (
                    UPDATE stock_lot SET unit_cost = found.cost FROM (%s) found
                    WHERE found.lot_id = stock_lot.id
                      AND stock_lot.unit_cost_typed IS NOT TRUE
                    RETURNING stock_lot.id, stock_lot.unit_cost
                )
                UPDATE stock_quant SET unit_cost = lot.unit_cost
                FROM lot WHERE stock_quant.lot_id = lot.id
                """,
                costs,
            )
        )
        self.invalidate_model(["unit_cost"])
        self.env["stock.quant"].invalidate_model(["unit_cost"])
