from odoo import models

#: What of a batch names a contact: who received it, whose goods it is, who sent it.
NAMED_BY = {
    "stock.move.line": ("consignee_id", "owner_id"),
    "stock.lot": ("supplier_id",),
}


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Tells batches that who received, owns or supplied them is another contact now.

    Odoo merges contacts past the ORM: it writes all that refers to them in SQL.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        rows = self._renamed_on_batches(src_partners, dst_partner)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        # sudo: who merges contacts leaves events, and nobody may write others
        self.env["stock.lot.event"].sudo().create(rows)
        return result

    def _renamed_on_batches(self, src_partners, dst_partner):
        """Return the values of an event for each batch, contact and role.

        However many movements name the contact: what is told is that it has become
        another.
        """
        events = self.env["stock.lot.event"]
        why = self.env._("Contacts were merged.")
        self.env.flush_all()
        return [
            events._note(
                lot,
                "correction",
                self.env[model]._fields[name]._description_string(self.env),
                partner.display_name,
                dst_partner.display_name,
                reason=why,
                company_id=(company or self.env.company).id,
            )
            for model, names in NAMED_BY.items()
            for name in names
            for partner, lot, company in self._naming(model, name, src_partners)
        ]

    def _naming(self, model, name, partners):
        """Return ``(partner, stock.lot, company)`` of the batches that name them."""
        # sudo: batches of all companies name the contact, whoever merges it
        records = self.env[model].sudo().with_context(active_test=False)
        if model == "stock.lot":
            lots = records.search([(name, "in", partners.ids)])
            return [(lot[name], lot, lot.company_id) for lot in lots]
        return records._read_group(
            [(name, "in", partners.ids), ("lot_id", "!=", False)],
            [name, "lot_id", "company_id"],
        )
