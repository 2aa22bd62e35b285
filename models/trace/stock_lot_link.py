from odoo import api, models
from odoo.tools import SQL


class StockLotLink(models.Model):
    """Checks and writes anew who received goods, together with the links."""

    _inherit = "stock.lot.link"

    @api.model
    def _finish_rebuild(self):
        self.env["stock.move.line"]._fill_consignees()
        return super()._finish_rebuild()

    @api.model
    def _differences(self, company_ids, limit):
        differences = super()._differences(company_ids, limit)
        left = limit - len(differences)
        return differences + self._wrong_consignees(company_ids, left)

    @api.model
    def _wrong_consignees(self, company_ids, limit):
        """Compare who received goods by the lines with what their documents say.

        :return: rows like those of ``_differences``; the problem is ``consignee``
        """
        wrong = self.env["stock.move.line"]._wrong_consignees_sql()
        return self.env.execute_query(
            SQL(
                """
                SELECT 'consignee', line.lot_id, NULL, NULL, NULL, move.reference
                FROM (%(wrong)s) wrong JOIN stock_move_line line ON line.id = wrong.id
                LEFT JOIN stock_move move ON move.id = line.move_id
                WHERE line.company_id = ANY(%(companies)s)
                ORDER BY line.id LIMIT %(limit)s
                """,
                wrong=wrong,
                companies=list(company_ids),
                limit=limit,
            )
        )
