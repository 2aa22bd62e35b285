from odoo import models

from ..base.bulk_insert import insert_rows


class StockRecall(models.Model):
    """Writes what a trace has found: tens of thousands of rows, in two statements."""

    _inherit = "stock.recall"

    def _freeze(self, reached):
        """Keep the batches and consignees that a trace has found.

        :param dict reached: as ``_scope`` returns it; none of the lots is kept yet
        """
        gone = self._gone([lot.id for lot in reached["found"]])
        common = {"recall_id": self.id, "company_id": self.company_id.id}
        common["version"] = self.version
        insert_rows(
            self.env["stock.recall.lot"],
            [
                {
                    **common,
                    **self._prepare_lot(lot, found, reached),
                    "gone": gone.get(lot.id, 0.0),
                }
                for lot, found in reached["found"].items()
            ],
        )
        insert_rows(
            self.env["stock.recall.consignee"],
            self._prepare_consignees(reached["consignees"]),
        )
        self.invalidate_recordset(["lot_ids", "consignee_ids"])
        self.modified(["lot_ids", "consignee_ids"])
