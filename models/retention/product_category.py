from odoo import fields, models

from .stock_lot_retention_shortening import check_may_shorten


class ProductCategory(models.Model):
    """Says how long batches of its products are kept."""

    _inherit = "product.category"

    batch_retention_id = fields.Many2one(
        "stock.lot.retention",
        "Keep batches for",
        ondelete="restrict",
        help="How long batches of this category, and of those below it, cannot be "
        "deleted once they have a history. Empty: as the company's settings say.",
    )

    def write(self, vals):
        if not vals.keys() & {"batch_retention_id", "parent_id"}:
            return super().write(vals)
        before = self._retentions()
        result = super().write(vals)
        after = self._retentions()
        shorter = [
            key for key, term in after.items() if term._keeps_less_than(before[key])
        ]
        if shorter:
            check_may_shorten(shorter[0][1])
        self._note_retentions(before, after)
        return result

    def _retentions(self):
        """Return ``{(company, category): stock.lot.retention}`` that hold here."""
        # sudo: what holds does not depend on who asks
        companies = self.env["res.company"].sudo().search([("active", "=", True)])
        terms = self.env["stock.lot.retention"]
        return terms._by_company_and_category(companies, self)

    def _note_retentions(self, before, after):
        # sudo: whoever changes a term leaves an event, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        events.create(
            [
                events._note(
                    self.env["stock.lot"],
                    "setting",
                    self._fields["batch_retention_id"]._description_string(self.env),
                    before[company, category].name or "",
                    term.name or "",
                    document=category,
                    company_id=company.id,
                )
                for (company, category), term in after.items()
                if term != before[company, category]
            ]
        )
