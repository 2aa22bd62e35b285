from odoo import api, models

from .exceptions import DispositionMissingError


class StockLot(models.Model):
    """A lot always has a disposition: without one, nothing would forbid anything.

    The column itself may be empty while the addon comes and goes; nobody empties it.
    """

    _inherit = "stock.lot"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if "disposition_id" in vals and not vals["disposition_id"]:
                del vals["disposition_id"]  # the default
        return super().create(vals_list)

    def _check_disposition_change(self, disposition):
        if self and not disposition:
            raise DispositionMissingError(self.env, self[0])
        return super()._check_disposition_change(disposition)
