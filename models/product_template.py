import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductTemplate(models.Model):
    """What a product asks of the numbers and of the order of its lots."""

    _inherit = "product.template"

    batch_code = fields.Char(
        help="How batch numbers call this product, for example 01. "
        "Letters and digits only."
    )
    batch_pattern = fields.Char(related="lot_sequence_id.batch_pattern")
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

    @api.constrains("batch_code")
    def _check_batch_code(self):
        for product in self.filtered("batch_code"):
            if not re.fullmatch("[0-9A-Za-z]+", product.batch_code):
                raise ValidationError(
                    self.env._(
                        "The batch code “%(code)s” of %(product)s has characters other "
                        "than letters and digits: numbers with it could not be read "
                        "back.",
                        code=product.batch_code,
                        product=product.display_name,
                    )
                )

    @api.depends("lot_sequence_id.batch_pattern", "batch_code")
    def _compute_next_serial(self):
        patterned = self.filtered("lot_sequence_id.batch_pattern")
        for product in patterned:
            sequence = product.lot_sequence_id
            today = sequence._batch_today(product.company_id or self.env.company)
            product.next_serial = sequence._batch_example(product.batch_code, today)
        return super(ProductTemplate, self - patterned)._compute_next_serial()

    def _inverse_serial_prefix_format(self):
        # Core would give the product whichever sequence has the same prefix.
        plain = self.filtered(lambda product: not product.batch_pattern)
        return super(ProductTemplate, plain)._inverse_serial_prefix_format()
