from odoo import fields, models


class StockPickingType(models.Model):
    """Says whether people may choose another lot than the strategy."""

    _inherit = "stock.picking.type"

    removal_override = fields.Selection(
        [
            ("free", "Free"),
            ("logged", "Logged"),
            ("reason", "Only with a reason"),
        ],
        "Another batch than recommended",
        default="logged",
        required=True,
        help="What happens when people deliver or use another batch than the one the "
        "removal strategy chose.",
    )
