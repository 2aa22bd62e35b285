from odoo import api, models
from odoo.exceptions import UserError

from ..base.ids import browse_id, check_ids, check_one
from .numbering import with_numbering

#: What core numbers the lots of all products by that have no sequence of their own.
SHARED_SEQUENCE = "stock.sequence_production_lots"


class ProductProduct(models.Model):
    """What batch numbers may say of a product."""

    _inherit = "product.product"

    def _batch_sequence(self):
        """Return the ir.sequence with the batch pattern of a product, or none.

        The product's own sequence wins, be it patterned or plain; then the nearest
        category that has chosen a pattern.
        """
        # sudo: numbering a lot needs no right to read sequences
        own = self.sudo().lot_sequence_id
        if own.batch_pattern:
            return own
        # Unlike ``env.ref``, no query once it is known: every new lot asks.
        shared = self.env["ir.model.data"]._xmlid_to_res_id(SHARED_SEQUENCE)
        if own and own.id != shared:
            return own.browse()
        for category in self.sudo().categ_id._batch_ancestry():
            if category.batch_sequence_id.batch_pattern:
                return category.batch_sequence_id
        return own.browse()

    def _batch_code(self):
        """Return how batch numbers call a product, '' when nobody has said."""
        codes = [self.batch_code]
        codes += [category.batch_code for category in self.categ_id._batch_ancestry()]
        return next((code for code in codes if code), "")

    def _batch_attribute_codes(self):
        """Return ``{"attribute:<name>": code}`` of a variant."""
        values = self.product_template_attribute_value_ids.product_attribute_value_id
        values |= (
            self.product_tmpl_id.valid_product_template_attribute_line_ids.filtered(
                lambda line: len(line.value_ids) == 1
            ).value_ids
        )
        named = values.filtered("batch_code").with_context(lang=None)
        return {f"attribute:{v.attribute_id.name}": v.batch_code for v in named}

    def _batch_property_codes(self, values=None):
        """Return ``{"property:<label>": text}`` of a lot's properties.

        :param values: mapping of the property's name to its value; without it, the
            defaults that a new lot of the product starts with
        """
        codes = {}
        for definition in self.lot_properties_definition or []:
            chosen = values or {definition["name"]: definition.get("default")}
            value = chosen.get(definition["name"])
            labels = dict(definition.get("selection") or [])
            text = labels.get(value, getattr(value, "display_name", value))
            if text not in (False, None, ""):
                codes[f"property:{definition['string']}"] = str(text)
        return codes

    @api.readonly
    def get_batch_preview(self, picking_type_id=False):
        """Return the number that would be given next, and take none.

        :param picking_type_id: id of the operation that numbers lots, if there is one
        :return: dict: ``pattern`` ('' if the product has none), ``name`` ('' if there
            is none), and ``fault`` (why there is none, as a sentence)
        """
        check_one(self)
        check_ids(self)
        self.check_access("read")
        picking_type = browse_id(self.env["stock.picking.type"], picking_type_id)
        picking_type.check_access("read")
        sequence = self._batch_sequence()
        preview = {"pattern": sequence.batch_pattern or "", "name": "", "fault": ""}
        if sequence:
            try:
                codes = picking_type._batch_codes()
                company_id = picking_type.company_id.id or 0
                sequence = with_numbering(sequence, company_id=company_id)
                preview["name"] = sequence._peek(self, False, 1, codes=codes)[0]
            except UserError as error:
                preview["fault"] = str(error)
        return preview
