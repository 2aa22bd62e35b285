from odoo import api, fields, models

from .batch_code import check_batch_code


class ProductTemplate(models.Model):
    """What a product asks of the numbers of its lots."""

    _inherit = "product.template"

    lot_sequence_id = fields.Many2one(
        string="Batch numbers",
        help="How new batches of the product are numbered: by a pattern that says "
        "product, day and batch, or by a plain counter. Empty: as its category says.",
    )
    batch_code = fields.Char(
        help="How batch numbers call this product, for example 01. "
        "Letters and digits only."
    )
    batch_pattern = fields.Char(compute="_compute_batch_pattern")
    batch_preview = fields.Char("Next number", compute="_compute_batch_preview")
    batch_meaning = fields.Char("It says", compute="_compute_batch_meaning")
    batch_fault = fields.Char(compute="_compute_batch_preview")

    @api.depends("lot_sequence_id.batch_pattern", "categ_id.batch_sequence_id")
    def _compute_batch_pattern(self):
        for product in self:
            sequence = product.product_variant_id._batch_sequence()
            product.batch_pattern = sequence.batch_pattern

    @api.constrains("batch_code")
    def _check_batch_code(self):
        check_batch_code(self)

    @api.depends("batch_pattern", "batch_code", "categ_id.batch_code", "barcode")
    def _compute_batch_preview(self):
        for product in self:
            variant = product.product_variant_id
            preview = variant.get_batch_preview() if product.batch_pattern else {}
            product.batch_preview = preview.get("name")
            product.batch_fault = preview.get("fault")

    @api.depends("batch_preview")
    def _compute_batch_meaning(self):
        for product in self:
            sequence = product.product_variant_id._batch_sequence()
            number = product.batch_preview
            product.batch_meaning = number and sequence._batch_meaning(number)

    @api.depends("batch_preview")
    def _compute_next_serial(self):
        patterned = self.filtered("batch_pattern")
        for product in patterned:
            product.next_serial = product.batch_preview
        return super(ProductTemplate, self - patterned)._compute_next_serial()

    def _inverse_serial_prefix_format(self):
        # Core would give the product whichever sequence has the same prefix.
        plain = self.filtered(lambda product: not product.batch_pattern)
        return super(ProductTemplate, plain)._inverse_serial_prefix_format()
