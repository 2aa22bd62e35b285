from odoo import fields, models

from ...tools.inspection.limits import as_text


class StockLotInspectionResult(models.Model):
    """What a grid shows of one sample."""

    _inherit = "stock.lot.inspection.result"

    def _cell_name(self):
        """Return the characteristic, and the sample where there are several."""
        siblings = self.inspection_id.result_ids.filtered(
            lambda result: result.characteristic_id == self.characteristic_id
        )
        if len(siblings) == 1:
            return self.name
        return self.env._("%(name)s %(sample)s", name=self.name, sample=self.sample)

    def _cell(self):
        """Return what a grid shows of one sample."""
        is_photo = self.kind == "photo"
        return {
            "sample": self.sample,
            "value": self._cell_value() if self.is_entered else False,
            "photo_id": self.id if is_photo and self.is_entered else False,
            "verdict": self.verdict,
            "fault": self.fault or "",
            "who": self.user_id.sudo().name or "",
            "when": fields.Datetime.to_string(self.date) or "",
        }

    def _cell_value(self):
        if self.kind == "numeric":
            return as_text(self.number)
        return self.text or True
