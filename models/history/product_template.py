from odoo import models


class ProductTemplate(models.Model):
    """A product that is given to a company takes its batches along: that is told."""

    _inherit = "product.template"

    def write(self, vals):
        if "company_id" not in vals:
            return super().write(vals)
        with self.product_variant_ids._batches()._telling_company():
            return super().write(vals)


class ProductProduct(models.Model):
    """Batches follow a variant's company before its template does.

    They do as well when it becomes a variant of another product.
    """

    _inherit = "product.product"

    def write(self, vals):
        if vals.keys().isdisjoint(("company_id", "product_tmpl_id")):
            return super().write(vals)
        siblings = self.product_tmpl_id.product_variant_ids
        with (self | siblings)._batches()._telling_company():
            return super().write(vals)

    def _batches(self):
        # sudo: what becomes of all of them, whoever may write the product
        return self.env["stock.lot"].sudo().search([("product_id", "in", self.ids)])
