from odoo import models
from odoo.tools import SQL

from odoo.addons.batch_tracking.tools.genealogy.steps import SAME_MOMENT


class StockLotLinkSource(models.AbstractModel):
    """Puts right what Manufacturing notes wrongly, or not at all.

    Core pairs all that one posting consumed with all that the order ever made: it
    forgets what was consumed before, and pairs later components with earlier products.
    Of an unbuild it pairs by-products only.
    """

    _inherit = "stock.lot.link.source"

    def _pair_sources(self, optimization_barrier):
        return [
            *super()._pair_sources(optimization_barrier),
            *self._order_pairs(optimization_barrier),
            self._unbuild_pairs(),
        ]

    def _order_pairs(self, optimization_barrier):
        """Return pairs of manufacturing orders of which core knows one line at most."""
        unused = self._forgotten(
            "raw_material_production_id", "produce_line_id", optimization_barrier
        )
        unmade = self._forgotten(
            "production_id", "consume_line_id", optimization_barrier
        )
        used = SQL(
            "EXISTS (SELECT FROM stock_move_line_consume_rel rel"
            " WHERE rel.produce_line_id = consumed.id)"
        )
        return [
            self._pairs_of_orders(unused, self._lines_of("production_id"), SQL("TRUE")),
            self._pairs_of_orders(
                self._lines_of("raw_material_production_id"), unmade, used
            ),
        ]

    def _pairs_of_orders(self, consumed, made, condition):
        return SQL(
            "SELECT consumed.id AS consumed_id, made.id AS made_id"
            " FROM (%s) consumed JOIN (%s) made USING (order_id) WHERE %s",
            consumed,
            made,
            condition,
        )

    def _lines_of(self, column):
        """Return done lines of orders: ``id, order_id``, not those of scrap.

        :param str column: by which column of stock.move they belong to an order
        """
        side = "location_id" if column == "production_id" else "location_dest_id"
        # As an array: of a join the planner thinks that it leaves hardly any lines.
        return SQL(
            """
            SELECT line.id, move.%(column)s AS order_id
            FROM stock_move_line line
            JOIN stock_move move ON move.id = line.move_id
            WHERE move.%(column)s IS NOT NULL AND line.state = 'done'
              AND move.%(side)s = ANY(ARRAY(
                SELECT id FROM stock_location WHERE usage = 'production'))
            """,
            column=SQL.identifier(column),
            side=SQL.identifier(side),
        )

    def _forgotten(self, column, relation_column, optimization_barrier):
        """Return the lines of orders that core has paired with nothing."""
        return SQL(
            "SELECT * FROM (%s) known WHERE NOT EXISTS ("
            "SELECT FROM stock_move_line_consume_rel rel WHERE rel.%s = known.id) %s",
            self._lines_of(column),
            SQL.identifier(relation_column),
            optimization_barrier,
        )

    def _unbuild_pairs(self):
        """Return pairs of what was taken apart and what was won."""
        return SQL(
            """
            SELECT consumed.id AS consumed_id, made.id AS made_id
            FROM stock_move taken
            JOIN stock_location target
              ON target.id = taken.location_dest_id AND target.usage = 'production'
            JOIN stock_move won ON won.unbuild_id = taken.unbuild_id
            JOIN stock_location source
              ON source.id = won.location_id AND source.usage = 'production'
            JOIN stock_move_line consumed ON consumed.move_id = taken.id
            JOIN stock_move_line made ON made.move_id = won.id
            WHERE taken.unbuild_id IS NOT NULL
              AND consumed.state = 'done' AND made.state = 'done'
              AND NOT EXISTS (
                SELECT FROM stock_move_line_consume_rel rel
                WHERE rel.produce_line_id = consumed.id
                  AND rel.consume_line_id = made.id)
            """
        )

    def _plausible(self):
        """Leave what was consumed after a lot was made to lots made later.

        A component that was added when all was made stays with all of it.
        """
        return SQL(
            "%s AND (consumed.date <= made.date OR NOT EXISTS (%s))",
            super()._plausible(),
            self._made_later(SQL("TRUE")),
        )

    def _kept(self):
        """Keep what core has paired and dates contradict: dates may be wrong.

        Not what is made of the same batch later as well, nor what lies so close
        together that dates would not contradict it.
        """
        return SQL(
            """
            %s OR (consumed.lot_id IS NOT NULL AND made.lot_id IS NOT NULL
                AND consumed.date > made.date + MAKE_INTERVAL(secs => %s)
                AND NOT EXISTS (%s))
            """,
            super()._kept(),
            SAME_MOMENT,
            self._made_later(SQL("later.lot_id = made.lot_id")),
        )

    def _made_later(self, condition):
        """Return what the order of ``made`` has made since ``consumed`` was used."""
        return SQL(
            """
            SELECT FROM stock_move this
            JOIN stock_move later_move
              ON later_move.production_id = this.production_id
            JOIN stock_move_line later ON later.move_id = later_move.id
            WHERE this.id = made.move_id AND later.product_id = made.product_id
              AND later.state = 'done' AND later.date >= consumed.date AND %s
            """,
            condition,
        )

    def _joins(self, is_all):
        return SQL(
            """
            %(others)s
            LEFT JOIN mrp_production production
              ON production.id = made_move.production_id
            LEFT JOIN mrp_workorder own_work
              ON own_work.id = consumed_move.workorder_id
            LEFT JOIN mrp_workcenter own_center
              ON own_center.id = own_work.workcenter_id
            %(equipment)s
            """,
            others=super()._joins(is_all),
            equipment=self._equipment(is_all),
        )

    def _equipment(self, is_all):
        """Return the join of the work centers of an order, the last one apart."""
        of_order = SQL("AND work.production_id = made_move.production_id")
        orders = SQL(
            """
            SELECT work.production_id, string_agg(DISTINCT center.name, ', ') AS names,
                   (array_agg(center.id ORDER BY work.id DESC))[1] AS workcenter_id
            FROM mrp_workorder work
            JOIN mrp_workcenter center ON center.id = work.workcenter_id
            WHERE work.state <> 'cancel' %s
            GROUP BY work.production_id
            """,
            SQL() if is_all else of_order,
        )
        return SQL(
            "LEFT JOIN %s (%s) equipment"
            " ON equipment.production_id = made_move.production_id",
            SQL() if is_all else SQL("LATERAL"),
            orders,
        )

    def _columns(self):
        columns = super()._columns()
        unbuild = SQL("COALESCE(made_move.unbuild_id, consumed_move.unbuild_id)")
        return {
            **columns,
            "kind": SQL(
                "CASE WHEN %s IS NOT NULL THEN 'unbuild'"
                " WHEN link.child_product_id <> production.product_id THEN 'byproduct'"
                " ELSE %s END",
                unbuild,
                columns["kind"],
            ),
            "document_model": SQL(
                "CASE WHEN %s IS NOT NULL THEN 'mrp.unbuild'"
                " WHEN production.id IS NOT NULL THEN 'mrp.production' ELSE %s END",
                unbuild,
                columns["document_model"],
            ),
            "document_id": SQL(
                "COALESCE(%s, production.id, %s)",
                unbuild,
                columns["document_id"],
            ),
            "equipment": SQL("COALESCE(own_center.name, equipment.names)"),
            "workcenter_id": SQL("COALESCE(own_center.id, equipment.workcenter_id)"),
        }
