from odoo import fields, models


class StockRecallMakeGood(models.TransientModel):
    """Makes good by credit notes and by replacement orders as well."""

    _inherit = "stock.recall.make.good"

    way = fields.Selection(
        selection_add=[("credit", "Credit notes"), ("order", "Replacement orders")],
        ondelete={"credit": "cascade", "order": "cascade"},
    )

    def _wish(self):
        return "credit" if self.way == "credit" else super()._wish()

    def _make_good(self, rows):
        if self.way == "credit":
            rows._check_may_credit()
            if rows._left_to_job(self.way, self.basis):
                return self._notify_later(rows)
            return self._show(self.env._("Credit notes"), rows._credit(self.basis))
        if self.way == "order":
            rows._check_may_order()
            if rows._left_to_job(self.way, self.basis):
                return self._notify_later(rows)
            orders = rows._order_replacements(self.basis)
            return self._show(self.env._("Replacement orders"), orders)
        return super()._make_good(rows)
