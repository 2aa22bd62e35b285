from odoo import fields, models


class StockLotHoldReason(models.Model):
    """Why lots are held or released, to choose from and to count by."""

    _name = "stock.lot.hold.reason"
    _description = "Reason to Hold or Release"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    disposition_id = fields.Many2one(
        "stock.lot.disposition",
        "Proposes",
        ondelete="set null",
        help="The disposition that is proposed when this reason is chosen.",
    )

    def _fits(self, disposition):
        """Tell whether this is a reason to put lots under ``disposition``.

        What speaks for a hold is no reason to permit everything again; a reason that
        proposes nothing fits any.
        """
        proposed = self.disposition_id
        permits_all = not disposition._forbidden()
        return not (permits_all and proposed and proposed._forbidden())
