from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.movement import OWN_USAGES, STOCK_USAGES
from ..base.deletion import guards_deletion

OUTCOME_BY_USAGE = {
    "customer": "delivered",
    "production": "consumed",
    "inventory": "scrapped",
    "supplier": "returned",
}


class StockRemovalOverride(models.Model):
    """Another lot was taken than the strategy's: who, when, which, and why.

    Append-only: what has happened is not edited, not even by an administrator.
    """

    _name = "stock.removal.override"
    _description = "Overridden Removal Strategy"
    _order = "id desc"
    _rec_name = "lot_id"

    date = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    user_id = fields.Many2one("res.users", "Operator", readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    move_id = fields.Many2one(
        "stock.move", readonly=True, ondelete="set null", index="btree_not_null"
    )
    picking_id = fields.Many2one("stock.picking", "Transfer", readonly=True)
    picking_type_id = fields.Many2one(
        "stock.picking.type", "Operation type", readonly=True
    )
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True, index=True)
    lot_id = fields.Many2one("stock.lot", "Batch taken", readonly=True)
    recommended_lot_id = fields.Many2one(
        "stock.lot", "Recommended batch", readonly=True
    )
    quantity = fields.Float(digits="Product Unit", readonly=True)
    method = fields.Char("Strategy", readonly=True)
    reason = fields.Char(readonly=True)
    outcome = fields.Selection(
        [
            ("stock", "Still in stock"),
            ("expired", "Expired in stock"),
            ("delivered", "Delivered"),
            ("consumed", "Used in production"),
            ("scrapped", "Scrapped or lost"),
            ("returned", "Returned to supplier"),
        ],
        "Batch left behind",
        compute="_compute_outcome",
        help="What has become of the recommended batch.",
    )

    @api.depends("recommended_lot_id")
    def _compute_outcome(self):
        on_hand = self._recommended_on_hand()
        left = self._last_usage()
        now = fields.Datetime.now()
        for override in self:
            lot = override.recommended_lot_id
            if on_hand.get(lot.id, 0) > 0:
                spoiled = lot.removal_date and lot.removal_date < now
                override.outcome = "expired" if spoiled else "stock"
            else:
                override.outcome = OUTCOME_BY_USAGE.get(left.get(lot.id))

    def _recommended_on_hand(self):
        quants = self.env["stock.quant"]._read_group(
            [
                ("lot_id", "in", self.recommended_lot_id.ids),
                ("location_id.usage", "in", STOCK_USAGES),
            ],
            ["lot_id"],
            ["quantity:sum"],
        )
        return {lot.id: quantity for lot, quantity in quants}

    def _last_usage(self):
        """Return ``{lot id: usage of the place it last went to}``."""
        self.env["stock.move.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (line.lot_id) line.lot_id, target.usage
                FROM stock_move_line line
                JOIN stock_location target ON target.id = line.location_dest_id
                WHERE line.lot_id = ANY(%(lots)s) AND line.state = 'done'
                  AND target.usage <> ALL(%(own)s)
                ORDER BY line.lot_id, line.date DESC, line.id DESC
                """,
                lots=self.recommended_lot_id.ids,
                own=list(OWN_USAGES),
            )
        )
        return dict(rows)

    @api.model_create_multi
    def create(self, vals_list):
        overrides = super().create(vals_list)
        # sudo: whoever takes another lot leaves an event, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        what = self.env._("Taken instead of the recommended batch")
        events.create([override._prepare_event(what) for override in overrides])
        return overrides

    def _prepare_event(self, what):
        return self.env["stock.lot.event"]._note(
            self.lot_id,
            "override",
            what,
            self.recommended_lot_id.display_name,
            self.lot_id.display_name,
            document=self.picking_id or self,
            reason=self.reason,
            company_id=self.company_id.id,
        )

    def write(self, vals):
        if self:
            raise UserError(
                self.env._("What has been taken instead cannot be rewritten.")
            )
        return super().write(vals)

    @guards_deletion
    def _unlink_never(self):
        raise UserError(self.env._("What has been taken instead cannot be deleted."))
