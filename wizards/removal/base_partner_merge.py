from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Of two rules of remaining life for the same goods, that of who stays holds."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._keep_one_rule_each(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _keep_one_rule_each(self, src_partners, dst_partner):
        # sudo: who merges contacts need not be allowed to set rules
        rules = self.env["res.partner.shelf.life"].sudo()
        kept = rules.search([("partner_id", "=", dst_partner.id)]).categ_id.ids
        has_rule_of_all = rules.search_count(
            [("partner_id", "=", dst_partner.id), ("categ_id", "=", False)], limit=1
        )
        known = {*kept, *([False] if has_rule_of_all else [])}
        for rule in rules.search([("partner_id", "in", src_partners.ids)], order="id"):
            if rule.categ_id.id in known:
                rule.unlink()
            else:
                known.add(rule.categ_id.id)
