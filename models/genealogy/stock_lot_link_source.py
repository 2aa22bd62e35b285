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
    """

    _name = "stock.lot.link.source"
    _description = "Derivation of the Batch Genealogy"

    # -- what a bridge extends

    @api.model
    def _pair_sources(self, optimization_barrier):
        """Return SELECTs of ``consumed_id, made_id``; no two give the same pair.

        :param optimization_barrier: SQL to end a subquery by, so that PostgreSQL works
            it off first when all pairs are asked for; empty when few are: the planner
            knows better then
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
        """Return the condition that tells pairs from those core has made up.

        What these share of a consumed line, others do not get.
        """
        return SQL("TRUE")

    @api.model
    def _kept(self):
        """Return the condition of pairs that become links, plausible or not.

        Others of these become links of nothing, whose dates say that they are wrong.
        """
        return self._plausible()

    @api.model
    def _joins(self, is_all):
        """Return further joins that ``_columns`` needs.

        :param bool is_all: True when all links are written, and not just a few
        """
        return SQL()

    @api.model
    def _columns(self):
        """Return ``{column: expression}`` of what links and gaps tell beyond lots."""
        return {
            "kind": SQL("'production'"),
            "reference": SQL("made_move.reference"),
            "document_model": SQL("NULL::varchar"),
            "document_id": SQL("NULL::int"),
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
        optimization_barrier = SQL() if condition else SQL("OFFSET 0")
        sources = SQL(" UNION ALL ").join(self._pair_sources(optimization_barrier))
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

    def _pairs_with(self, lines):
        """Return ``[(consumed line id, made line id)]`` of these lines, either way."""
        self._flush_sources()
        consumed = self._pairs(SQL("consumed_id = ANY(%s)", lines.ids))
        made = self._pairs(SQL("made_id = ANY(%s)", lines.ids))
        return self.env.execute_query(SQL("%s UNION %s", consumed, made))

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
                    SQL.identifier(table),
                    lines.ids,
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
        columns = SQL(", ").join(
            SQL("%s AS %s", expression, SQL.identifier(name))
            for name, expression in self._columns().items()
        )
        return SQL(
            """
            SELECT link.consume_line_id, link.produce_line_id,
                link.parent_lot_id, link.child_lot_id,
                link.parent_product_id, link.child_product_id,
                link.parent_quantity, link.child_quantity, link.used_date,
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
            links=self._links_of(consumed_ids),
            joins=self._joins(is_all=consumed_ids is None),
        )

    def _links_of(self, consumed_ids):
        """Return the query of how these consumed lines are shared, None for all."""
        if consumed_ids is None:
            facts = self._facts(self._pairs(), SQL())
            if self._has_attributions():
                return self._links(facts)
            return self._links_without_attributions(facts)
        pairs = self._pairs(SQL("made_id = ANY(%s)", self._made_from(consumed_ids)))
        # Pair by pair: a planner that does not know today's lines reads them all.
        facts = self._facts(pairs, SQL("OFFSET 0"))
        return self._links(facts, SQL("consume_line_id = ANY(%s)", consumed_ids))

    def _made_from(self, consumed_ids):
        pairs = self._pairs(SQL("consumed_id = ANY(%s)", consumed_ids))
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT made_id FROM (%s) pair", pairs)
        )
        return [line_id for (line_id,) in rows]
