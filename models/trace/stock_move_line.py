from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from ...tools.trace.mass_balance import ENDS
from ..base.ids import check_one

DELIVERED = "delivered"
RETURNED = "returned"
WRITTEN_OFF = "written_off"


class StockMoveLine(models.Model):
    """Who received the goods of a line, or sent them back.

    Both are kept with the line, so that a recall of tens of thousands of lots reads one
    index: found anew it would look up the transfer, move, sale and return of each line.
    """

    _inherit = "stock.move.line"

    consignment = fields.Selection(
        [
            (DELIVERED, "Delivered"),
            (RETURNED, "Returned"),
            (WRITTEN_OFF, "Written off there"),
        ],
        compute="_compute_consignee",
        store=True,
        help="Whether goods reached a customer by this line, or came back. Goods that "
        "go from a customer to a loss or to production never came back: they were "
        "written off where they are, and count as received.",
    )
    consignee_id = fields.Many2one(
        "res.partner",
        compute="_compute_consignee",
        store=True,
        index="btree_not_null",
        help="Who received them. A return counts against whoever they had been sent "
        "to, whichever address sends them back.",
    )

    received_quantity = fields.Float(
        "Received",
        compute="_compute_received_quantity",
        digits="Product Unit",
        help="What a customer received, in the product's unit; negative: it came back; "
        "nothing: it was written off there.",
    )
    # What customer service sees of the lot beside a delivery
    lot_disposition_id = fields.Many2one(related="lot_id.disposition_id")
    lot_disposition_color = fields.Integer(related="lot_id.disposition_id.color")
    lot_may_go = fields.Boolean(related="lot_id.disposition_id.allow_deliver")
    lot_expiration_date = fields.Datetime(
        "Batch expires", related="lot_id.expiration_date"
    )

    # In the order in which a trace sums up.
    _consignment_idx = models.Index(
        "(lot_id, consignee_id, consignment) INCLUDE"
        " (company_id, quantity_product_uom, date)"
        " WHERE consignment IS NOT NULL AND lot_id IS NOT NULL"
    )

    def _auto_init(self):
        # Computed record by record, a large database would wait for hours.
        cr = self.env.cr
        kinds = {"consignment": "varchar", "consignee_id": "int4"}
        new = [name for name in kinds if not column_exists(cr, self._table, name)]
        for name in new:
            create_column(cr, self._table, name, kinds[name])
        if new:
            self.pool.post_init(self._fill_consignees)
        return super()._auto_init()

    @api.depends("quantity_product_uom", "location_id.usage", "location_dest_id.usage")
    def _compute_received_quantity(self):
        signs = {RETURNED: -1, WRITTEN_OFF: 0}
        for line in self:
            sign = signs.get(line._consignment(), 1)
            line.received_quantity = sign * line.quantity_product_uom

    def action_lot_genealogy(self):
        """Open the genealogy of the lot that moved."""
        check_one(self)
        return self.lot_id.action_genealogy()

    # -- of a line that moves today

    @api.depends(lambda self: self._consignee_sources())
    def _compute_consignee(self):
        counting = self.browse()
        if "customer" in (self.location_id | self.location_dest_id).mapped("usage"):
            counting = self.filtered(
                lambda line: line.state == "done" and line._consignment()
            )
        for line in counting:
            line.consignment = line._consignment()
            line.consignee_id = line._find_consignee()
        rest = self - counting
        rest.consignment = False
        rest.consignee_id = False

    @api.model
    def _consignee_sources(self):
        """Return what the consignee depends on, with the apps that are installed."""
        return [
            "state",
            "location_id.usage",
            "location_dest_id.usage",
            "picking_id.partner_id",
            "move_id.partner_id",
            "move_id.origin_returned_move_id.partner_id",
            "move_id.origin_returned_move_id.picking_id.partner_id",
            *self._addressee_sources(),
            *self._buyer_sources(),
        ]

    def _addressee_sources(self):
        if "sale_line_id" not in self.env["stock.move"]._fields:
            return []
        addressee = "sale_line_id.order_id.partner_shipping_id"
        return [
            f"move_id.{addressee}",
            f"move_id.origin_returned_move_id.{addressee}",
        ]

    def _buyer_sources(self):
        if "pos_order_id" not in self.env["stock.picking"]._fields:
            return []
        return ["picking_id.pos_order_id.partner_id"]

    def _consignment(self):
        came_back = self.location_id.usage == "customer"
        if came_back == (self.location_dest_id.usage == "customer"):
            return False
        if not came_back:
            return DELIVERED
        return WRITTEN_OFF if self.location_dest_id.usage in ENDS else RETURNED

    def _find_consignee(self):
        move = self.move_id
        sender = self.picking_id.partner_id or move.partner_id
        if self.location_id.usage == "customer":
            return move.origin_returned_move_id._received_by() or sender
        if self.location_id.usage == "supplier":
            return move._addressee() or sender
        return sender or self._buyer()

    def _buyer(self):
        """Return who bought at the point of sale, if there is one."""
        if not self._buyer_sources():
            return self.env["res.partner"]
        return self.picking_id.pos_order_id.partner_id

    # -- of all lines at once

    @api.model
    def _fill_consignees(self):
        """Write the consignees of all lines that have wrong ones, in one statement.

        For databases that were there before. The rule is that of
        ``_compute_consignee``, in SQL; it reads the columns that there are, as not all
        apps are loaded while one is being updated.
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE stock_move_line
                SET consignment = wrong.consignment, consignee_id = wrong.consignee_id
                FROM (%s) wrong WHERE wrong.id = stock_move_line.id
                """,
                self._wrong_consignees_sql(),
            )
        )
        self.invalidate_model(["consignment", "consignee_id"])

    @api.model
    def _wrong_consignees_sql(self):
        """Return the query ``(id, consignment, consignee_id)``: what should be."""
        self.env["stock.lot.trace"]._flush_moves()
        for model in ("stock.location", "sale.order", "sale.order.line", "pos.order"):
            if model in self.env:
                self.env[model].flush_model()
        return SQL(
            """
            SELECT line.id, found.consignment, found.consignee_id
            FROM stock_move_line line
            LEFT JOIN (%s) found ON found.id = line.id
            WHERE (line.consignment, line.consignee_id)
                  IS DISTINCT FROM (found.consignment, found.consignee_id)
            """,
            self._consignees_sql(),
        )

    @api.model
    def _consignees_sql(self):
        """Return the query ``(id, consignment, consignee_id)`` of all that count."""
        return SQL(
            """
            SELECT line.id,
                   CASE WHEN NOT line.back THEN 'delivered'
                        WHEN line.ends THEN 'written_off'
                        ELSE 'returned' END AS consignment,
                   CASE WHEN line.back THEN COALESCE((%(receiver)s), %(sender)s)
                        WHEN line.direct THEN COALESCE(%(addressee)s, %(sender)s)
                        ELSE COALESCE(%(sender)s, %(buyer)s) END AS consignee_id
            FROM (
                SELECT line.id, line.move_id, line.picking_id,
                       source.usage = 'customer' AS back,
                       target.usage IN %(ends)s AS ends,
                       source.usage = 'supplier' AS direct
                FROM stock_move_line line
                JOIN stock_location source ON source.id = line.location_id
                JOIN stock_location target ON target.id = line.location_dest_id
                WHERE line.state = 'done'
                  AND (source.usage = 'customer') <> (target.usage = 'customer')
            ) line
            """,
            sender=SQL(
                "COALESCE("
                "(SELECT partner_id FROM stock_picking WHERE id = line.picking_id),"
                " (SELECT partner_id FROM stock_move WHERE id = line.move_id))"
            ),
            receiver=self._receiver_sql(),
            addressee=self._addressee_sql(SQL("line.move_id")),
            buyer=self._buyer_sql(),
            ends=ENDS,
        )

    def _receiver_sql(self):
        """Return who had received what this line brings back, as a subquery."""
        return SQL(
            """
            SELECT COALESCE(
                CASE WHEN place.usage = 'supplier' THEN %s END,
                sent_picking.partner_id, sent.partner_id)
            FROM stock_move back
            JOIN stock_move sent ON sent.id = back.origin_returned_move_id
            JOIN stock_location place ON place.id = sent.location_id
            LEFT JOIN stock_picking sent_picking ON sent_picking.id = sent.picking_id
            WHERE back.id = line.move_id
            """,
            self._addressee_sql(SQL("sent.id")),
        )

    def _addressee_sql(self, move_id):
        """Return to whom a supplier sends goods: its transfer names the supplier."""
        if not column_exists(self.env.cr, "stock_move", "sale_line_id"):
            return SQL("(SELECT partner_id FROM stock_move WHERE id = %s)", move_id)
        return SQL(
            """(
                SELECT COALESCE(sold.partner_shipping_id, move.partner_id)
                FROM stock_move move
                LEFT JOIN sale_order_line sale_line ON sale_line.id = move.sale_line_id
                LEFT JOIN sale_order sold ON sold.id = sale_line.order_id
                WHERE move.id = %s
            )""",
            move_id,
        )

    def _buyer_sql(self):
        if not column_exists(self.env.cr, "stock_picking", "pos_order_id"):
            return SQL("NULL::int")
        return SQL(
            "(SELECT sale.partner_id FROM stock_picking picking"
            " JOIN pos_order sale ON sale.id = picking.pos_order_id"
            " WHERE picking.id = line.picking_id)"
        )
