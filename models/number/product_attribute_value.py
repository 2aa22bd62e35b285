from odoo import api, fields, models

from .batch_code import check_batch_code


class ProductAttributeValue(models.Model):
    """How batch numbers call a flavour, a colour, a size."""

    _inherit = "product.attribute.value"

    batch_code = fields.Char(
        help="Stands for this value where a batch pattern names its attribute."
    )

    @api.constrains("batch_code")
    def _check_batch_code(self):
        check_batch_code(self)
