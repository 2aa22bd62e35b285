from odoo import models

from .stock_lot_inspection import FAILED, OPEN


class StockLot(models.Model):
    """What inspections say against the release of a lot."""

    _inherit = "stock.lot"

    def _release_warnings(self):
        # sudo: who releases must know of it; of what own companies have found
        telling = self.env["stock.lot.inspection"].sudo()
        telling = telling.search(
            [
                ("lot_id", "in", self.ids),
                ("state", "in", (FAILED, OPEN)),
                ("company_id", "in", self.env.companies.ids),
            ],
            order="id",
        )
        return [
            *super()._release_warnings(),
            *(inspection._release_warning() for inspection in telling),
        ]


class StockLotInspection(models.Model):
    """An inspection that speaks against the release of its lot."""

    _inherit = "stock.lot.inspection"

    def _release_warning(self):
        words = {"inspection": self.name, "lot": self.lot_name}
        if self.state == FAILED:
            return self.env._(
                "Inspection %(inspection)s of batch %(lot)s failed: %(failure)s.",
                failure="; ".join((self.failure or "").splitlines()),
                **words,
            )
        return self.env._(
            "Inspection %(inspection)s of batch %(lot)s is open.", **words
        )
