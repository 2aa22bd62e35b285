from odoo import fields, models


class MailActivity(models.Model):
    """An activity whose document's name is written along with it, and whose it is.

    Core adds the name by a second statement; a hold gives thousands of transfers one
    activity each.
    """

    _inherit = "mail.activity"

    is_of_batches = fields.Boolean(
        help="Made by Batch Tracking: it goes when the app is uninstalled."
    )
    res_name = fields.Char(compute="_compute_res_name", store=True, precompute=True)
