from odoo import api, fields, models
from odoo.fields import Command

from .exceptions import HeldByCompanyError


class StockLot(models.Model):
    """A lot that companies share is held by each of them, and released by each.

    It has one disposition, which holds for all of them: the hold of one company ends
    only when that company ends it.
    """

    _inherit = "stock.lot"

    holding_company_ids = fields.Many2many(
        "res.company",
        "stock_lot_holding_company_rel",
        "lot_id",
        "company_id",
        string="Held by",
        readonly=True,
        copy=False,
        help="The companies that hold a batch which all share.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.pop("holding_company_ids", None)  # nobody's to say
        return super().create(vals_list)

    def write(self, vals):
        if "holding_company_ids" in vals and not self.env.su:
            vals = {key: vals[key] for key in vals if key != "holding_company_ids"}
        return super().write(vals)

    def _check_disposition_change(self, disposition):
        result = super()._check_disposition_change(disposition)
        if not self.env.su:
            self._check_held_by_others(disposition)
        return result

    def _check_held_by_others(self, disposition):
        """Refuse to release what a company holds for which the user does not work.

        :raises HeldByCompanyError: naming the lot and whom to ask
        """
        for lot in self._shared()._freed_by(disposition):
            if others := lot._holders() - self.env.user.company_ids:
                raise HeldByCompanyError(lot, others)

    def _after_disposition_change(self, before):
        result = super()._after_disposition_change(before)
        shared = self._shared()
        held = shared.filtered("disposition_id.needs_quality_right")
        held._hold_for(self.env.company)
        # sudo: who holds it is kept by the change itself
        (shared - held).sudo().holding_company_ids = [Command.clear()]
        return result

    def _be_held_by_holders_of(self, lots):
        """Let whoever holds ``lots`` hold these as well, which are made of them.

        :raises HeldByCompanyError: for a lot of one company, which others cannot hold
        """
        holders = lots._holders()
        for lot in self.filtered("company_id") if holders else self.browse():
            if others := holders - lot.company_id:
                raise HeldByCompanyError(lots[:1], others)
        for company in holders:
            self._hold_for(company)

    def _shared(self):
        """Return the lots that several companies share; none where there is one."""
        shared = self.filtered(lambda lot: not lot.company_id)
        # sudo: to count companies that the user does not see
        companies = self.env["res.company"].sudo()
        several = shared and companies.search_count([], limit=2) > 1
        return shared if several else self.browse()

    def _holders(self):
        # sudo: whoever may release must know that others hold it
        return self.sudo().holding_company_ids

    def _hold_for(self, company):
        """Let a company hold these lots as well."""
        # sudo: who holds it is kept by the change itself
        lots = self.filtered(lambda lot: company not in lot._holders()).sudo()
        if lots:
            lots.holding_company_ids = [Command.link(company.id)]
