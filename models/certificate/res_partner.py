from odoo import fields, models


class ResPartner(models.Model):
    """A customer says whether certificates come with the goods."""

    _inherit = "res.partner"

    batch_certificate = fields.Selection(
        [
            ("none", "None"),
            ("batch", "Of each batch"),
            ("ingredients", "Of each batch, with results of the ingredients"),
        ],
        string="Certificates of analysis",
        help="Come with the mail that confirms a delivery. An address without a choice "
        "follows its company.",
    )
