from odoo import models


class StockLocation(models.Model):
    """A place knows the quarantine of its warehouse."""

    _inherit = "stock.location"

    def _nearest_quarantine(self):
        """Return the place of the same warehouse that holds what lies there, or none.

        One for recalled goods first, then the first by name.
        """
        self.ensure_one()
        # Searching does not compute what waits to be computed of many2many fields.
        self.flush_model(["imposed_disposition_ids"])
        restrictive = self.env["stock.lot.disposition"]._restrictive_ids()
        # sudo: who receives returns need not see where they are kept apart
        places = self.sudo().search(
            [
                ("usage", "=", "internal"),
                ("imposed_disposition_ids", "in", list(restrictive)),
                ("warehouse_id", "=", self.warehouse_id.id),
                ("company_id", "in", [False, self.company_id.id]),
            ],
            order="complete_name, id",
        )
        recalled = self.env["stock.lot"]._disposition("recalled")
        for_recalled = places.filtered(
            lambda place: recalled in place.imposed_disposition_ids
        )
        return (for_recalled or places)[:1].with_env(self.env)
