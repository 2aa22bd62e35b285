from odoo import api, models
from odoo.exceptions import AccessError

#: What a place notes by itself: who imposed what, and when.
NOTED_FIELDS = {"imposed_disposition_ids", "imposed_by_id", "imposed_date"}


class StockLocation(models.Model):
    """What is imposed follows from “Imposes”, and nobody writes it beside that."""

    _inherit = "stock.location"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_noted_by_itself(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_noted_by_itself(vals)
        return super().write(vals)

    def _check_noted_by_itself(self, vals):
        if self.env.su or NOTED_FIELDS.isdisjoint(vals):
            return
        raise AccessError(
            self.env._(
                "What a location imposes is chosen by “Imposes”: who did so, and what "
                "follows for the locations below, Odoo notes by itself."
            )
        )
