from math import isclose

from odoo import api, fields, models
from odoo.tools import SQL

from ..history.lot_change import LotChange

#: Costs that differ by less are the same, but for rounding.
SAME = 1e-12


class StockLot(models.Model):
    """A lot knows what one unit of it cost."""

    _inherit = "stock.lot"

    unit_cost = fields.Float(
        digits=False,
        copy=False,
        help="What one unit of this batch cost: from its receipt, its production, or "
        "typed. 0 means unknown. In the currency of its company; where companies share "
        "the batch, of the one that received it first, or typed the cost.",
    )
    unit_cost_company_id = fields.Many2one(
        "res.company",
        "In the currency of",
        readonly=True,
        copy=False,
        help="Of a batch that companies share: in whose currency its cost is.",
    )

    unit_cost_typed = fields.Boolean(
        copy=False,
        help="A typed cost stays: no receipt, production or bill changes it. Empty the "
        "cost to have it found again.",
    )

    _unit_cost_positive = models.Constraint(
        "CHECK(unit_cost >= 0)", "The cost of a batch cannot be negative."
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.pop("unit_cost_company_id", None)  # nobody's to say
            if vals.get("unit_cost"):
                vals["unit_cost_typed"] = True
                vals["unit_cost_company_id"] = self.env.company.id
        return super().create(vals_list)

    def write(self, vals):
        if "unit_cost_company_id" in vals and not self.env.su:
            vals = {key: vals[key] for key in vals if key != "unit_cost_company_id"}
        if "unit_cost" not in vals or "unit_cost_typed" in vals:
            return super().write(vals)
        typed = bool(vals["unit_cost"])
        told = {"unit_cost_typed": typed, "unit_cost_company_id": self.env.company.id}
        result = super().write({**vals, **told})
        if not typed:
            self._find_unit_costs()
        self._after_cost_change()
        return result

    @api.model
    def _audited_fields(self):
        return {**super()._audited_fields(), "unit_cost": "properties"}

    def _audited_in(self, vals):
        """A cost that is found for the first time changes nothing that was known."""
        names = super()._audited_in(vals)
        is_found = not vals.get("unit_cost_typed", True)
        if is_found and not any(lot.unit_cost for lot in self):
            return names - {"unit_cost"}
        return names

    def _find_unit_costs(self):
        """Write what these lots cost, from the movements that brought them in.

        Over several receipts of one lot, the average weighted by quantity. Typed costs
        and lots without any known cost stay as they are.
        """
        self._write_found_costs()._after_cost_change()

    def _write_found_costs(self):
        """Write the costs that are found; return the lots whose cost has changed."""
        if not self:
            return self
        moves = self.env["stock.move"]
        found = moves._lot_costs(self.ids)
        companies = moves._cost_companies(self.ids)
        by_cost = {}
        for lot in self.filtered(lambda lot: not lot.unit_cost_typed):
            cost = found.get(lot.id)
            whose = companies.get(lot.id, False)
            if cost is None:
                continue
            is_same = isclose(cost, lot.unit_cost, rel_tol=SAME)
            if not is_same or whose != lot.unit_cost_company_id.id:
                was_known = bool(lot.unit_cost)
                by_cost.setdefault((cost, whose, was_known), []).append(lot.id)
        # sudo: who receives goods need not be allowed to change lots
        lots = self.sudo()
        change = LotChange(self.env._("What it came in for, or was made of, says so."))
        for (cost, whose, _was_known), ids in by_cost.items():
            lots.browse(ids)._write_because(
                {
                    "unit_cost": cost,
                    "unit_cost_typed": False,
                    "unit_cost_company_id": whose,
                },
                change,
            )
        return lots.browse(id_ for ids in by_cost.values() for id_ in ids)

    def _unit_cost_for(self, company):
        """Return what a unit cost, in the currency of a company, at today's rate.

        :param company: res.company that reads it
        """
        # sudo: in which currency another company counts is no secret
        own = (self.company_id or self.sudo().unit_cost_company_id or company).sudo()
        if own.currency_id == company.currency_id:
            return self.unit_cost
        return own.currency_id._convert(
            self.unit_cost,
            company.currency_id,
            company,
            fields.Date.context_today(self),
            round=False,
        )

    def _after_cost_change(self):
        """Do what follows from a cost that was found or typed; for rooms above."""

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
        if self.env["stock.move"]._counts_in_currencies():
            shared = [("company_id", "=", False), ("unit_cost_typed", "!=", True)]
            # sudo: for the installation
            shared = self.sudo().search(shared)
            shared._write_found_costs()
            shared.quant_ids.modified(["lot_id"])
