from odoo import api, fields, models
from odoo.tools import SQL


class StockLotLink(models.Model):
    """One edge of the genealogy: some of a parent lot went into a child lot.

    Edges follow the pairs of move lines that core writes when something is produced
    (``stock.move.line.consume_line_ids``) and add what core lacks: quantities, and how
    sure we are. Quantities are in the unit of measure of the respective product.
    """

    _name = "stock.lot.link"
    _description = "Batch Genealogy Link"
    _order = "date desc, id desc"
    _log_access = False

    parent_lot_id = fields.Many2one("stock.lot", required=True, ondelete="cascade")
    child_lot_id = fields.Many2one("stock.lot", required=True, ondelete="cascade")
    parent_product_id = fields.Many2one(related="parent_lot_id.product_id")
    parent_uom_id = fields.Many2one(related="parent_lot_id.product_uom_id")
    parent_supplier_id = fields.Many2one(related="parent_lot_id.supplier_id")
    parent_quantity = fields.Float(
        digits="Product Unit", help="How much of the parent went into the child."
    )
    child_quantity = fields.Float(
        digits="Product Unit", help="How much of the child was made."
    )
    kind = fields.Selection([("production", "Production")], required=True)
    attribution = fields.Selection(
        [
            ("exact", "Exact"),
            ("proportional", "Proportional"),
            ("possible", "Possible"),
        ],
        required=True,
        help="Exact: all of it went there. Proportional: several lots were made "
        "together and share it by quantity. Possible: one of several units has it.",
    )
    consume_line_id = fields.Many2one("stock.move.line", ondelete="cascade", index=True)
    produce_line_id = fields.Many2one("stock.move.line", ondelete="cascade", index=True)
    reference = fields.Char(related="produce_line_id.reference")
    date = fields.Datetime()
    # No index of its own: a planner without statistics would walk along it.
    company_id = fields.Many2one("res.company")

    # Both cover a walk, so that it reads indexes alone.
    _walk_down_idx = models.Index("(parent_lot_id, child_lot_id) INCLUDE (company_id)")
    _walk_up_idx = models.Index("(child_lot_id, parent_lot_id) INCLUDE (company_id)")

    @api.model
    def _rebuild(self):
        """Write all links anew from core's records, in two statements."""
        self._flush_sources()
        self.env.cr.execute(SQL("DELETE FROM stock_lot_link"))
        self.env.cr.execute(self._insert_sql(SQL("TRUE")))
        self.invalidate_model()

    @api.model
    def _sync(self, lines):
        """Write the links of ``lines`` and of all that shares their ingredients anew.

        :param lines: stock.move.line on either side of a production
        """
        if not lines:
            return
        self._flush_sources()
        consumed = self._consumed_line_ids(lines)
        self.env.cr.execute(
            SQL(
                "DELETE FROM stock_lot_link"
                " WHERE produce_line_id = ANY(%s) OR consume_line_id = ANY(%s)",
                lines.ids,
                lines.ids + consumed,
            )
        )
        condition = SQL("rel.produce_line_id = ANY(%s)", consumed)
        self.env.cr.execute(self._insert_sql(condition))
        self.invalidate_model()

    def _flush_sources(self):
        self.env["stock.move.line"].flush_model()
        self.env["stock.lot"].flush_model()

    def _consumed_line_ids(self, lines):
        """Return ids of the consumed lines that ``lines`` are, or were made from."""
        self.env.cr.execute(
            SQL(
                # Core's column names are the wrong way round: the column
                # produce_line_id holds the line that was consumed.
                "SELECT DISTINCT produce_line_id FROM stock_move_line_consume_rel"
                " WHERE consume_line_id = ANY(%s) OR produce_line_id = ANY(%s)",
                lines.ids,
                lines.ids,
            )
        )
        return [line_id for (line_id,) in self.env.cr.fetchall()]

    def _insert_sql(self, condition):
        """Return the statement that makes the links of the pairs meeting ``condition``.

        A consumed line whose product went into several lots made together is shared by
        the quantities made, product by product.
        """
        return SQL(
            """
            INSERT INTO stock_lot_link (
                parent_lot_id, child_lot_id, parent_quantity, child_quantity, kind,
                attribution, consume_line_id, produce_line_id, date, company_id)
            SELECT
                consumed.lot_id, made.lot_id,
                consumed.quantity_product_uom * COALESCE(
                    made.quantity_product_uom
                    / NULLIF(SUM(made.quantity_product_uom) OVER siblings, 0), 0),
                made.quantity_product_uom,
                'production',
                CASE
                    WHEN COUNT(*) OVER outcomes = 1 THEN 'exact'
                    WHEN template.tracking = 'serial' THEN 'possible'
                    ELSE 'proportional'
                END,
                consumed.id, made.id, made.date, made.company_id
            FROM stock_move_line_consume_rel rel
            JOIN stock_move_line consumed ON consumed.id = rel.produce_line_id
            JOIN stock_move_line made ON made.id = rel.consume_line_id
            JOIN product_product product ON product.id = made.product_id
            JOIN product_template template ON template.id = product.product_tmpl_id
            WHERE consumed.lot_id IS NOT NULL AND made.lot_id IS NOT NULL
              AND consumed.state = 'done' AND made.state = 'done'
              AND consumed.quantity_product_uom > 0 AND made.quantity_product_uom > 0
              AND (%s)
            WINDOW outcomes AS (PARTITION BY consumed.id),
                   siblings AS (PARTITION BY consumed.id, made.product_id)
            """,
            condition,
        )
