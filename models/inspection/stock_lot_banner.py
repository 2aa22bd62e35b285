from odoo import models


class StockLot(models.Model):
    """Inspections on top of a lot's form: which waits, which failed."""

    _inherit = "stock.lot"

    def _banner_notices(self):
        notices = super()._banner_notices()
        if self.inspection_state not in ("failed", "open"):
            return notices
        telling = self.inspection_ids.filtered(
            lambda inspection: inspection.state == self.inspection_state
        )
        return [*notices, self._inspection_notice(telling[:1])]

    def _inspection_notice(self, inspection):
        if inspection.state == "failed":
            text = self.env._("Inspection %s failed.", inspection.name)
            if inspection.failure:
                text = f"{text} {inspection.failure}"
            level, label = "danger", self.env._("See its results")
        else:
            text = self.env._("Inspection %s waits for results.", inspection.name)
            level, label = "warning", self.env._("Enter results")
        action = {
            "name": "action_open_inspections",
            "label": label,
            "style": "btn-secondary",
        }
        return {"text": text, "level": level, "actions": [action]}
