from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import format_list

from ...models.remedy.bases import BASES
from ...models.remedy.exceptions import NothingToReplaceError


class StockRecallMakeGood(models.TransientModel):
    """Makes good what consignees had: chosen lines of the ledger, or all of them."""

    _name = "stock.recall.make.good"
    _inherit = "batch.wizard"
    _description = "Make Good What Consignees Had"

    recall_id = fields.Many2one("stock.recall")
    row_ids = fields.Many2many("stock.recall.consignee", string="Lines")
    way = fields.Selection(
        [("delivery", "Replacement deliveries")],
        "By",
        default="delivery",
        required=True,
    )
    whom = fields.Selection(
        [("all", "Everybody"), ("asked", "Who asked for it")],
        "To",
        default="all",
        required=True,
        help="Who asked for it in their answer, on the page or by phone.",
    )
    basis = fields.Selection(BASES, "Of", default="recovered", required=True)
    is_reserved = fields.Boolean(
        "Reserve the goods",
        default=True,
        help="By the product's removal strategy, from batches that may be delivered. "
        "Transfers of more than some hundred lines stay drafts.",
    )
    summary = fields.Char(compute="_compute_summary")

    def _rows(self):
        """Return the lines that were chosen; without a choice, all of the recall."""
        rows = self.row_ids or self.recall_id.consignee_ids
        if self.whom == "asked":
            rows = rows.filtered(lambda row: row.wish == self._wish())
        return rows

    def _wish(self):
        """Return what a consignee has asked for who gets it by this way."""
        return "replacement"

    @api.depends("recall_id", "row_ids", "basis", "whom", "way")
    def _compute_summary(self):
        for wizard in self:
            rows = wizard._rows()._origin
            left = {
                row: quantity
                for row, quantity in rows._left_to_make_good(wizard.basis).items()
                if quantity
            }
            wizard.summary = wizard._summary_of(left)

    def _summary_of(self, left):
        if not left:
            return self.env._("Nothing is left to make good.")
        amounts = defaultdict(float)
        for row, quantity in left.items():
            amounts[row.unit_id] += quantity
        partners = self.env["res.partner"].union(*(row.partner_id for row in left))
        return self.env._(
            "Neither replaced nor credited: %(amounts)s. Consignees: %(count)s.",
            amounts=format_list(
                self.env,
                [f"{amount:g} {unit.name}" for unit, amount in amounts.items()],
            ),
            count=len(partners),
        )

    def make_good(self):
        """Do it, and open what was made."""
        self.ensure_one()
        rows = self._rows()
        if not rows:
            raise NothingToReplaceError(rows)
        return self._make_good(rows)

    def _make_good(self, rows):
        """Do it by the way that was chosen; bridges have ways of their own.

        :return: the action that follows
        """
        pickings = rows._replace_soon(self.basis, self.is_reserved)
        if pickings is None:
            return self._notify_later(rows)
        return self._show(self.env._("Replacements"), pickings)

    def _notify_later(self, rows):
        """Say that a job prepares it."""
        return self._notify(
            self.env._(
                "What makes good %s lines is being prepared: it comes to the recall "
                "one after the other.",
                len(rows),
            )
        )

    def _show(self, name, documents):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": documents._name,
            "view_mode": "list,kanban,form",
            "mobile_view_mode": "kanban",
            "domain": [("id", "in", documents.ids)],
            "context": {"create": False},
        }

    def _notify(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
