from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Let holds end within the hour in which the day begins where their company is.

    The job's record is not written by updates.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    job = env.ref("batch_tracking.ir_cron_hold_until", raise_if_not_found=False)
    if job and (job.interval_number, job.interval_type) == (1, "days"):
        job.interval_type = "hours"
