from odoo import api, fields, models

SALES = "sales_team.group_sale_salesman"
INVOICING = "account.group_account_invoice"


class StockRecall(models.Model):
    """Sales that a recall has hit, and the documents that make it good."""

    _inherit = "stock.recall"

    credit_note_count = fields.Integer(
        "Credit notes", compute="_compute_credit_note_count", groups=INVOICING
    )
    replacement_order_count = fields.Integer(
        "Replacement orders", compute="_compute_replacement_order_count", groups=SALES
    )

    def _hit_documents(self):
        moves = self._hit_moves()
        moves |= self._moves_behind(moves)
        return [
            *super()._hit_documents(),
            *(
                ("sale", order, theirs.product_id, False)
                for order, theirs in moves.grouped(
                    lambda move: move.sale_line_id.order_id
                ).items()
                if order
            ),
        ]

    @api.model
    def _planned_date(self, document):
        if document._name == "sale.order":
            return document.commitment_date or document.expected_date
        return super()._planned_date(document)

    def _compute_credit_note_count(self):
        for recall in self:
            recall.credit_note_count = self.env["account.move"].search_count(
                recall._credit_notes_domain()
            )

    def _compute_replacement_order_count(self):
        for recall in self:
            recall.replacement_order_count = self.env["sale.order"].search_count(
                recall._replacement_orders_domain()
            )

    def _credit_notes_domain(self):
        return [("invoice_line_ids.recall_row_id.recall_id", "=", self._origin.id)]

    def _replacement_orders_domain(self):
        return [("order_line.recall_row_id.recall_id", "=", self._origin.id)]

    def action_open_credit_notes(self):
        """Open the credit notes that were made for this recall."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Credit notes of %s", self.name),
            "res_model": "account.move",
            "view_mode": "list,kanban,form",
            "mobile_view_mode": "kanban",
            "domain": self._credit_notes_domain(),
            "context": {"create": False, "default_move_type": "out_refund"},
        }

    def action_open_replacement_orders(self):
        """Open the quotations and orders that were made for this recall."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Replacement orders of %s", self.name),
            "res_model": "sale.order",
            "view_mode": "list,kanban,form",
            "mobile_view_mode": "kanban",
            "domain": self._replacement_orders_domain(),
            "context": {"create": False},
        }
