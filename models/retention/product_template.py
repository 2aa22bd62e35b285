from odoo import models

from .stock_lot_retention_shortening import check_may_shorten


class ProductTemplate(models.Model):
    """A product that gets another category takes its batches along to other terms."""

    _inherit = "product.template"

    def write(self, vals):
        if "categ_id" not in vals:
            with self._batches_that_move(vals)._kept_as_long():
                return super().write(vals)
        before = self._retentions()
        with self._batches_that_move(vals)._kept_as_long():
            result = super().write(vals)
        after = self._retentions()
        changed = {key for key, term in after.items() if term != before[key]}
        kept = changed and self._with_batches()
        changed = [key for key in after if key in changed and key[1] in kept]
        for company, product in changed:
            key = company, product
            if after[key]._keeps_less_than(before[key]):
                check_may_shorten(product)
        self._note_retentions(changed, before, after)
        return result

    def _batches_that_move(self, vals):
        """Return the batches that go to another company along with the product."""
        lots = self.env["stock.lot"]
        if "company_id" not in vals:
            return lots
        # sudo: the terms of all of its batches, whoever sees them
        mine = [("product_id.product_tmpl_id", "in", self.ids)]
        return lots.sudo().search(mine).with_env(self.env)

    def _retentions(self):
        """Return ``{(company, product): stock.lot.retention}`` of these products."""
        # sudo: what holds does not depend on who asks
        companies = self.env["res.company"].sudo().search([("active", "=", True)])
        terms = self.env["stock.lot.retention"]._by_company_and_category(
            companies, {product.categ_id for product in self}
        )
        return {
            (company, product): terms[company, product.categ_id]
            for company in companies
            for product in self
        }

    def _with_batches(self):
        """Return those of which there are batches."""
        # sudo: of whichever company
        lots = self.env["stock.lot"].sudo()
        groups = lots._read_group(
            [("product_id.product_tmpl_id", "in", self.ids)], ["product_id"]
        )
        return self.browse({product.product_tmpl_id.id for (product,) in groups})

    def _note_retentions(self, changed, before, after):
        # sudo: whoever changes a term leaves an event, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        events.create(
            [
                events._note(
                    self.env["stock.lot"],
                    "setting",
                    self.env._("Keep batches for"),
                    before[company, product].name or "",
                    after[company, product].name or "",
                    document=product,
                    company_id=company.id,
                )
                for company, product in changed
            ]
        )
