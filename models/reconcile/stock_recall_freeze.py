from odoo import api, models

from ...tools.answer.ledger import Row, settle


class StockRecall(models.Model):
    """Says of each new row how it stands, as nobody has told anything yet.

    Computed record by record, a launch would wait longer for this than for all else.
    """

    _inherit = "stock.recall"

    @api.model
    def _prepare_consignee(self, *received):
        row = super()._prepare_consignee(*received)
        rows = self.env["stock.recall.consignee"]
        outcome = rows._outcome_of(settle(Row(row["delivered"], row["returned"])))
        state = rows._state_of(row["net"], outcome, has_answered=False)
        return {**row, **outcome, "state": state}
