from odoo import api, models

from .exceptions import CheckedByThemselvesError


class StockRecallAnswer(models.Model):
    """An answer is not entered by who has checked the consignee already."""

    _inherit = "stock.recall.answer"

    @api.constrains("user_id", "partner_id", "recall_id")
    def _check_is_not_their_checker(self):
        for answer in self.filtered("user_id"):
            company = answer.partner_id.commercial_partner_id
            # sudo: who has checked counts, whoever may read it
            checks = answer.recall_id.sudo().check_ids.filtered(
                lambda check, company=company, user=answer.user_id: (
                    check.user_id == user
                    and check.state in ("verified", "failed")
                    and check.partner_id.commercial_partner_id == company
                )
            )
            if checks:
                raise CheckedByThemselvesError(checks[0])
