from odoo import models

from ...tools.workbook import Sheet


class StockRecall(models.Model):
    """The spreadsheet of a recall has what was hit by it, and what was made good."""

    _inherit = "stock.recall"

    def _sheets(self):
        return [*super()._sheets(), self._hits_sheet(), self._made_good_sheet()]

    def _hits_sheet(self):
        names = ["kind", "name", "partner_id", "date", "user_id", "version"]
        mine = [("recall_id", "=", self.id)]
        title = self.env._("Orders hit")
        return self._sheet(title, "stock.recall.hit", mine, names)

    def _made_good_sheet(self):
        rows = self.consignee_ids
        made_good = rows._made_good()
        served = rows.filtered(lambda row: row.id in made_good)
        left = served._left_to_make_good("recovered", made_good)
        names = ["partner_id", "lot_id", "unit_id", "replaced", "credited"]
        return Sheet(
            self.env._("Made good"),
            self._titles(rows._name, [*names, "to_make_good"]),
            [
                self._made_good_cells(row, made_good[row.id], left[row])
                for row in served
            ],
        )

    @staticmethod
    def _made_good_cells(row, made_good, left):
        return [
            row.partner_id.display_name,
            row.lot_id.name,
            row.unit_id.name,
            made_good["replaced"],
            made_good["credited"],
            left,
        ]
