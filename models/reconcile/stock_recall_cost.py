from odoo import api, fields, models

from ...tools.answer.balance import is_none


class StockRecall(models.Model):
    """What was decided of what came back, and what the recall costs."""

    _inherit = "stock.recall"

    decision_ids = fields.One2many("stock.recall.decision", "recall_id", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    lost_value = fields.Monetary(
        "Goods destroyed",
        compute="_compute_lost_value",
        help="What they had cost; batches of unknown cost count nothing.",
    )
    other_costs = fields.Monetary(
        help="Freight, laboratories, advertisements, replacements and the like."
    )
    total_cost = fields.Monetary("Cost so far", compute="_compute_lost_value")

    def _editable_fields(self):
        return super()._editable_fields() | {"other_costs"}

    @api.depends("decision_ids.value", "other_costs")
    def _compute_lost_value(self):
        values = dict(
            self.env["stock.recall.decision"]._read_group(
                [("recall_id", "in", self.ids)], ["recall_id"], ["value:sum"]
            )
        )
        for recall in self:
            recall.lost_value = values.get(recall._origin, 0.0)
            recall.total_cost = recall.lost_value + recall.other_costs

    def _undecided(self):
        """Return what came back and nobody has decided on.

        :return: ``{stock.lot: quantity}``
        """
        self.ensure_one()
        came = self.env["stock.recall.consignee"]._read_group(
            [("recall_id", "=", self.id), ("received_back", ">", 0)],
            ["lot_id"],
            ["received_back:sum"],
        )
        decided = dict(
            self.env["stock.recall.decision"]._read_group(
                [("recall_id", "=", self.id)], ["lot_id"], ["quantity:sum"]
            )
        )
        left = {lot: quantity - decided.get(lot, 0.0) for lot, quantity in came}
        return {
            lot: quantity
            for lot, quantity in left.items()
            if quantity > 0 and not is_none(quantity)
        }

    def action_open_decisions(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decisions on goods of %s", self.name),
            "res_model": "stock.recall.decision",
            "view_mode": "list,kanban,form",
            "domain": [("recall_id", "=", self.id)],
        }
