import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.batch_fields import CODE


def check_batch_code(records):
    """Refuse codes that could not be read back out of a number.

    :param records: product.template, product.category or product.attribute.value
    """
    for record in records.filtered("batch_code"):
        if not re.fullmatch(CODE, record.batch_code):
            raise ValidationError(
                record.env._(
                    "The batch code “%(code)s” of %(owner)s has characters other than "
                    "letters and digits: numbers with it could not be read back.",
                    code=record.batch_code,
                    owner=record.display_name,
                )
            )


class ProductTemplate(models.Model):
    """What a product asks of the numbers and of the order of its lots."""

    _inherit = "product.template"

    batch_code = fields.Char(
        help="How batch numbers call this product, for example 01. "
        "Letters and digits only."
    )
    batch_pattern = fields.Char(compute="_compute_batch_pattern")
    femal_margin_days = fields.Float(
        string="Margin of expiration",
        help="Days of useful life that a lot must still have on the day of delivery. "
        "Lots with less are not reserved. Used by the removal strategy FEMAL.",
    )
    femal_window_days = fields.Float(
        string="Similar expirations",
        help="Lots whose expirations lie within this many days count as the same; "
        "the one with the shortest useful life goes first. Used by FEMAL.",
    )

    _femal_days_positive = models.Constraint(
        "CHECK(femal_margin_days >= 0 AND femal_window_days >= 0)",
        "The days of the removal strategy cannot be negative.",
    )

    @api.depends("lot_sequence_id.batch_pattern", "categ_id.batch_sequence_id")
    def _compute_batch_pattern(self):
        for product in self:
            sequence = product.product_variant_id._batch_sequence()
            product.batch_pattern = sequence.batch_pattern

    @api.constrains("batch_code")
    def _check_batch_code(self):
        check_batch_code(self)

    @api.depends("batch_pattern", "batch_code", "categ_id.batch_code")
    def _compute_next_serial(self):
        patterned = self.filtered("batch_pattern")
        for product in patterned:
            variant = product.product_variant_id
            sequence = variant._batch_sequence()
            today = sequence._batch_today(product.company_id or self.env.company)
            product.next_serial = sequence._batch_example(variant._batch_code(), today)
        return super(ProductTemplate, self - patterned)._compute_next_serial()

    def _inverse_serial_prefix_format(self):
        # Core would give the product whichever sequence has the same prefix.
        plain = self.filtered(lambda product: not product.batch_pattern)
        return super(ProductTemplate, plain)._inverse_serial_prefix_format()
