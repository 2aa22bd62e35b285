from odoo import api, fields, models
from odoo.tools import SQL

LINK_FIELDS = {"consume_line_ids", "produce_line_ids"}
#: What a correction of a finished production may change in its links.
LINKED_FIELDS = {"lot_id", "quantity", "product_uom_id", "date"}
#: What sends a lot elsewhere.
ROUTE_FIELDS = {
    *("lot_id", "quant_id", "location_id", "location_dest_id"),
    *("move_id", "product_uom_id"),
}


class StockMoveLine(models.Model):
    """The last gate of every movement, and where the genealogy is written down.

    Whatever moves goods in Odoo ends in ``_action_done`` or in a change of a line that
    is done: both check, see ``stock_move_line_hold.py``, that it is permitted.
    """

    _inherit = "stock.move.line"

    # What customer service sees of the lot beside a delivery
    lot_disposition_id = fields.Many2one(related="lot_id.disposition_id")
    lot_disposition_color = fields.Integer(related="lot_id.disposition_id.color")
    lot_may_go = fields.Boolean(related="lot_id.disposition_id.allow_deliver")
    lot_expiration_date = fields.Datetime(
        "Batch expires", related="lot_id.expiration_date"
    )

    received_quantity = fields.Float(
        "Received",
        compute="_compute_received_quantity",
        digits="Product Unit",
        help="What a customer received, in the product's unit; negative: it came back.",
    )

    _lot_state_idx = models.Index("(lot_id, state) WHERE lot_id IS NOT NULL")

    @api.depends("quantity_product_uom", "location_id.usage")
    def _compute_received_quantity(self):
        for line in self:
            came_back = line.location_id.usage == "customer"
            sign = -1 if came_back else 1
            line.received_quantity = sign * line.quantity_product_uom

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not lines:  # core adds none to every line that needs none reserved anew
            return lines
        lines._check_dispositions()
        if added := lines._added_to_done():
            added._check_may_leave()
            self.env["stock.lot.link"]._sync(added)
        return lines

    def write(self, vals):
        if self._assigns_new_lots(vals):
            return super().write(vals)
        rerouted = self if ROUTE_FIELDS & vals.keys() else self._growing(vals)
        result = super().write(vals)
        if rerouted:
            rerouted._check_dispositions()
        done = self._added_to_done()
        if done and rerouted:
            (rerouted & done)._check_may_leave()
        if LINK_FIELDS & vals.keys():
            self.env["stock.lot.link"]._sync(self)
        elif done and LINKED_FIELDS & vals.keys():
            done._sync_linked()
        return result

    def _action_done(self):
        self._number_lots()
        self._check_dispositions()
        self._check_may_leave()
        with self.env["stock.quant"]._doing_transfer():
            result = super()._action_done()
        done = self.exists()
        done._keep_supplier()
        self.env["stock.lot.inspection"]._inspect_arrivals(done)
        return result

    def action_explain_removal(self):
        """Open “Why this batch?” of the move."""
        self.ensure_one()
        return self.move_id.action_explain_removal()

    def _growing(self, vals):
        if "quantity" not in vals:
            return self.browse()
        return self.filtered(lambda line: line.quantity < vals["quantity"])

    def _added_to_done(self):
        """Return lines that were created done: somebody has added to an operation."""
        return self.browse([line.id for line in self if line.state == "done"])

    def _sync_linked(self):
        """Write the links of those of these done lines anew that may have any.

        Only an operation has links: what is consumed goes to production or comes from
        it, or it is repaired and core has noted its parts.
        """
        places = self.location_id | self.location_dest_id
        if "production" in places.mapped("usage") or self._is_paired():
            self.env["stock.lot.link"]._sync(self)

    def _is_paired(self):
        """Tell whether core has noted what any of these lines was made of, or became.

        Asked of the database at once: receipts have thousands of lines, and no pairs.
        """
        pairs = SQL(
            "SELECT FROM stock_move_line_consume_rel"
            " WHERE consume_line_id = ANY(%s) OR produce_line_id = ANY(%s) LIMIT 1",
            *(self.ids, self.ids),
        )
        return bool(self.env.execute_query(pairs))

    def action_lot_genealogy(self):
        """Open the genealogy of the lot that moved."""
        self.ensure_one()
        return self.lot_id.action_genealogy()
