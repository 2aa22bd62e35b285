from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Let the job that rebuilds the genealogy run on the links themselves.

    Its record is not written by updates, and the wizard has the method no more.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    job = env.ref("batch_tracking.ir_cron_rebuild_links", raise_if_not_found=False)
    if job:
        job.model_id = env["ir.model"]._get("stock.lot.link")
