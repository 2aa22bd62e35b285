from odoo import api, fields, models

from .ids import check_one


class BatchJobFailure(models.Model):
    """Something that a scheduled action could not do, for a person to look at.

    The action tries again each time it runs, and takes off the list what is done.
    """

    _name = "batch.job.failure"
    _description = "Failed Job"
    _order = "last_date desc, id desc"
    _rec_name = "record_name"

    cron_id = fields.Many2one(
        "ir.cron", "Job", required=True, readonly=True, ondelete="cascade"
    )
    job_name = fields.Char("What was to be done", related="cron_id.name")
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", required=True, readonly=True
    )
    record_name = fields.Char("Failed for", readonly=True)
    message = fields.Text("Why", required=True, readonly=True)
    first_date = fields.Datetime("Since", required=True, readonly=True)
    last_date = fields.Datetime("Last tried", required=True, readonly=True)
    tries = fields.Integer(default=1, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    _record_uniq = models.UniqueIndex("(cron_id, res_model, res_id)")

    @api.model
    def _note(self, cron, failures):
        """List what a job could not do; what is listed already has failed once more.

        :param cron: ir.cron of the job
        :param dict failures: ``{record: why}``
        """
        now = fields.Datetime.now()
        listed = self.search([("cron_id", "=", cron.id)])
        listed = {(known.res_model, known.res_id): known for known in listed}
        new = []
        for record, message in failures.items():
            seen = {"message": message, "last_date": now}
            if known := listed.get((record._name, record.id)):
                known.write({**seen, "tries": known.tries + 1})
            else:
                new.append({**seen, **self._about(cron, record), "first_date": now})
        self.create(new)

    @api.model
    def _about(self, cron, record):
        company = "company_id" in record._fields and record.company_id.id
        return {
            "cron_id": cron.id,
            "res_model": record._name,
            "res_id": record.id,
            "record_name": record.display_name,
            "company_id": company,
        }

    def action_open_record(self):
        """Open what the job could not do."""
        check_one(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    def action_try_again(self):
        """Let the jobs of these failures run within a minute."""
        self.check_access("read")
        # sudo: who looks after batches need not be allowed to change jobs
        for cron in self.sudo().cron_id:
            cron._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._("It is tried again within a minute."),
            },
        }
