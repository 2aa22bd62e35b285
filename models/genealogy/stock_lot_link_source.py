from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL


class StockLotLinkSource(models.AbstractModel):
    """Derives the genealogy from core's records, for many lines in a few statements.

    A *pair* is a consumed and a made move line of one operation. Where core's pairs
    are wrong or missing, a bridge overrides ``_pair_sources`` and ``_plausible``, where
    ``consumed`` and ``made`` are the two lines. What it knows beyond that it adds to
    ``_columns`` and ``_joins``, where ``link`` is a row of ``_links`` and
    ``consumed_move`` and ``made_move`` are the lines' moves.

    How a consumed line is shared by what was made of it, product by product: first
    goes what people have said (``stock.lot.attribution``); the rest is shared by the
    quantities made, less what each made line has been given already of that product.
    """

    _name = "stock.lot.link.source"
    _description = "Derivation of the Batch Genealogy"

    # -- what a bridge extends

    @api.model
    def _pair_sources(self, fence):
        """Return SELECTs of ``consumed_id, made_id``; no two give the same pair.

        :param fence: end a subquery by this to have it worked off first when all pairs
            are asked for; when few are, it is empty and the planner knows better
        """
        return self._core_pairs()

    @api.model
    def _core_pairs(self):
        """Return SELECTs as ``_pair_sources`` does, of the pairs core has noted."""
        # Core's column names are the wrong way round: its produce_line_id holds the
        # line that was consumed.
        return [
            SQL(
                "SELECT produce_line_id AS consumed_id, consume_line_id AS made_id"
                " FROM stock_move_line_consume_rel"
            )
        ]

    @api.model
    def _plausible(self):
        """Return the condition that tells pairs from those core has made up."""
        return SQL("TRUE")

    @api.model
    def _joins(self, is_all):
        """Return further joins that ``_columns`` needs.

        :param bool is_all: True when all links are written, and not just a few
        """
        return SQL("LEFT JOIN stock_lot_operation operation %s", self._on_operation())

    def _on_operation(self):
        return SQL("ON operation.id = made_move.lot_operation_id")

    @api.model
    def _columns(self):
        """Return ``{column: expression}`` of what links and gaps tell beyond lots."""
        model = SQL("CASE WHEN operation.id IS NOT NULL THEN 'stock.lot.operation' END")
        return {
            "kind": SQL("COALESCE(operation.kind, 'production')"),
            "reference": SQL("COALESCE(operation.name, made_move.reference)"),
            "document_model": model,
            "document_id": SQL("operation.id"),
            "equipment": SQL("NULL::varchar"),
            "date": SQL("link.date"),
            "company_id": SQL("link.company_id"),
        }

    def _flush_sources(self):
        """Bring to the database what the queries here read."""
        for model in ("stock.move.line", "stock.move", "stock.lot.attribution"):
            self.env[model].flush_model()
        self.env["product.template"].flush_model(["tracking"])

    # -- the queries

    def _pairs(self, condition=None):
        fence = SQL() if condition else SQL("OFFSET 0")
        sources = SQL(" UNION ALL ").join(self._pair_sources(fence))
        where = condition or SQL("TRUE")
        return SQL("SELECT * FROM (%s) source WHERE %s", sources, where)

    def _all_consumed(self):
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT consumed_id FROM (%s) pair ORDER BY 1", self._pairs())
        )
        return [line_id for (line_id,) in rows]

    def _made_of_each(self, consumed_ids):
        """Return ``{consumed line id: {ids of lines made of it}}``."""
        made = defaultdict(set)
        pairs = self._pairs(SQL("consumed_id = ANY(%s)", list(consumed_ids)))
        for consumed_id, made_id in self.env.execute_query(pairs):
            made[consumed_id].add(made_id)
        return made

    def _concerned(self, lines, fresh):
        """Return ids of consumed lines that ``lines`` are, or are or were made from."""
        queries = [
            self._pairs(SQL("consumed_id = ANY(%s)", lines.ids)),
            self._pairs(SQL("made_id = ANY(%s)", lines.ids)),
        ]
        if not fresh:
            queries += [
                SQL(
                    "SELECT consume_line_id, produce_line_id FROM %s"
                    " WHERE produce_line_id = ANY(%s) AND kind <> 'manual'",
                    *(SQL.identifier(table), lines.ids),
                )
                for table in ("stock_lot_link", "stock_lot_gap")
            ]
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT consumed_id FROM (%s) pair",
                SQL(" UNION ALL ").join(queries),
            )
        )
        return [line_id for (line_id,) in rows]

    def _derived(self, consumed_ids=None):
        """Return the query of all that follows from core for these consumed lines.

        :param consumed_ids: None for all
        """
        is_all = consumed_ids is None
        if is_all:
            facts = self._facts(self._pairs(), SQL())
            links = (
                self._links(facts) if self._is_anything_said() else self._plain(facts)
            )
        else:
            made_ids = self._made_from(consumed_ids)
            pairs = self._pairs(SQL("made_id = ANY(%s)", made_ids))
            # Pair by pair: a planner that does not know today's lines reads them all.
            facts = self._facts(pairs, SQL("OFFSET 0"))
            links = self._links(facts, SQL("consume_line_id = ANY(%s)", consumed_ids))
        columns = SQL(", ").join(
            SQL("%s AS %s", expression, SQL.identifier(name))
            for name, expression in self._columns().items()
        )
        return SQL(
            """
            SELECT link.consume_line_id, link.produce_line_id,
                link.parent_lot_id, link.child_lot_id,
                link.parent_product_id, link.child_product_id,
                link.parent_quantity, link.child_quantity,
                parent_template.tracking AS parent_tracking,
                child_template.tracking AS child_tracking,
                CASE
                    WHEN link.is_certain THEN 'exact'
                    WHEN child_template.tracking = 'serial'
                     AND (link.is_mixed OR parent_template.tracking = 'serial')
                    THEN 'possible'
                    ELSE 'proportional'
                END AS attribution,
                %(columns)s
            FROM (%(links)s) link
            JOIN stock_move consumed_move ON consumed_move.id = link.consumed_move_id
            JOIN stock_move made_move ON made_move.id = link.made_move_id
            JOIN product_product parent ON parent.id = link.parent_product_id
            JOIN product_template parent_template
              ON parent_template.id = parent.product_tmpl_id
            JOIN product_product child ON child.id = link.child_product_id
            JOIN product_template child_template
              ON child_template.id = child.product_tmpl_id
            %(joins)s
            """,
            columns=columns,
            links=links,
            joins=self._joins(is_all),
        )

    def _made_from(self, consumed_ids):
        pairs = self._pairs(SQL("consumed_id = ANY(%s)", consumed_ids))
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT made_id FROM (%s) pair", pairs)
        )
        return [line_id for (line_id,) in rows]

    def _is_anything_said(self):
        query = SQL("SELECT EXISTS (SELECT FROM stock_lot_attribution)")
        return self.env.execute_query(query)[0][0]

    def _plain(self, facts):
        """Return what ``_links`` does, but faster: as long as nobody has said."""
        return SQL(
            """
            SELECT *,
                consumed_quantity * child_quantity / SUM(child_quantity) OVER siblings
                    AS parent_quantity,
                COUNT(*) OVER siblings = 1 OR MIN(child_lot_id) OVER siblings
                    = MAX(child_lot_id) OVER siblings AS is_certain,
                %(mixed)s AS is_mixed
            FROM (%(facts)s) fact
            WINDOW
                ingredients AS (PARTITION BY produce_line_id, parent_product_id),
                siblings AS (PARTITION BY consume_line_id, child_product_id)
            """,
            facts=facts,
            # Only units ask which of several lots is in them: it costs a sort of all.
            mixed=self._mixed() if self._are_there_units() else SQL("FALSE"),
        )

    def _are_there_units(self):
        query = SQL(
            "SELECT EXISTS (SELECT FROM product_template WHERE tracking = 'serial')"
        )
        return self.env.execute_query(query)[0][0]

    def _mixed(self):
        """Return whether several lots of an ingredient went into a made line."""
        return SQL(
            "MIN(parent_lot_id) OVER ingredients <> MAX(parent_lot_id) OVER ingredients"
        )

    def _links(self, facts, wanted=None):
        """Return the query of who got how much, and whether that is certain.

        :param wanted: condition on ``consume_line_id``, None for all
        """
        return SQL(
            """
            SELECT *,
                said + rest * COALESCE(
                    room / NULLIF(SUM(room) OVER siblings, 0),
                    child_quantity / siblings_quantity) AS parent_quantity,
                said > 0 OR siblings_count = 1
                    OR MIN(child_lot_id) FILTER (WHERE said > 0 OR room > 0)
                        OVER siblings
                     = MAX(child_lot_id) FILTER (WHERE said > 0 OR room > 0)
                        OVER siblings AS is_certain
            FROM (%(shared)s) shared
            WHERE %(wanted)s
              AND (said > 0 OR rest > 1e-9 AND (room > 1e-9 OR NOT has_room))
            WINDOW siblings AS (PARTITION BY consume_line_id, child_product_id)
            """,
            shared=self._shared(facts),
            wanted=wanted or SQL("TRUE"),
        )

    def _shared(self, facts):
        """Return the query of what is left of each consumed line, and room for it.

        ``rest``: what nobody has said where it went. ``room``: which part of a made
        line can still have of the product, if all made lines have alike.
        """
        return SQL(
            """
            SELECT *, MAX(room) OVER (PARTITION BY consume_line_id, child_product_id)
                > 1e-9 AS has_room
            FROM (
                SELECT *,
                    GREATEST(consumed_quantity - SUM(said) OVER siblings, 0) AS rest,
                    SUM(child_quantity) OVER siblings AS siblings_quantity,
                    COUNT(*) OVER siblings AS siblings_count,
                    child_quantity * GREATEST(0, 1
                        - SUM(said) OVER ingredients * SUM(child_quantity) OVER siblings
                        / (SUM(consumed_quantity) OVER ingredients * child_quantity)
                    ) AS room,
                    %(mixed)s AS is_mixed
                FROM (%(facts)s) fact
                WINDOW
                    ingredients AS (PARTITION BY produce_line_id, parent_product_id),
                    siblings AS (PARTITION BY consume_line_id, child_product_id)
            ) counted
            """,
            facts=facts,
            mixed=self._mixed(),
        )

    def _facts(self, pairs, fence):
        """Return the query of the pairs that count; no words yet: they sort slowly.

        Quantities stay as they are stored: turned to binary and back takes longer.

        :param fence: as for ``_pair_sources``, here to look up lines pair by pair
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
                COALESCE(attribution.quantity, 0) AS said,
                made.date, made.company_id
            FROM (%(pairs)s) pair
            CROSS JOIN LATERAL (SELECT * FROM stock_move_line
                WHERE id = pair.consumed_id %(fence)s) consumed
            CROSS JOIN LATERAL (SELECT * FROM stock_move_line
                WHERE id = pair.made_id %(fence)s) made
            LEFT JOIN stock_lot_attribution attribution
              ON attribution.consume_line_id = consumed.id
             AND attribution.produce_line_id = made.id
            WHERE consumed.state = 'done' AND made.state = 'done'
              AND consumed.quantity_product_uom > 0 AND made.quantity_product_uom > 0
              AND (consumed.lot_id IS NOT NULL OR made.lot_id IS NOT NULL)
              AND (%(plausible)s)
            """,
            pairs=pairs,
            fence=fence,
            plausible=self._plausible(),
        )
