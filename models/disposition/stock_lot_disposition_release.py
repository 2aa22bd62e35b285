from odoo import models

from .exceptions import ReleaseByDefinitionError


class StockLotDisposition(models.Model):
    """To widen what a disposition permits is to release what is under it."""

    _inherit = "stock.lot.disposition"

    def write(self, vals):
        widened = self._widened_by(vals)
        if widened:
            widened._check_may_widen()
        return super().write(vals)

    def _widened_by(self, vals):
        """Return those that permit more by ``vals``, or that more people end."""
        permits = [name for name in vals if name.startswith("allow_") and vals[name]]
        ends = "needs_quality_right" in vals and not vals["needs_quality_right"]
        return self.filtered(
            lambda disposition: (
                any(not disposition[name] for name in permits)
                or (ends and disposition.needs_quality_right)
            )
        )

    def _check_may_widen(self):
        """Refuse that one person releases what two people must.

        :raises ReleaseByDefinitionError: naming a batch
        """
        lots = self.env["stock.lot"]
        if self.env.su or lots._is_system():
            return
        for disposition in self.filtered("needs_quality_right"):
            # sudo: dispositions are everybody's, and so are the lots under them
            under = lots.sudo().search([("disposition_id", "=", disposition.id)])
            for company, theirs in under.grouped("company_id").items():
                if lots._needs_four_eyes(company):
                    raise ReleaseByDefinitionError(self.env, disposition, theirs[0])
