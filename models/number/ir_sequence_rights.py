from odoo import api, models


class IrSequence(models.Model):
    """Who may take numbers: what is taken is used up."""

    _inherit = "ir.sequence"

    @api.model
    def _check_may_number(self, product):
        """Refuse to take numbers for who makes no lots: what is taken is used up.

        Of people inside by companies alone, which costs no query.

        :raises AccessError: also for a product of another company
        """
        # Sequences are read as the system: the product says who asks.
        env = product.env
        if env.su:
            return
        env["stock.lot"].check_access("create")
        is_foreign = bool(product.sudo().company_id - env.companies)
        if is_foreign or not env.user._is_internal():
            product.check_access("read")
