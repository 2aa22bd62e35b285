from odoo import api, fields, models
from odoo.tools import SQL, format_list

from ..genealogy.lot_sql import id_array


class StockRecall(models.Model):
    """Says where recalled batches are that it was not traced in: in other companies.

    Only who has the right in a company recalls there, and only what is chosen above the
    page is traced. Batches that companies share go on all the same.
    """

    _inherit = "stock.recall"

    elsewhere = fields.Json(
        readonly=True, help="Ids of companies that have moved its batches as well."
    )

    def _after_launch(self, lots):
        result = super()._after_launch(lots)
        # sudo: a recall is only ever written by its steps, and the right is checked
        found = self._companies_elsewhere(
            self.lot_ids.lot_id, self._traced_company_ids()
        )
        self.sudo().elsewhere = found or False
        return result

    @api.model
    def _companies_elsewhere(self, lots, traced):
        """Return the ids of companies that have moved shared lots of some.

        :param lots: stock.lot, or ids
        :param list traced: ids of companies that do not count
        """
        for model in ("stock.lot", "stock.move.line"):
            self.env[model].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT company.id FROM res_company company
                WHERE NOT company.id = ANY(%(traced)s) AND EXISTS (
                    SELECT FROM stock_move_line line
                    JOIN stock_lot lot
                      ON lot.id = line.lot_id AND lot.company_id IS NULL
                    WHERE line.company_id = company.id AND line.state = 'done'
                      AND line.lot_id = ANY(%(lots)s))
                ORDER BY 1
                """,
                traced=traced,
                lots=id_array(lots),
            )
        )
        return [company_id for (company_id,) in rows]

    @api.depends("elsewhere")
    def _compute_banner(self):
        return super()._compute_banner()

    def _next_steps(self):
        notices = super()._next_steps()
        if not self._is_open() or not self.elsewhere:
            return notices
        text = self._elsewhere_text(self.elsewhere)
        return [{"text": text, "level": "danger", "actions": []}, *notices]

    @api.model
    def _elsewhere_text(self, company_ids):
        """Say that companies are no part of a recall; name those of the user alone."""
        own = self.env.user.company_ids.filtered(
            lambda company: company.id in company_ids
        )
        if own:
            return self.env._(
                "Not traced and not stopped in %(names)s, which had these batches as "
                "well: switch these companies on, and recall them there.",
                names=format_list(self.env, own.mapped("name")),
            )
        return self.env._(
            "Not traced and not stopped in %(count)s other companies, which had these "
            "batches as well: you have no right there. Tell who has it.",
            count=len(company_ids),
        )
