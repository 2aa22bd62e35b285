from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

LINK_FIELDS = {"consume_line_ids", "produce_line_ids"}
#: What a correction of a finished production may change in its links.
LINKED_FIELDS = {"lot_id", "quantity", "product_uom_id", "date"}
#: What sends a lot elsewhere.
ROUTE_FIELDS = {"lot_id", "quant_id", "location_id", "location_dest_id"}


class StockMoveLine(models.Model):
    """The last gate of every movement, and where the genealogy is written down.

    Whatever moves goods in Odoo ends in ``_action_done`` or in a change of a line that
    is done: both check here that the lot's disposition permits it.
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
        lines._check_dispositions()
        self.env["stock.lot.link"]._sync(lines._added_to_done())
        return lines

    def write(self, vals):
        rerouted = self if ROUTE_FIELDS & vals.keys() else self._growing(vals)
        result = super().write(vals)
        rerouted._check_dispositions()
        if LINK_FIELDS & vals.keys():
            self.env["stock.lot.link"]._sync(self)
        elif LINKED_FIELDS & vals.keys() and (linked := self._linked_done_lines()):
            self.env["stock.lot.link"]._sync(linked)
        return result

    def _action_done(self):
        self._number_lots()
        self._check_dispositions()
        unresolved = self.filtered(lambda line: not line.lot_id)
        result = super()._action_done()
        done = self.exists()
        # A number that was typed is a lot only now; the error undoes the movement.
        (unresolved & done)._check_dispositions()
        done._keep_supplier()
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

    def _linked_done_lines(self):
        """Return done lines that the genealogy may know, by the usages they go between.

        Only an operation has links: what is consumed goes to production or comes from
        it, or it is repaired and core has noted its parts.
        """
        return self._added_to_done().filtered(
            lambda line: (
                line.consume_line_ids
                or line.produce_line_ids
                or "production" in (line.location_id.usage, line.location_dest_id.usage)
            )
        )

    # -- dispositions

    def _check_dispositions(self):
        """Refuse lines whose lot may not make this movement.

        :raises UserError: naming the lot, its disposition and what it forbids
        """
        restrictive = self.env["stock.lot.disposition"]._restrictive_ids()
        for line in self:
            if not line.lot_id:
                continue
            # sudo: the gate holds whoever moves, and whatever they may read
            disposition = line.lot_id.sudo().disposition_id
            if disposition.id in restrictive and not line._batch_permitted():
                raise UserError(line._forbidden_message(disposition))

    def _batch_permitted(self):
        """Tell whether the lot's disposition permits what the line does."""
        self.ensure_one()
        if not self.quantity or self.state == "cancel":
            return True
        disposition = self.lot_id.sudo().disposition_id
        return disposition._allows(self._batch_purpose())

    def _batch_purpose(self):
        return self.move_id._batch_purpose() if self.move_id else None

    def _forbidden_message(self, disposition):
        purpose = self._batch_purpose()
        names = disposition._fields[f"allow_{purpose}"].get_description(self.env)
        return self.env._(
            "Batch %(lot)s of %(product)s is “%(disposition)s”, which does not permit "
            "“%(permission)s”. Choose another batch, or ask a quality manager to "
            "release it.",
            lot=self.lot_id.name,
            product=self.product_id.display_name,
            disposition=disposition.name,
            permission=names["string"],
        )

    def _tell_reservation_lost(self):
        """Note on each transfer which lots it has just lost, and why."""
        for picking, lines in self.grouped("picking_id").items():
            sentences = [line._reservation_lost_message() for line in lines]
            if picking:
                picking._message_log(body=Markup("<br/>").join(sentences))

    def _reservation_lost_message(self):
        return self.env._(
            "Batch %(lot)s of %(product)s is now “%(disposition)s”: "
            "%(quantity)s %(unit)s were taken out of this transfer.",
            lot=self.lot_id.name,
            product=self.product_id.display_name,
            disposition=self.lot_id.disposition_id.name,
            quantity=self.quantity,
            unit=self.product_uom_id.name,
        )

    def action_lot_genealogy(self):
        """Open the genealogy of the lot that moved."""
        self.ensure_one()
        return self.lot_id.action_genealogy()
