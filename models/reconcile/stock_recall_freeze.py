from odoo import api, models

from ...tools.answer.ledger import Row, settle


class StockRecall(models.Model):
    """Says of each new row how it stands, as nobody has told anything yet.

    Computed record by record, a launch would wait longer for this than for all else.
    """

    _inherit = "stock.recall"

    def _prepare_consignees(self, consignees):
        rows = super()._prepare_consignees(consignees)
        untold = {}  # many have had as much as others
        for row in rows:
            had = row["delivered"], row["returned"]
            if had not in untold:
                untold[had] = self._untold_outcome(*had)
            row.update(untold[had])
        return rows

    @api.model
    def _untold_outcome(self, delivered, returned):
        """Return the values that tell what became of goods, as far as we know."""
        rows = self.env["stock.recall.consignee"]
        outcome = rows._outcome_of(settle(Row(delivered, returned)))
        state = rows._state_of(delivered - returned, outcome, has_answered=False)
        return {**outcome, "state": state}
