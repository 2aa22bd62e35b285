from odoo import api, fields, models

from ..base.said import only_said, said
from .row import row_field

#: What links a move to a recall: no client writes them.
LINKS = ("recall_id", "recall_row_id", "replaced_move_id")


class StockMove(models.Model):
    """A move that a recall has asked for: to quarantine, or to replace what was bad."""

    _inherit = "stock.move"

    recall_id = fields.Many2one(
        "stock.recall",
        "For recall",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The recall that asked for it.",
    )
    recall_row_id = row_field("What it replaces; empty for goods to quarantine.")
    replaced_move_id = fields.Many2one(
        "stock.move",
        "Replaces",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The delivery whose goods are replaced.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [only_said(self.browse(), vals, LINKS) for vals in vals_list]
        )

    def write(self, vals):
        return super().write(only_said(self, vals, LINKS))

    def _prepare_move_split_vals(self, qty):
        # sudo: who carries goods need not be allowed to read recalls
        links = {name: said(self.sudo()[name]) for name in LINKS}
        return {**super()._prepare_move_split_vals(qty), **links}

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        names = super()._prepare_merge_moves_distinct_fields()
        return [*names, "recall_id", "recall_row_id"]

    def _batch_need(self):
        need = super()._batch_need()
        if need and self._replaces_recalled():
            return need._replace(is_replacement=True)
        return need

    def _replaces_recalled(self):
        """Tell whether it makes good what a recall took, itself or further on."""
        self.ensure_one()
        # sudo: who reserves goods need not be allowed to read recalls
        return bool((self | self._batch_last_move()).sudo().recall_row_id)

    def _goes_apart(self):
        """Return those that bring recalled goods to quarantine."""
        return self.filtered(lambda move: move.recall_id and not move.recall_row_id)

    def _from_where(self):
        """Return the company and the warehouse from which goods are brought."""
        self.ensure_one()
        return self.company_id, self.location_id.warehouse_id
