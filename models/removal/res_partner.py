from odoo import api, fields, models
from odoo.tools import ormcache

from ...tools.removal.remaining_life import Requirement

#: What decides over the requirement of a partner, besides its lines.
TERMS = {"parent_id", "transit_days"}


class ResPartner(models.Model):
    """A customer says how fresh goods must arrive, and how long they travel."""

    _inherit = "res.partner"

    shelf_life_ids = fields.One2many(
        "res.partner.shelf.life",
        "partner_id",
        "Minimum remaining life",
        help="What batches must have left when they arrive. Contacts and delivery "
        "addresses without lines follow their company.",
    )
    transit_days = fields.Integer(
        "Days in transit",
        help="From leaving our warehouse to arriving. 0 for an address that follows "
        "its company.",
    )

    _transit_days_positive = models.Constraint(
        "CHECK(transit_days >= 0)", "The days in transit cannot be negative."
    )

    def write(self, vals):
        if TERMS & vals.keys():
            self.env.registry.clear_cache()
        return super().write(vals)

    @api.model
    @ormcache("partner_id", "categ_id")
    def _shelf_life_terms(self, partner_id, categ_id):
        """Return what a partner asks of products of a category.

        The nearest of the partner and its parents that says anything about the
        category (or one above it) decides, by its most specific line.

        :return: ``(Requirement, days in transit)``
        """
        # sudo: who reserves need not read customers
        partner = self.sudo().browse(partner_id)
        category = self.env["product.category"].sudo().browse(categ_id)
        asked, transit = Requirement(), 0
        while partner:
            transit = transit or partner.transit_days
            if asked == Requirement():
                asked = partner._shelf_life_of(category)
            partner = partner.parent_id
        return asked, transit

    def _shelf_life_of(self, category):
        lines = {line.categ_id.id: line for line in self.shelf_life_ids}
        while lines:
            line = lines.get(category.id)
            if line:
                return Requirement(days=line.min_days, percent=line.min_percent)
            if not category:
                break
            category = category.parent_id
        return Requirement()
