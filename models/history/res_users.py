from odoo import models


class ResUsers(models.Model):
    """A person who may have to sign what becomes of batches."""

    _inherit = "res.users"

    def _signs_batches(self):
        """Tell whether one of the user's companies wants signatures.

        Any of them: a batch may be everybody's, and people may switch companies.
        """
        # sudo: whether to sign is no secret, and not every user reads companies
        return any(self.sudo().company_ids.mapped("batch_sign"))
