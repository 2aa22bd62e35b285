import logging

from odoo import api, models
from odoo.tools import SQL, split_every

_logger = logging.getLogger(__name__)

#: How many consumed lines a rebuild works off in one go.
REBUILD_BATCH = 50_000


class StockLotLinkSource(models.AbstractModel):
    """Derives the genealogy from core's records, for many lines in a few statements.

    A *pair* is a consumed and a made move line of one operation. Where core's pairs
    are wrong or missing, a bridge overrides ``_pair_sources`` and ``_plausible``; what
    it knows beyond that it adds to ``_columns`` and ``_joins``. In these expressions
    ``consumed`` and ``made`` are the two lines, ``consumed_move`` and ``made_move``
    their moves.

    How a consumed line is shared by what was made of it, product by product: first
    goes what people have said (``stock.lot.attribution``); the rest is shared by the
    quantities made, less what each made line has been given already of that product.
    """

    _name = "stock.lot.link.source"
    _description = "Derivation of the Batch Genealogy"

    # -- what a bridge extends

    @api.model
    def _pair_sources(self):
        """Return SELECTs of ``consumed_id, made_id``; no two give the same pair."""
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
    def _joins(self):
        """Return further joins that ``_columns`` needs."""
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
            "date": SQL("made.date"),
            "company_id": SQL("made.company_id"),
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
    def _rebuild(self, progress=None):
        """Write all links and gaps anew.

        :param progress: called after each batch with (lines done, lines in all)
        """
        self._flush_sources()
        self.env["stock.lot.link"]._delete_derived(SQL("TRUE"))
        consumed_ids = self._all_consumed()
        done = 0
        for batch in split_every(REBUILD_BATCH, consumed_ids, list):
            self._insert(batch)
            done += len(batch)
            _logger.info("Genealogy: %s of %s lines", done, len(consumed_ids))
            if progress:
                progress(done, len(consumed_ids))
        self._forget_cache()

    def _flush_sources(self):
        for model in ("stock.move.line", "stock.move", "stock.lot.attribution"):
            self.env[model].flush_model()
        self.env["product.template"].flush_model(["tracking"])

    def _forget_cache(self):
        self.env["stock.lot.link"].invalidate_model()
        self.env["stock.lot.gap"].invalidate_model()

    def _pairs(self, condition):
        sources = SQL(" UNION ALL ").join(self._pair_sources())
        return SQL("SELECT * FROM (%s) source WHERE %s", sources, condition)

    def _all_consumed(self):
        pairs = self._pairs(SQL("TRUE"))
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT consumed_id FROM (%s) pair ORDER BY 1", pairs)
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

    def _insert(self, consumed_ids):
        """Write the links and gaps of these consumed lines."""
        if not consumed_ids:
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

    def _derived(self, consumed_ids):
        """Return the query of all that follows from core for these consumed lines."""
        made_ids = self._made_from(consumed_ids)
        pairs = self._pairs(SQL("made_id = ANY(%s)", made_ids))
        return SQL(
            """
            SELECT *,
                said + rest * COALESCE(
                    room / NULLIF(SUM(room) OVER siblings, 0),
                    child_quantity / NULLIF(siblings_quantity, 0)) AS parent_quantity,
                CASE
                    WHEN said > 0 THEN 'exact'
                    WHEN MIN(child_lot_id) FILTER (WHERE said > 0 OR room > 0)
                            OVER siblings
                       = MAX(child_lot_id) FILTER (WHERE said > 0 OR room > 0)
                            OVER siblings THEN 'exact'
                    WHEN siblings_count = 1 THEN 'exact'
                    WHEN child_tracking = 'serial'
                     AND (is_mixed OR parent_tracking = 'serial') THEN 'possible'
                    ELSE 'proportional'
                END AS attribution
            FROM (%(shared)s) shared
            WHERE consume_line_id = ANY(%(consumed_ids)s)
              AND (said > 0 OR rest > 1e-9)
              AND (said > 0 OR room > 1e-9 OR NOT has_room)
            WINDOW siblings AS (PARTITION BY consume_line_id, child_product_id)
            """,
            shared=self._shared(self._facts(pairs)),
            consumed_ids=consumed_ids,
        )

    def _made_from(self, consumed_ids):
        pairs = self._pairs(SQL("consumed_id = ANY(%s)", consumed_ids))
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT made_id FROM (%s) pair", pairs)
        )
        return [line_id for (line_id,) in rows]

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
        columns = SQL(", ").join(
            SQL("%s AS %s", expression, SQL.identifier(name))
            for name, expression in self._columns().items()
        )
        return SQL(
            """
            SELECT consumed.id AS consume_line_id, made.id AS produce_line_id,
                consumed.lot_id AS parent_lot_id, made.lot_id AS child_lot_id,
                consumed.product_id AS parent_product_id,
                made.product_id AS child_product_id,
                consumed.quantity_product_uom AS consumed_quantity,
                made.quantity_product_uom AS child_quantity,
                parent_template.tracking AS parent_tracking,
                child_template.tracking AS child_tracking,
                COALESCE(attribution.quantity, 0) AS said,
                %(columns)s
            FROM (%(pairs)s) pair
            JOIN stock_move_line consumed ON consumed.id = pair.consumed_id
            JOIN stock_move_line made ON made.id = pair.made_id
            JOIN stock_move consumed_move ON consumed_move.id = consumed.move_id
            JOIN stock_move made_move ON made_move.id = made.move_id
            JOIN product_product parent ON parent.id = consumed.product_id
            JOIN product_template parent_template
              ON parent_template.id = parent.product_tmpl_id
            JOIN product_product child ON child.id = made.product_id
            JOIN product_template child_template
              ON child_template.id = child.product_tmpl_id
            LEFT JOIN stock_lot_attribution attribution
              ON attribution.consume_line_id = consumed.id
             AND attribution.produce_line_id = made.id
            %(joins)s
            WHERE consumed.state = 'done' AND made.state = 'done'
              AND consumed.quantity_product_uom > 0 AND made.quantity_product_uom > 0
              AND (consumed.lot_id IS NOT NULL OR made.lot_id IS NOT NULL)
              AND (%(plausible)s)
            """,
            columns=columns,
            pairs=pairs,
            joins=self._joins(),
            plausible=self._plausible(),
        )
