from odoo import api, models

from ..base.characters import check_characters
from .exceptions import SequenceOfOthersError

#: What tells whose numbers a sequence gives.
IDENTITY = {"code", "batch_pattern", "company_id"}
#: What stands in numbers as it is typed.
TYPED = ("batch_pattern",)


class IrSequence(models.Model):
    """Who may take numbers, and who only sets up those of batches.

    Record rules are asked before a change. What it makes of a sequence counts as well:
    one of batch numbers must not become one of invoices, or another company's.
    """

    _inherit = "ir.sequence"

    @api.model_create_multi
    def create(self, vals_list):
        check_characters(self, vals_list, TYPED)
        sequences = super().create(vals_list)
        sequences._check_stays_ours()
        return sequences

    def write(self, vals):
        check_characters(self, [vals], TYPED)
        result = super().write(vals)
        if IDENTITY & vals.keys():
            self._check_stays_ours()
        return result

    def _check_stays_ours(self):
        """Judge sequences as they have become.

        :raises AccessError: for one that is not of batch numbers any more
        :raises SequenceOfOthersError: for one of a company of others
        """
        if self.env.su or self.env.user.has_group("base.group_system"):
            return
        self.check_access("write")
        if others := self.company_id - self.env.user.company_ids:
            raise SequenceOfOthersError(self, others)

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
