from contextlib import contextmanager

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.genealogy.steps import SAME_MOMENT

#: What a lot may have become another by. Undoing one is another of these.
KINDS = [
    ("production", "Production"),
    ("byproduct", "By-product"),
    ("unbuild", "Unbuild"),
    ("repair", "Repair"),
    ("split", "Split"),
    ("merge", "Merge"),
    ("repack", "Repack"),
    ("relabel", "Relabel"),
    ("manual", "Manual"),
]
#: Under this name a transaction keeps the ids of lines that wait to be linked.
_COLLECTED = "batch_tracking.lines_to_link"
#: The child is the parent's goods under another number, and follows it.
SUBLOT_KINDS = ("split", "repack", "relabel")


class StockLotLink(models.Model):
    """One edge of the genealogy: some of a parent lot went into a child lot.

    Edges follow the pairs of move lines that core writes when something is produced
    (``stock.move.line.consume_line_ids``) and add what core lacks: quantities, and how
    sure we are. Quantities are in the unit of measure of the respective product. What
    a consumed line gave to all lots of one product adds up to the line's quantity:
    every by-product, and every part won by an unbuild, counts it once more. Walks count
    it once where these meet again (``tools/genealogy/meeting_again.py``).

    ``stock.lot.link.source`` derives them; links of kind *manual* are people's own.
    """

    _name = "stock.lot.link"
    _description = "Batch Genealogy Link"
    _order = "date desc, id desc"
    _log_access = False

    parent_lot_id = fields.Many2one(
        "stock.lot", "Parent batch", required=True, ondelete="cascade"
    )
    child_lot_id = fields.Many2one(
        "stock.lot", "Child batch", required=True, ondelete="cascade"
    )
    parent_product_id = fields.Many2one(related="parent_lot_id.product_id")
    parent_uom_id = fields.Many2one(related="parent_lot_id.product_uom_id")
    parent_supplier_id = fields.Many2one(related="parent_lot_id.supplier_id")
    parent_quantity = fields.Float(
        digits="Product Unit", help="How much of the parent went into the child."
    )
    child_quantity = fields.Float(
        digits="Product Unit", help="How much of the child was made."
    )
    kind = fields.Selection(KINDS, required=True)
    attribution = fields.Selection(
        [
            ("exact", "Exact"),
            ("proportional", "Proportional"),
            ("possible", "Possible"),
        ],
        required=True,
        help="Exact: all of it went there, or somebody said how much. Proportional: "
        "several lots were made together and share it by quantity. Possible: one of "
        "several units has it.",
    )
    consume_line_id = fields.Many2one("stock.move.line", ondelete="cascade", index=True)
    produce_line_id = fields.Many2one("stock.move.line", ondelete="cascade", index=True)
    reference = fields.Char(help="The source document's name.")
    document_model = fields.Char()
    document_id = fields.Many2oneReference(
        string="Source Document", model_field="document_model"
    )
    equipment = fields.Char(help="Where it was made: names of the work centers.")
    date = fields.Datetime(help="When the child was made.")
    used_date = fields.Datetime(
        "Used on", help="When the parent was used for the child."
    )
    is_too_early = fields.Boolean(
        "Made before",
        compute="_compute_is_too_early",
        help="The child was made before the parent was used for it, say the dates.",
    )
    # No index of its own: a planner without statistics would walk along it.
    company_id = fields.Many2one("res.company")

    # Both cover a walk, so that it reads indexes alone.
    _walk_down_idx = models.Index("(parent_lot_id, child_lot_id) INCLUDE (company_id)")
    _walk_up_idx = models.Index("(child_lot_id, parent_lot_id) INCLUDE (company_id)")

    @api.depends("date", "used_date")
    def _compute_is_too_early(self):
        for link in self:
            made, used = link.date, link.used_date
            late = made and used and (used - made).total_seconds()
            link.is_too_early = bool(late and late > SAME_MOMENT)

    # -- keeping them up to date

    @api.model
    def _sync(self, lines, fresh=False):
        """Write the links and gaps of all that ``lines`` take part in anew.

        Whoever writes lines one by one collects them: see ``_collected``.

        :param lines: stock.move.line on either side of a production
        :param bool fresh: True when the lines have just been done, so that there are
            no links of theirs yet
        """
        collected = self.env.cr.precommit.data.get(_COLLECTED)
        if collected is not None:
            collected.update(lines.ids)
            return
        if not lines:
            return
        source = self.env["stock.lot.link.source"]
        source._flush_sources()
        consumed_ids = source._concerned(lines, fresh)
        if fresh and not consumed_ids:
            return
        self._delete_of(lines.ids, lines.ids + consumed_ids)
        self._insert(consumed_ids)
        self._forget_cache()

    @api.model
    @contextmanager
    def _collected(self):
        """Let lines that are written meanwhile wait, and link them all at the end.

        Within another such block, the outer one links them.
        """
        data = self.env.cr.precommit.data
        if _COLLECTED in data:
            yield
            return
        # A savepoint may empty ``data`` meanwhile: later lines are linked at once then,
        # and those collected so far are still known here.
        collected = data[_COLLECTED] = set()
        try:
            yield
        finally:
            data.pop(_COLLECTED, None)
        self._sync(self.env["stock.move.line"].browse(collected).exists())

    # -- writing and deleting them

    def _delete_of(self, made_ids, consumed_ids):
        self._delete_derived(
            SQL(
                "produce_line_id = ANY(%s) OR consume_line_id = ANY(%s)",
                made_ids,
                consumed_ids,
            )
        )

    @api.model
    def _delete_derived(self, condition):
        """Delete the derived links and gaps that meet ``condition``."""
        condition = SQL("kind <> 'manual' AND (%s)", condition)
        self.env.cr.execute(
            SQL(
                "WITH gap AS (DELETE FROM stock_lot_gap WHERE %s)"
                " DELETE FROM stock_lot_link WHERE %s",
                condition,
                condition,
            )
        )

    def _insert(self, consumed_ids=None):
        """Write the links and gaps of these consumed lines, None for all."""
        if consumed_ids is not None and not consumed_ids:
            return
        derived = self.env["stock.lot.link.source"]._derived(consumed_ids)
        if consumed_ids is not None:
            self.env.cr.execute(
                SQL(
                    "WITH derived AS MATERIALIZED (%s), gap AS (%s) %s",
                    derived,
                    self._insert_gaps(),
                    self._insert_links(),
                )
            )
            return
        # In one statement that writes, PostgreSQL reads with one process only.
        self.env.cr.execute("DROP TABLE IF EXISTS pg_temp.derived")
        self.env.cr.execute(
            SQL("CREATE TEMPORARY TABLE derived ON COMMIT DROP AS %s", derived)
        )
        self.env.cr.execute(self._insert_gaps())
        self.env.cr.execute(self._insert_links())

    def _insert_gaps(self):
        """Return the statement that writes the gaps of the table ``derived``."""
        return SQL(
            """
            INSERT INTO stock_lot_gap (
                lot_id, direction, product_id, quantity, lot_quantity, reason,
                consume_line_id, produce_line_id, %(columns)s)
            SELECT %(gap)s, consume_line_id, produce_line_id, %(columns)s
            FROM derived
            WHERE (parent_lot_id IS NULL) <> (child_lot_id IS NULL)
            """,
            gap=self._gap_columns(),
            columns=self._derived_columns(),
        )

    def _insert_links(self):
        """Return the statement that writes the links of the table ``derived``."""
        return SQL(
            """
            INSERT INTO stock_lot_link (
                parent_lot_id, child_lot_id, parent_quantity, child_quantity,
                attribution, consume_line_id, produce_line_id, used_date, %(columns)s)
            SELECT parent_lot_id, child_lot_id, parent_quantity, child_quantity,
                attribution, consume_line_id, produce_line_id, used_date, %(columns)s
            FROM derived
            WHERE parent_lot_id IS NOT NULL AND child_lot_id IS NOT NULL
            """,
            columns=self._derived_columns(),
        )

    def _derived_columns(self):
        names = self.env["stock.lot.link.source"]._columns()
        return SQL(", ").join(map(SQL.identifier, names))

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

    def _forget_cache(self):
        self.invalidate_model()
        self.env["stock.lot.gap"].invalidate_model()
