import logging

from odoo import api, models
from odoo.tools import SQL

from ..tools import bulk

_logger = logging.getLogger(__name__)


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
        # Core's column names are the wrong way round: its produce_line_id holds the
        # line that was consumed.
        if "repair_line_type" not in self.env["stock.move"]._fields:
            return [
                SQL(
                    "SELECT produce_line_id AS consumed_id, consume_line_id AS made_id"
                    " FROM stock_move_line_consume_rel"
                )
            ]
        # A part that a repair takes out was made of what is repaired.
        taken_out = SQL(
            "(SELECT FROM stock_move_line part JOIN stock_move move"
            " ON move.id = part.move_id WHERE part.id = rel.produce_line_id"
            " AND repair_line_type IN ('remove', 'recycle'))"
        )
        return [
            SQL(
                "SELECT produce_line_id AS consumed_id, consume_line_id AS made_id"
                " FROM stock_move_line_consume_rel rel WHERE NOT EXISTS %s",
                taken_out,
            ),
            SQL(
                "SELECT consume_line_id AS consumed_id, produce_line_id AS made_id"
                " FROM stock_move_line_consume_rel rel WHERE EXISTS %s",
                taken_out,
            ),
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
        kind, document = SQL("operation.kind"), SQL("operation.id")
        model = SQL("CASE WHEN operation.id IS NOT NULL THEN 'stock.lot.operation' END")
        if "repair_id" in self.env["stock.move"]._fields:
            repair = SQL("COALESCE(made_move.repair_id, consumed_move.repair_id)")
            kind = SQL(
                "CASE WHEN %s IS NOT NULL THEN 'repair' ELSE %s END", repair, kind
            )
            model = SQL(
                "CASE WHEN %s IS NOT NULL THEN 'repair.order' ELSE %s END",
                *(repair, model),
            )
            document = SQL("COALESCE(%s, %s)", repair, document)
        return {
            "kind": SQL("COALESCE(%s, 'production')", kind),
            "reference": SQL("COALESCE(operation.name, made_move.reference)"),
            "document_model": model,
            "document_id": document,
            "equipment": SQL("NULL::varchar"),
            "date": SQL("link.date"),
            "company_id": SQL("link.company_id"),
        }

    # -- writing

    @api.model
    def _sync(self, lines, fresh=False):
        """Write the links and gaps of all that ``lines`` take part in anew.

        :param lines: stock.move.line
        :param bool fresh: True when the lines have just been done, so that there are
            no links of theirs yet
        """
        self._flush_sources()
        consumed_ids = self._concerned(lines, fresh)
        if fresh and not consumed_ids:
            return
        self._delete(lines.ids, lines.ids + consumed_ids)
        self._insert(consumed_ids)
        self._forget_cache()

    @api.model
    def _rebuild(self):
        """Write all links and gaps anew, at once: fast, and others have to wait.

        For the installation; ``stock.lot.link.check`` does it bit by bit.
        """
        self._flush_sources()
        cr = self.env.cr
        _logger.info("Genealogy: deriving the links")
        with bulk.bare(cr, "stock_lot_link", "stock_lot_gap"):
            self.env["stock.lot.link"]._delete_derived(SQL("TRUE"))
            self._insert()
            _logger.info("Genealogy: %s links written, indexing them", cr.rowcount)
        cr.execute("ANALYZE stock_lot_link, stock_lot_gap")
        _logger.info("Genealogy: done")
        self._forget_cache()

    @api.model
    def _rebuild_lines(self, consumed_ids):
        """Write the links and gaps of these consumed lines anew."""
        self._flush_sources()
        self._delete([], consumed_ids)
        self._insert(consumed_ids)
        self._forget_cache()

    @api.model
    def _delete_stray(self):
        """Delete links and gaps of lines that take part in nothing any more."""
        self._flush_sources()
        pairs = SQL("SELECT consumed_id FROM (%s) pair", self._pairs())
        self.env["stock.lot.link"]._delete_derived(
            SQL("consume_line_id IS NULL OR consume_line_id NOT IN (%s)", pairs)
        )
        self._forget_cache()

    @api.model
    def _differences(self, company_ids, limit):
        """Compare what is stored with what core's records say.

        :return: ``[(problem, parent lot id, child lot id, derived quantity, stored
            quantity, reference)]``; a lot id is None where the trace has a gap, a
            quantity where there is no link; problem is ``missing``, ``superfluous`` or
            ``different``
        """
        self._flush_sources()
        self.env["stock.lot.link"].flush_model()
        self.env["stock.lot.gap"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT CASE WHEN known.consume_line_id IS NULL THEN 'missing'
                            WHEN derived.consume_line_id IS NULL THEN 'superfluous'
                            ELSE 'different' END,
                    COALESCE(derived.parent_lot_id, known.parent_lot_id),
                    COALESCE(derived.child_lot_id, known.child_lot_id),
                    derived.parent_quantity, known.parent_quantity,
                    COALESCE(derived.reference, known.reference)
                FROM (SELECT * FROM (%(derived)s) d
                    WHERE parent_lot_id IS NOT NULL OR child_lot_id IS NOT NULL) derived
                FULL JOIN (%(known)s) known USING (consume_line_id, produce_line_id)
                WHERE COALESCE(derived.company_id, known.company_id) = ANY(%(companies)s)
                  AND (derived.parent_lot_id, derived.child_lot_id, derived.kind,
                       derived.attribution, ROUND(derived.parent_quantity::numeric, 6))
                  IS DISTINCT FROM
                      (known.parent_lot_id, known.child_lot_id, known.kind,
                       COALESCE(known.attribution, derived.attribution),
                       ROUND(known.parent_quantity::numeric, 6))
                ORDER BY 1, 2, 3
                LIMIT %(limit)s
                """,
                derived=self._derived(),
                known=self._known(),
                companies=list(company_ids),
                limit=limit,
            )
        )

    def _known(self):
        """Return the query of the stored links and gaps."""
        return SQL(
            """
            SELECT parent_lot_id, child_lot_id, parent_quantity, attribution, kind,
                consume_line_id, produce_line_id, reference, company_id
            FROM stock_lot_link WHERE kind <> 'manual'
            UNION ALL
            SELECT CASE direction WHEN 'forward' THEN lot_id END,
                CASE direction WHEN 'back' THEN lot_id END,
                CASE direction WHEN 'back' THEN quantity ELSE lot_quantity END,
                NULL, kind, consume_line_id, produce_line_id, reference, company_id
            FROM stock_lot_gap
            """
        )

    def _flush_sources(self):
        for model in ("stock.move.line", "stock.move", "stock.lot.attribution"):
            self.env[model].flush_model()
        self.env["product.template"].flush_model(["tracking"])

    def _forget_cache(self):
        self.env["stock.lot.link"].invalidate_model()
        self.env["stock.lot.gap"].invalidate_model()

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

    def _delete(self, made_ids, consumed_ids):
        condition = SQL(
            "kind <> 'manual'"
            " AND (produce_line_id = ANY(%s) OR consume_line_id = ANY(%s))",
            *(made_ids, consumed_ids),
        )
        self.env.cr.execute(
            SQL(
                "WITH gap AS (DELETE FROM stock_lot_gap WHERE %s)"
                " DELETE FROM stock_lot_link WHERE %s",
                *(condition, condition),
            )
        )

    def _insert(self, consumed_ids=None):
        """Write the links and gaps of these consumed lines, None for all."""
        if consumed_ids is not None and not consumed_ids:
            return
        columns = SQL(", ").join(map(SQL.identifier, self._columns()))
        self.env.cr.execute(
            SQL(
                """
                WITH derived AS MATERIALIZED (%(derived)s),
                gap AS (
                    INSERT INTO stock_lot_gap (
                        lot_id, direction, product_id, quantity, lot_quantity, reason,
                        consume_line_id, produce_line_id, %(columns)s)
                    SELECT %(gap)s, consume_line_id, produce_line_id, %(columns)s
                    FROM derived
                    WHERE (parent_lot_id IS NULL) <> (child_lot_id IS NULL)
                )
                INSERT INTO stock_lot_link (
                    parent_lot_id, child_lot_id, parent_quantity, child_quantity,
                    attribution, consume_line_id, produce_line_id, %(columns)s)
                SELECT parent_lot_id, child_lot_id, parent_quantity, child_quantity,
                    attribution, consume_line_id, produce_line_id, %(columns)s
                FROM derived
                WHERE parent_lot_id IS NOT NULL AND child_lot_id IS NOT NULL
                """,
                derived=self._derived(consumed_ids),
                gap=self._gap_columns(),
                columns=columns,
            )
        )

    def _gap_columns(self):
        back = SQL("parent_lot_id IS NULL")
        return SQL(
            """
            COALESCE(child_lot_id, parent_lot_id),
            CASE WHEN %(back)s THEN 'back' ELSE 'forward' END,
            CASE WHEN %(back)s THEN parent_product_id ELSE child_product_id END,
            CASE WHEN %(back)s THEN parent_quantity ELSE child_quantity END,
            CASE WHEN %(back)s THEN child_quantity ELSE parent_quantity END,
            CASE WHEN %(back)s AND parent_tracking <> 'none' THEN 'missing'
                 WHEN NOT (%(back)s) AND child_tracking <> 'none' THEN 'missing'
                 ELSE 'untracked' END
            """,
            back=back,
        )

    def _derived(self, consumed_ids=None):
        """Return the query of all that follows from core for these consumed lines.

        :param consumed_ids: None for all
        """
        is_all = consumed_ids is None
        if is_all:
            facts = self._facts(self._pairs())
            links = (
                self._links(facts) if self._is_anything_said() else self._plain(facts)
            )
        else:
            made_ids = self._made_from(consumed_ids)
            facts = self._facts(self._pairs(SQL("made_id = ANY(%s)", made_ids)))
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
        """Return what ``_links`` does as long as nobody has said anything, but faster."""
        return SQL(
            """
            SELECT *,
                consumed_quantity * child_quantity / SUM(child_quantity) OVER siblings
                    AS parent_quantity,
                COUNT(*) OVER siblings = 1 OR MIN(child_lot_id) OVER siblings
                    = MAX(child_lot_id) OVER siblings AS is_certain,
                MIN(parent_lot_id) OVER ingredients
                    <> MAX(parent_lot_id) OVER ingredients AS is_mixed
            FROM (%s) fact
            WINDOW
                ingredients AS (PARTITION BY produce_line_id, parent_product_id),
                siblings AS (PARTITION BY consume_line_id, child_product_id)
            """,
            facts,
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
                    MIN(parent_lot_id) OVER ingredients
                        <> MAX(parent_lot_id) OVER ingredients AS is_mixed
                FROM (%s) fact
                WINDOW
                    ingredients AS (PARTITION BY produce_line_id, parent_product_id),
                    siblings AS (PARTITION BY consume_line_id, child_product_id)
            ) counted
            """,
            facts,
        )

    def _facts(self, pairs):
        """Return the query of the pairs that count; no words yet: they sort slowly."""
        return SQL(
            """
            SELECT consumed.id AS consume_line_id, made.id AS produce_line_id,
                consumed.move_id AS consumed_move_id, made.move_id AS made_move_id,
                consumed.lot_id AS parent_lot_id, made.lot_id AS child_lot_id,
                consumed.product_id AS parent_product_id,
                made.product_id AS child_product_id,
                consumed.quantity_product_uom::float8 AS consumed_quantity,
                made.quantity_product_uom::float8 AS child_quantity,
                COALESCE(attribution.quantity::float8, 0) AS said,
                made.date, made.company_id
            FROM (%(pairs)s) pair
            JOIN stock_move_line consumed ON consumed.id = pair.consumed_id
            JOIN stock_move_line made ON made.id = pair.made_id
            LEFT JOIN stock_lot_attribution attribution
              ON attribution.consume_line_id = consumed.id
             AND attribution.produce_line_id = made.id
            WHERE consumed.state = 'done' AND made.state = 'done'
              AND consumed.quantity_product_uom > 0 AND made.quantity_product_uom > 0
              AND (consumed.lot_id IS NOT NULL OR made.lot_id IS NOT NULL)
              AND (%(plausible)s)
            """,
            pairs=pairs,
            plausible=self._plausible(),
        )
