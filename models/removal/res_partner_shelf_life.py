from odoo import api, fields, models


class ResPartnerShelfLife(models.Model):
    """How much life a customer wants a lot to have left when it arrives.

    One line for all goods, others for categories with rules of their own. The share is
    the share that *remains*: "two thirds" alone means either. With both, a lot must
    meet both; where a share cannot be computed, the days alone decide.
    """

    _name = "res.partner.shelf.life"
    _description = "Minimum Remaining Life"
    _order = "partner_id, categ_id, id"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="cascade"
    )
    categ_id = fields.Many2one(
        "product.category",
        "Product category",
        index="btree_not_null",
        ondelete="cascade",
        help="For products of this category and those below it. Empty for all others.",
    )
    min_days = fields.Integer("Days left")
    min_percent = fields.Float(
        "Share left (%)",
        help="Of the life from production to best before, or to the expiration of "
        "batches without a best-before date. Batches whose production date is not "
        "known are judged by the days, and skipped if no days are stated.",
    )

    _partner_categ_uniq = models.UniqueIndex(
        "(partner_id, COALESCE(categ_id, 0))",
        "This customer has a minimum remaining life for this category already.",
    )
    _something_asked = models.Constraint(
        "CHECK(min_days >= 0 AND min_percent >= 0 AND min_percent <= 100"
        " AND (min_days > 0 OR min_percent > 0))",
        "Ask for at least one day left, or for a share between 0 and 100 %.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.depends("min_days", "min_percent", "categ_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line._requirement_label()

    def _requirement_label(self):
        self.ensure_one()
        if self.min_days and self.min_percent:
            return self.env._(
                "%(days)s days and %(percent)g %% of its life",
                days=self.min_days,
                percent=self.min_percent,
            )
        if self.min_days:
            return self.env._("%(days)s days", days=self.min_days)
        return self.env._("%(percent)g %% of its life", percent=self.min_percent)
