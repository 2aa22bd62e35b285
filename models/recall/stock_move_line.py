from lxml import etree

from odoo import api, fields, models

ON_THE_ROAD = "batch_tracking.stock_move_line_view_list_on_the_road"


class StockMoveLine(models.Model):
    """What an open recall has counted stays as it was done."""

    _inherit = "stock.move.line"

    came_back = fields.Float(
        "Returned",
        compute="_compute_came_back",
        digits="Product Unit",
        help="What returns of this transfer brought back of the batch, in the unit of "
        "the product.",
    )
    consignee_phone = fields.Char("Phone", related="consignee_id.phone")

    def _compute_came_back(self):
        rows = self._read_group(
            [
                ("move_id.origin_returned_move_id", "in", self.move_id.ids),
                ("lot_id", "in", self.lot_id.ids),
                ("consignment", "=", "returned"),
            ],
            ["move_id", "lot_id"],
            ["quantity_product_uom:sum"],
        )
        back = {}
        for move, lot, quantity in rows:
            key = move.origin_returned_move_id, lot
            back[key] = back.get(key, 0.0) + quantity
        # Of several lines of one batch the first take what came back of them all.
        for line in self:
            key = line.move_id._origin, line.lot_id._origin
            line.came_back = min(back.get(key, 0.0), line.quantity_product_uom)
            if key in back:
                back[key] -= line.came_back

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        # Who carries goods is known where delivery methods are installed.
        if "carrier_id" in self._fields and view == self.env.ref(ON_THE_ROAD, False):
            arch.append(etree.Element("field", name="carrier_id"))
        return arch, view

    def _held_evidence(self):
        reached = self.lot_id._reached_by_recalls()
        counted = self.filtered(lambda line: line.lot_id in reached)
        return super()._held_evidence() | counted

    def _evidence_of(self):
        return super()._evidence_of() or self.env._("recalled")
