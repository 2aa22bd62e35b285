from odoo import api, models
from odoo.tools import SQL

from .exceptions import DispositionMissingError


class StockLot(models.Model):
    """A lot always has a disposition: without one, nothing would forbid anything.

    The field is not ``required``: when the addon is installed beside lots, its column
    is there before any disposition is. So the database requires it as soon as there
    are some: after the installation, and with each update.
    """

    _inherit = "stock.lot"

    def init(self):
        result = super().init()
        self._require_disposition()
        return result

    @api.model
    def _require_disposition(self):
        """Let the database refuse lots without a disposition; fill those there are.

        What is inserted past Odoo, or while the addon is not loaded, is released.
        """
        released = self._disposition("released")
        if not released:
            return  # an installation that is not so far yet
        self._fill_missing_dispositions()
        self.env.cr.execute(
            SQL(
                "ALTER TABLE stock_lot ALTER COLUMN disposition_id SET DEFAULT %s,"
                " ALTER COLUMN disposition_id SET NOT NULL",
                released.id,
            )
        )

    @api.model
    def _allow_no_disposition(self):
        """Let the database take lots without a disposition: the addon goes."""
        self.env.cr.execute(
            "ALTER TABLE stock_lot ALTER COLUMN disposition_id DROP DEFAULT,"
            " ALTER COLUMN disposition_id DROP NOT NULL"
        )

    @api.model_create_multi
    def create(self, vals_list):
        # A caller's context may say that the default is none.
        asked = self.env.context.get("default_disposition_id")
        default = asked or self._default_disposition_id().id
        for vals in vals_list:
            if not vals.get("disposition_id"):
                vals["disposition_id"] = default
        given = [vals["disposition_id"] for vals in vals_list]
        under = {given_id for given_id in given if isinstance(given_id, int)}
        self.env["stock.lot.disposition"].browse(under)._let_nobody_widen()
        return super().create(vals_list)

    def _check_disposition_change(self, disposition):
        if self and not disposition:
            raise DispositionMissingError(self.env, self[0])
        return super()._check_disposition_change(disposition)
