from contextlib import contextmanager

from odoo import api, fields, models
from odoo.tools import SQL

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
#: The child is the parent's goods under another number, and follows it.
SUBLOT_KINDS = ("split", "repack", "relabel")


class _Collected:
    """Ids of lines that are to be linked; mutable, so that a context can carry it."""

    def __init__(self):
        self.ids = set()


class StockLotLink(models.Model):
    """One edge of the genealogy: some of a parent lot went into a child lot.

    Edges follow the pairs of move lines that core writes when something is produced
    (``stock.move.line.consume_line_ids``) and add what core lacks: quantities, and how
    sure we are. Quantities are in the unit of measure of the respective product. What
    a consumed line gave to all lots of one product adds up to the line's quantity:
    every by-product, and every part won by an unbuild, counts it once more.

    ``stock.lot.link.source`` derives them; links of kind *manual* are people's own.
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
    date = fields.Datetime()
    # No index of its own: a planner without statistics would walk along it.
    company_id = fields.Many2one("res.company")

    # Both cover a walk, so that it reads indexes alone.
    _walk_down_idx = models.Index("(parent_lot_id, child_lot_id) INCLUDE (company_id)")
    _walk_up_idx = models.Index("(child_lot_id, parent_lot_id) INCLUDE (company_id)")

    @api.model
    def _rebuild(self):
        """Write all links and gaps anew from core's records."""
        self.env["stock.lot.link.source"]._rebuild()

    @api.model
    def _sync(self, lines, fresh=False):
        """Write the links of ``lines`` and of all that shares their ingredients anew.

        Whoever writes lines one by one collects them: see ``_collected``.

        :param lines: stock.move.line on either side of a production
        :param bool fresh: True when they have just been done
        """
        collected = self.env.context.get("batch_lines_to_link")
        if collected is not None:
            collected.ids.update(lines.ids)
        elif lines:
            self.env["stock.lot.link.source"]._sync(lines, fresh)

    @api.model
    @contextmanager
    def _collected(self, records):
        """Let lines that are written meanwhile wait, and link them all at the end.

        :param records: give the block these with a context that makes lines wait
        """
        collected = _Collected()
        yield records.with_context(batch_lines_to_link=collected)
        lines = self.env["stock.move.line"].browse(collected.ids)
        self._sync(lines.exists())

    @api.model
    def _delete_derived(self, condition):
        """Delete the derived links and gaps that meet ``condition``."""
        for table in ("stock_lot_link", "stock_lot_gap"):
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE kind <> 'manual' AND (%s)",
                    SQL.identifier(table),
                    condition,
                )
            )
