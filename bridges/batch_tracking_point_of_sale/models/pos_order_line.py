from odoo import api, models
from odoo.fields import Domain

from odoo.addons.batch_tracking.models.base.said import only_said, said
from odoo.addons.batch_tracking.models.remedy.row import row_field
from odoo.addons.batch_tracking.tools.movement import DELIVER

LINKS = ("recall_row_id",)


class PosOrderLine(models.Model):
    """Offers the till only batches that may be sold, and knows those that were not."""

    _inherit = "pos.order.line"

    recall_row_id = row_field("The recalled goods that it refunds.")

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [only_said(self.browse(), vals, LINKS) for vals in vals_list]
        )

    def write(self, vals):
        return super().write(only_said(self, vals, LINKS))

    def _refund_for(self, row, quantity, refund):
        """Add to a refund so much of this line, of the batch of a recall's row."""
        self.ensure_one()
        sold = self.pack_lot_ids.filtered(lambda lot: lot.lot_name == row.lot_id.name)
        values = self._prepare_refund_data(refund, sold[:1].copy())
        line = self.copy({**values, "qty": -quantity, "recall_row_id": said(row)})
        line._onchange_amount_line_all()
        return line

    @api.model
    def get_existing_lots(self, company_id, config_id, product_id):
        """Return what core does, without lots that may not leave or are too old."""
        existing = super().get_existing_lots(company_id, config_id, product_id)
        # sudo: who sells need not read stock
        config = self.env["pos.config"].sudo().browse(config_id)
        product = self.env["product.product"].sudo().browse(product_id)
        place = config.picking_type_id.default_location_src_id
        sellable = self._sellable_lots(product, place, [lot["id"] for lot in existing])
        return [lot for lot in existing if lot["id"] in sellable.ids]

    @api.model
    def _sellable_lots(self, product, place, lot_ids):
        """Return those of the lots that a reservation for anybody would take now."""
        quants = product.env["stock.quant"]
        eligible = quants.env["stock.removal"]._eligible_domain(
            product, place, quants._any_need()
        )
        here = Domain("lot_id", "in", lot_ids) & Domain(
            "location_id", "child_of", place.ids
        )
        return quants.search(here & eligible).lot_id

    def _of_held_lots(self, place):
        """Return the lines that name a lot which may not be delivered, and those lots.

        It may not for its own disposition, or for that of where some of it lies: which
        part was sold, a till does not say.

        :param place: the stock.location that the till sells from
        :return: (pos.order.line, stock.lot with sudo)
        """
        # sudo: who sells at a till reads no batches, and is kept from held ones
        lots = self.env["stock.lot"].sudo()
        sold = lots.search(
            [
                ("product_id", "in", self.product_id.ids),
                ("name", "in", self.pack_lot_ids.mapped("lot_name")),
                ("company_id", "in", [False, *self.company_id.ids]),
            ]
        )
        here = Domain("lot_id", "in", sold.ids) & Domain("quantity", ">", 0)
        here &= Domain("location_id", "child_of", place.ids)
        quants = lots.env["stock.quant"]
        held = quants.search(here & quants._held_domain(DELIVER)).lot_id
        nowhere = place.browse()
        held |= sold.filtered(lambda lot: quants._held_by(lot, nowhere, DELIVER))
        numbers = {(lot.product_id, lot.name) for lot in held}
        lines = self.pack_lot_ids.filtered(
            lambda sold: (sold.product_id, sold.lot_name) in numbers
        ).pos_order_line_id
        return lines, held
