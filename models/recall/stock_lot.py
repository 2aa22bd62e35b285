from odoo import api, fields, models
from odoo.exceptions import UserError

from .kinds import OPEN_STATES


class StockLot(models.Model):
    """A lot knows the recalls that reach it."""

    _inherit = "stock.lot"

    recall_line_ids = fields.One2many("stock.recall.lot", "lot_id", string="Recalls")
    recall_count = fields.Integer(compute="_compute_recall_count")

    @api.depends("recall_line_ids")
    def _compute_recall_count(self):
        counts = dict(
            self.env["stock.recall.lot"]._read_group(
                [("lot_id", "in", self.ids)], ["lot_id"], ["__count"]
            )
        )
        for lot in self:
            lot.recall_count = counts.get(lot._origin, 0)

    def _reached_by_recalls(self):
        """Return those that an open recall reaches, and has not cleared; no drill."""
        # sudo: a recall of another company has counted it as well
        reached = self.env["stock.recall.lot"].sudo()
        reached = reached.search(
            [
                ("lot_id", "in", self.ids),
                ("recall_id.state", "in", OPEN_STATES),
                ("recall_id.is_drill", "=", False),
                ("is_cleared", "=", False),
            ]
        )
        return reached.lot_id.with_env(self.env) & self

    def _recalled(self):
        return super()._recalled() | self._reached_by_recalls()

    def _release_warnings(self):
        # sudo: who releases must know of it; of recalls of own companies
        lines = self.sudo().recall_line_ids.filtered(
            lambda line: line._stops_goods() and line.company_id in self.env.companies
        )
        return [
            *super()._release_warnings(),
            *(
                self.env._(
                    "Batch %(lot)s is recalled by %(recall)s, which is open.",
                    lot=line.lot_id.name,
                    recall=line.recall_id.name,
                )
                for line in lines
            ),
        ]

    @api.model
    def _history_sources(self):
        recalls = ("stock.recall.lot", "lot_id", "recall_id.date_start", [])
        return [*super()._history_sources(), (*recalls, self.env._("recalls"))]

    # -- screens

    def action_recall(self):
        return self._open_wizard("stock.lot.recall", self.env._("Recall"))

    def action_open_recalls(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Recalls"),
            "res_model": "stock.recall",
            "view_mode": "list,kanban,form",
            "domain": [("lot_ids.lot_id", "in", self.ids)],
        }

    def _recall_from(self, documents):
        """Open the preview of a recall of these lots.

        :param documents: the records that they were found in
        :raises UserError: if there are none
        """
        documents.check_access("read")
        self.env["stock.recall"]._check_may_recall()
        if not self:
            raise UserError(
                self.env._("No batch is in it: there is nothing to recall.")
            )
        return self.action_recall()
