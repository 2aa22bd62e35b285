from odoo import models

from ..base.ids import check_one


class BatchJobFailure(models.Model):
    """A mail that failed is looked at, and mended, where its notice is."""

    _inherit = "batch.job.failure"

    def action_open_record(self):
        check_one(self)
        attempts = self.env["stock.recall.notice.attempt"]
        action = super().action_open_record()
        if self.res_model != attempts._name:
            return action
        notice = attempts.browse(self.res_id).exists().notice_id
        if not notice:
            return action
        return {**action, "res_model": notice._name, "res_id": notice.id}
