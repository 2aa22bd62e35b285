from odoo import models
from odoo.tools import SQL


class StockLotLinkSource(models.AbstractModel):
    """How a consumed line is shared by what was made of it, product by product.

    First goes what people have attributed (``stock.lot.attribution``); the rest is
    shared by the quantities made, less what each made line has been given already of
    that product.
    """

    _inherit = "stock.lot.link.source"

    def _has_attributions(self):
        query = SQL("SELECT EXISTS (SELECT FROM stock_lot_attribution)")
        return self.env.execute_query(query)[0][0]

    def _links_without_attributions(self, facts):
        """Return what ``_links`` does, but faster: as long as nobody has said."""
        return SQL(
            """
            SELECT *,
                CASE WHEN is_plausible THEN consumed_quantity * child_quantity
                    / SUM(child_quantity) FILTER (WHERE is_plausible) OVER siblings
                    ELSE 0 END AS parent_quantity,
                is_plausible AND (
                    COUNT(*) FILTER (WHERE is_plausible) OVER siblings = 1
                    OR MIN(child_lot_id) FILTER (WHERE is_plausible) OVER siblings
                     = MAX(child_lot_id) FILTER (WHERE is_plausible) OVER siblings
                ) AS is_certain,
                %(mixed)s AS is_mixed
            FROM (%(facts)s) fact
            WINDOW
                ingredients AS (PARTITION BY produce_line_id, parent_product_id),
                siblings AS (PARTITION BY consume_line_id, child_product_id)
            """,
            facts=facts,
            # Only units ask which of several lots is in them: it costs a sort of all.
            mixed=self._is_mixed_sql() if self._has_serial_products() else SQL("FALSE"),
        )

    def _has_serial_products(self):
        query = SQL(
            "SELECT EXISTS (SELECT FROM product_template WHERE tracking = 'serial')"
        )
        return self.env.execute_query(query)[0][0]

    def _is_mixed_sql(self):
        """Return whether several lots of an ingredient went into a made line."""
        return SQL(
            "MIN(parent_lot_id) FILTER (WHERE is_plausible) OVER ingredients"
            " <> MAX(parent_lot_id) FILTER (WHERE is_plausible) OVER ingredients"
        )

    def _links(self, facts, wanted=None):
        """Return the query of who got how much, and whether that is certain.

        :param wanted: condition on ``consume_line_id``, None for all
        """
        return SQL(
            """
            SELECT *,
                attributed + CASE WHEN is_plausible THEN remaining * COALESCE(
                    capacity / NULLIF(SUM(capacity) OVER siblings, 0),
                    child_quantity / siblings_quantity) ELSE 0 END AS parent_quantity,
                attributed > 0 OR is_plausible AND (siblings_count = 1
                    OR MIN(child_lot_id) FILTER (WHERE attributed > 0 OR capacity > 0)
                        OVER siblings
                     = MAX(child_lot_id) FILTER (WHERE attributed > 0 OR capacity > 0)
                        OVER siblings) AS is_certain
            FROM (%(shared)s) shared
            WHERE %(wanted)s
              AND (attributed > 0 OR NOT is_plausible
                   OR remaining > 1e-9 AND (capacity > 1e-9 OR NOT has_capacity))
            WINDOW siblings AS (PARTITION BY consume_line_id, child_product_id)
            """,
            shared=self._shared(facts),
            wanted=wanted or SQL("TRUE"),
        )

    def _shared(self, facts):
        """Return the query of what is left of each consumed line, and room for it.

        ``remaining``: what nobody has said where it went. ``capacity``: which part of a
        made line can still have of the product, if all made lines have alike.
        """
        return SQL(
            """
            SELECT *,
                MAX(capacity) OVER (PARTITION BY consume_line_id, child_product_id)
                    > 1e-9 AS has_capacity
            FROM (
                SELECT *,
                    GREATEST(consumed_quantity - SUM(attributed) OVER siblings, 0)
                        AS remaining,
                    SUM(child_quantity) FILTER (WHERE is_plausible) OVER siblings
                        AS siblings_quantity,
                    COUNT(*) FILTER (WHERE is_plausible) OVER siblings
                        AS siblings_count,
                    CASE WHEN is_plausible THEN child_quantity * GREATEST(0, 1
                        - SUM(attributed) OVER ingredients
                        * SUM(child_quantity) FILTER (WHERE is_plausible) OVER siblings
                        / (SUM(consumed_quantity) FILTER (WHERE is_plausible)
                            OVER ingredients * child_quantity)
                    ) ELSE 0 END AS capacity,
                    %(mixed)s AS is_mixed
                FROM (%(facts)s) fact
                WINDOW
                    ingredients AS (PARTITION BY produce_line_id, parent_product_id),
                    siblings AS (PARTITION BY consume_line_id, child_product_id)
            ) counted
            """,
            facts=facts,
            mixed=self._is_mixed_sql(),
        )

    def _facts(self, pairs, optimization_barrier):
        """Return the query of the pairs that count; no texts yet: they sort slowly.

        Quantities stay as they are stored: turned to binary and back takes longer.

        :param optimization_barrier: as for ``_pair_sources``, here to look up lines
            pair by pair
        """
        return SQL(
            """
            SELECT consumed.id AS consume_line_id, made.id AS produce_line_id,
                consumed.move_id AS consumed_move_id, made.move_id AS made_move_id,
                consumed.lot_id AS parent_lot_id, made.lot_id AS child_lot_id,
                consumed.product_id AS parent_product_id,
                made.product_id AS child_product_id,
                consumed.quantity_product_uom AS consumed_quantity,
                made.quantity_product_uom AS child_quantity,
                COALESCE(attribution.quantity, 0) AS attributed,
                (%(plausible)s) AS is_plausible,
                made.date, consumed.date AS used_date, made.company_id
            FROM (%(pairs)s) pair
            CROSS JOIN LATERAL (SELECT * FROM stock_move_line
                WHERE id = pair.consumed_id %(optimization_barrier)s) consumed
            CROSS JOIN LATERAL (SELECT * FROM stock_move_line
                WHERE id = pair.made_id %(optimization_barrier)s) made
            LEFT JOIN stock_lot_attribution attribution
              ON attribution.consume_line_id = consumed.id
             AND attribution.produce_line_id = made.id
            WHERE consumed.state = 'done' AND made.state = 'done'
              AND consumed.quantity_product_uom > 0 AND made.quantity_product_uom > 0
              AND (consumed.lot_id IS NOT NULL OR made.lot_id IS NOT NULL)
              AND ((%(kept)s) OR attribution.id IS NOT NULL)
            """,
            pairs=pairs,
            optimization_barrier=optimization_barrier,
            plausible=self._plausible(),
            kept=self._kept(),
        )
