from collections import defaultdict

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

# What is asked of each ``line``, looked up by index: hence LIMIT instead of EXISTS,
# which PostgreSQL answers by hashing a whole table.
OUTGOING = """(
    SELECT type.code = 'outgoing'
    FROM stock_picking picking
    JOIN stock_picking_type type ON type.id = picking.picking_type_id
    WHERE picking.id = line.picking_id
)"""
CONSUMED = """(
    SELECT rel.produce_line_id FROM stock_move_line_consume_rel rel
    WHERE rel.produce_line_id = line.id LIMIT 1
)"""
MADE_LOT = """(
    SELECT made.lot_id FROM stock_move_line_consume_rel rel
    JOIN stock_move_line made ON made.id = rel.consume_line_id
    WHERE rel.produce_line_id = line.id AND made.lot_id IS NOT NULL"""


class StockLot(models.Model):
    """Core's own delivery fields, answered by one walk along core's own pairs.

    Core finds the deliveries of a lot by hashing all outgoing transfers of the
    database, level by level; every lot form pays for that. The index (lot, state) lets
    one statement give the same answer from the lines of the lots concerned alone. It
    reads the pairs of move lines as core does, not our links: these also know what core
    does not, and core's fields shall say what core says.
    """

    _inherit = "stock.lot"

    def _find_delivery_ids_by_lot_iterative(self):
        if self._counts_dropships() is None:
            return super()._find_delivery_ids_by_lot_iterative()
        found = defaultdict(list)
        for lot_id, picking_id in self._fetch_deliveries(
            SQL("SELECT DISTINCT root, picking_id FROM delivery")
        ):
            found[lot_id].append(picking_id)
        # A lot that is being typed asks as well: other addons look it up by its id.
        return {lot.id: found.get(lot._origin.id, []) for lot in self}

    def _find_delivery_ids_by_lot(self, lot_path=None, delivery_by_lot=None):
        if lot_path is None and self._counts_dropships() is not None:
            return self._find_delivery_ids_by_lot_iterative()
        return super()._find_delivery_ids_by_lot(lot_path, delivery_by_lot)

    def _compute_partner_ids(self):
        # Core names the buyer instead of the supplier of what is sent straight.
        if self._counts_dropships() is not False:
            return super()._compute_partner_ids()
        partners = defaultdict(list)
        rows = self._fetch_deliveries(
            SQL(
                """
                SELECT delivery.root, picking.partner_id
                FROM delivery JOIN stock_picking picking
                  ON picking.id = delivery.picking_id
                WHERE picking.partner_id IS NOT NULL
                GROUP BY 1, 2 ORDER BY MAX(picking.date_done) DESC, 2
                """
            )
        )
        for lot_id, partner_id in rows:
            partners[lot_id].append(partner_id)
        for lot in self:
            lot.partner_ids = partners[lot.id]
        return None

    def _counts_dropships(self):
        """Return whether what a supplier sends straight to a customer goes out too.

        :return: None where another addon has its own idea of what goes out
        """
        core = [
            Domain("picking_code", "=", "outgoing"),
            Domain("move_id.picking_code", "=", "outgoing"),
            Domain("produce_line_ids", "!=", False),
        ]
        straight = Domain("location_dest_id.usage", "=", "customer")
        straight &= Domain("location_id.usage", "=", "supplier")
        asked = Domain(self._get_outgoing_domain())
        if asked == Domain.OR(core):
            return False
        return True if asked == Domain.OR([*core, straight]) else None

    def _fetch_deliveries(self, question):
        """Return the rows of ``question`` about ``delivery(root, picking_id)``.

        :param SQL question: a SELECT; ``root`` is one of these lots
        """
        if not self.ids:
            return []
        self.env["stock.lot.trace"]._flush_moves()
        return self.env.execute_query(SQL("%s %s", self._delivery_walk_sql(), question))

    def _delivery_walk_sql(self):
        """Return the WITH clause that defines ``delivery(root, picking_id)``."""
        return SQL(
            """
            WITH RECURSIVE reached(root, lot_id) AS (
                SELECT id, id FROM unnest(%(lot_ids)s::int[]) id
                UNION
                SELECT reached.root, made.lot_id
                FROM reached
                JOIN stock_move_line line
                  ON line.lot_id = reached.lot_id AND line.state = 'done'
                -- Core's column names are the wrong way round.
                JOIN stock_move_line_consume_rel rel
                  ON rel.produce_line_id = line.id
                JOIN stock_move_line made
                  ON made.id = rel.consume_line_id AND made.lot_id IS NOT NULL
                WHERE %(may_see_line)s AND %(may_see_made)s
            ), delivery AS (
                SELECT reached.root, line.picking_id
                FROM reached
                -- Lot by lot: a join would hash all transfers for a few lines.
                CROSS JOIN LATERAL (
                    SELECT line.* FROM stock_move_line line
                    WHERE line.lot_id = reached.lot_id AND line.state = 'done'
                      AND line.picking_id IS NOT NULL AND %(may_see_line)s
                    OFFSET 0
                ) line
                WHERE (%(outgoing)s OR %(dropship)s OR %(consumed)s IS NOT NULL)
                  AND %(made_lot)s IS NULL
            )
            """,
            lot_ids=self.ids,
            may_see_line=self._visible_sql("line"),
            may_see_made=self._visible_sql("made"),
            outgoing=SQL(OUTGOING),
            dropship=self._dropship_sql(),
            consumed=SQL(CONSUMED),
            made_lot=SQL(
                "%s AND %s LIMIT 1)", SQL(MADE_LOT), self._visible_sql("made")
            ),
        )

    def _visible_sql(self, table):
        """Return core's record rule for move lines."""
        if self.env.su:
            return SQL("TRUE")
        return SQL(
            "%s = ANY(%s)",
            SQL.identifier(table, "company_id"),
            self.env.companies.ids,
        )

    def _dropship_sql(self):
        if not self._counts_dropships():
            return SQL("FALSE")
        place = "(SELECT usage FROM stock_location WHERE id = %s)"
        return SQL(
            f"{place} = 'customer' AND {place} = 'supplier'",
            SQL("line.location_dest_id"),
            SQL("line.location_id"),
        )
