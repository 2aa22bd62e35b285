from odoo import fields, models

#: Rows of each list that a recall's form shows. Pages of a form know all ids of a list,
#: and a recall may have tens of thousands.
SHOWN = 40


class StockRecall(models.Model):
    """The beginning of a recall's long lists, and the lists themselves."""

    _inherit = "stock.recall"

    first_consignee_ids = fields.Many2many(
        "stock.recall.consignee", "Consignees", compute="_compute_first_rows"
    )
    first_lot_ids = fields.Many2many(
        "stock.recall.lot", "Batches", compute="_compute_first_rows"
    )
    has_more_consignees = fields.Boolean(compute="_compute_first_rows")
    has_more_lots = fields.Boolean(compute="_compute_first_rows")

    def _compute_first_rows(self):
        for recall in self:
            consignees = recall._first_rows("stock.recall.consignee", "net desc, id")
            lots = recall._first_rows("stock.recall.lot", "level, id")
            recall.first_consignee_ids = consignees[:SHOWN]
            recall.has_more_consignees = len(consignees) > SHOWN
            recall.first_lot_ids = lots[:SHOWN]
            recall.has_more_lots = len(lots) > SHOWN

    def _first_rows(self, model, order):
        """Return the rows that the form shows, and one more if there are more."""
        mine = [("recall_id", "=", self._origin.id)]
        return self.env[model].search(mine, order=order, limit=SHOWN + 1)

    def action_open_consignees(self):
        """Open all rows of who has had what."""
        return self._open_rows("stock.recall.consignee", self.env._("Consignees"))

    def action_open_lots(self):
        """Open all batches that the recall has reached."""
        return self._open_rows("stock.recall.lot", self.env._("Batches"))

    def _open_rows(self, model, title):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": f"{self.name}: {title}",
            "res_model": model,
            "view_mode": "list,kanban,form",
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": [("recall_id", "=", self.id)],
        }
