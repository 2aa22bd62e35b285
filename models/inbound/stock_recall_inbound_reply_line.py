from odoo import api, fields, models
from odoo.tools import format_list

from ...tools.trace.mass_balance import balance_of
from ..base.deletion import guards_deletion

#: More products are counted.
MOST_NAMES = 5
#: What has a place or a fate.
KNOWN = ("on_hand", "used", "delivered", "returned", "removed")


class StockRecallInboundReplyLine(models.Model):
    """What became of one batch that a received notice names."""

    _name = "stock.recall.inbound.reply.line"
    _description = "Batch in a Reply to a Received Recall Notice"
    _order = "reply_id, id"
    _rec_name = "supplier_lot_name"

    reply_id = fields.Many2one(
        "stock.recall.inbound.reply", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="reply_id.company_id", store=True)
    product_name = fields.Char("Product", required=True)
    supplier_lot_name = fields.Char("Their batch number", required=True)
    lot_name = fields.Char("Our batch number")
    unit = fields.Char()
    received = fields.Float(digits="Product Unit")
    on_hand = fields.Float("On hand", digits="Product Unit")
    quarantined = fields.Float(
        "Set apart",
        digits="Product Unit",
        help="Of what is on hand: stopped, or in quarantine.",
    )
    used = fields.Float(digits="Product Unit", help="In production.")
    used_in = fields.Char("Used in")
    delivered = fields.Float(
        "Passed on", digits="Product Unit", help="To customers, as it came."
    )
    returned = fields.Float(
        "Returned to you", digits="Product Unit", help="To the supplier."
    )
    removed = fields.Float(
        "Destroyed or lost", digits="Product Unit", help="Scrapped or adjusted away."
    )
    not_located = fields.Float(
        compute="_compute_not_located",
        digits="Product Unit",
        help="Received, and neither on hand nor anywhere else.",
    )
    note = fields.Char("Remark")

    @api.depends("received", *KNOWN)
    def _compute_not_located(self):
        for line in self:
            known = sum(line[name] for name in KNOWN)
            line.not_located = max(0.0, line.received - known)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self.env.su:
            lines.reply_id._check_unsent()
        return lines

    def write(self, vals):
        if not self.env.su:
            self.reply_id._check_unsent()
        return super().write(vals)

    @guards_deletion
    def _unlink_unsent(self):
        self.reply_id._check_unsent()

    # -- from our stock

    @api.model
    def _prepare(self, reply, lots):
        """Return the values of the lines: each batch that we had, each that we had not.

        :param lots: stock.lot that the notice means
        """
        named = reply.inbound_id.line_ids
        unknown = named.filtered(
            lambda line: not any(line._matches(lot) for lot in lots)
        )
        return [
            *self._prepare_lots(lots),
            *(
                {
                    "product_name": line.product_name,
                    "supplier_lot_name": line.supplier_lot_name,
                    "received": 0.0,
                }
                for line in unknown
            ),
        ]

    @api.model
    def _prepare_lots(self, lots):
        trace = self.env["stock.lot.trace"]
        flows = trace._flows(lots)
        places = trace._on_hand(lots)
        on_hand = trace._sum_by_lot(places)
        apart = self._set_apart(lots, places)
        used_in = self._used_in(lots)
        return [
            {
                "product_name": lot.product_id.display_name,
                "supplier_lot_name": lot.supplier_lot_name or lot.name,
                "lot_name": lot.name,
                "unit": lot.product_uom_id.name,
                "quarantined": apart[lot],
                "used_in": used_in.get(lot, ""),
                **self._figures(flows[lot.id], on_hand[lot.id]),
            }
            for lot in lots
        ]

    @api.model
    def _figures(self, flows, on_hand):
        balance = balance_of(flows, on_hand)
        returned = sum(q for (_from, to), q in flows.items() if to == "supplier")
        return {
            "received": balance.came_in,
            "on_hand": on_hand,
            "used": balance.consumed,
            "delivered": balance.delivered + balance.passed_on,
            "returned": returned,
            "removed": balance.removed - returned,
        }

    @api.model
    def _set_apart(self, lots, places):
        """Return ``{lot: how much of it is stopped}``, by itself or by its place."""
        locations = self.env["stock.location"].browse({place for _, place, _ in places})
        holding = {place.id for place in locations if place._is_restrictive()}
        stopped = {
            lot.id: not (
                lot.disposition_id.allow_deliver or lot.disposition_id.allow_consume
            )
            for lot in lots
        }
        apart = dict.fromkeys(lots, 0.0)
        by_id = {lot.id: lot for lot in lots}
        for lot_id, place_id, quantity in places:
            if stopped[lot_id] or place_id in holding:
                apart[by_id[lot_id]] += quantity
        return apart

    @api.model
    def _used_in(self, lots):
        """Return ``{lot: what was made of it, in words}``."""
        made = self.env["stock.lot.link"]._read_group(
            [("parent_lot_id", "in", lots.ids)],
            ["parent_lot_id"],
            ["child_lot_id:recordset"],
        )
        return {lot: self._made_text(children) for lot, children in made}

    @api.model
    def _made_text(self, lots):
        texts = [
            self.env._(
                "%(product)s (%(count)s batches)",
                product=product.display_name,
                count=len(of_product),
            )
            for product, of_product in lots.grouped("product_id").items()
        ]
        if len(texts) > MOST_NAMES:
            more = self.env._("%s other products", len(texts) - MOST_NAMES)
            texts = [*texts[:MOST_NAMES], more]
        return format_list(self.env, texts)
