from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import SQL

TRACE, YEAR = "trace", "year"
PLACES = [(TRACE, "In this trace"), (YEAR, "In the last 12 months")]


class StockRecallUntraced(models.Model):
    """A product that was used or sent out without a batch: it cannot be traced well.

    Found when a drill is measured; kept with it as it was then.
    """

    _name = "stock.recall.untraced"
    _description = "Product Traced Badly"
    _order = "place, percent desc, id"
    _rec_name = "product_id"

    recall_id = fields.Many2one(
        "stock.recall", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="recall_id.company_id", store=True)
    product_id = fields.Many2one("product.product", required=True, ondelete="cascade")
    unit_id = fields.Many2one(related="product_id.uom_id")
    place = fields.Selection(PLACES, "Where", required=True)
    moved = fields.Float(
        "Used or sent", digits="Product Unit", help="Into production, or to customers."
    )
    without = fields.Float("Without a batch", digits="Product Unit")
    percent = fields.Float("Share (%)", digits=(5, 1))


class StockRecall(models.Model):
    """Which products cannot be traced well, in a drill's trace and in the last year."""

    _inherit = "stock.recall"

    untraced_ids = fields.One2many(
        "stock.recall.untraced", "recall_id", "Products traced badly", readonly=True
    )

    def _find_untraced(self):
        """Write down anew what went without a batch."""
        self.ensure_one()
        self.untraced_ids.unlink()
        moved = {TRACE: self._used_sql(), YEAR: self._year_sql()}
        self.untraced_ids.create(
            [
                {
                    "recall_id": self.id,
                    "product_id": product_id,
                    "place": place,
                    "moved": quantity,
                    "without": without,
                    "percent": 100 * without / quantity,
                }
                for place, query in moved.items()
                for product_id, quantity, without in self._moved(query)
                if without > 0 and quantity > 0
            ]
        )

    def _used_in_trace(self):
        """Return ``[(used, without a batch)]`` of each product used in the trace."""
        return [row[1:] for row in self._moved(self._used_sql())]

    def _moved(self, lines):
        """Return ``[(product id, quantity, of that without a batch)]`` of goods kept.

        :param SQL lines: a query of ids of done stock.move.line
        """
        for model in ("stock.move.line", "product.template", "stock.recall.lot"):
            self.env[model].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT line.product_id, SUM(line.quantity_product_uom)::float8,
                       COALESCE(SUM(line.quantity_product_uom)
                                FILTER (WHERE line.lot_id IS NULL), 0)::float8
                FROM stock_move_line line
                JOIN product_product variant ON variant.id = line.product_id
                JOIN product_template product ON product.id = variant.product_tmpl_id
                WHERE line.id IN (%s) AND product.is_storable
                GROUP BY 1 ORDER BY 1
                """,
                lines,
            )
        )

    def _used_sql(self):
        """Return the query of what went into the batches of this recall.

        Core's columns are called the other way round: what was used stands under
        ``produce_line_id``.
        """
        return SQL(
            """
            SELECT pair.produce_line_id
            FROM stock_recall_lot reached
            JOIN stock_move_line made
              ON made.lot_id = reached.lot_id AND made.state = 'done'
            JOIN stock_move_line_consume_rel pair ON pair.consume_line_id = made.id
            JOIN stock_move_line used
              ON used.id = pair.produce_line_id AND used.state = 'done'
            WHERE reached.recall_id = %s
            """,
            self.id,
        )

    def _year_sql(self):
        """Return the query of what the company used or sent in the last 12 months."""
        return SQL(
            """
            SELECT moved.id
            FROM stock_move_line moved
            JOIN stock_location source ON source.id = moved.location_id
            JOIN stock_location target ON target.id = moved.location_dest_id
            WHERE moved.state = 'done' AND moved.date >= %s AND moved.company_id = %s
              AND source.usage IN ('internal', 'transit')
              AND target.usage IN ('production', 'customer')
            """,
            fields.Datetime.now() - relativedelta(months=12),
            self.company_id.id,
        )
