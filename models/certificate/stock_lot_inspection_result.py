from odoo import models

from ...tools.inspection.limits import as_text


class StockLotInspectionResult(models.Model):
    """The samples of one characteristic as a row of a certificate."""

    _inherit = "stock.lot.inspection.result"

    def _certificate_row(self):
        first = self[0]
        verdicts = self.mapped("verdict")
        labels = dict(self._fields["verdict"]._description_selection(self.env))
        verdict = "fail" if "fail" in verdicts else verdicts[0]
        return {
            "name": first.name,
            "method": first.method or "",
            "unit": first.unit or "",
            "requirement": first.requirement or "",
            "result": self._certified_values(),
            "photos": self.filtered(lambda result: result.kind == "photo"),
            "verdict": "" if verdict == "noted" else labels[verdict],
            "is_bad": verdict == "fail",
        }

    def _certified_values(self):
        first = self[0]
        if first.kind != "numeric":
            return "; ".join(result.value for result in self if result.kind != "photo")
        numbers = "; ".join(as_text(number) for number in self.mapped("number"))
        if len(self) == 1:
            return numbers
        return self.env._(
            "%(numbers)s (mean %(mean)s)",
            numbers=numbers,
            mean=self._mean_as_text(),
        )
