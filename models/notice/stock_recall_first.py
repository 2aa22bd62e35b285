from odoo import models

from ..base.bulk_insert import insert_rows


class StockRecall(models.Model):
    """Makes the first notices before the rows that they tell of.

    So a launch writes its tens of thousands of rows once. Whoever joins a recall that
    has notices already is told by ``_make_notices``.
    """

    _inherit = "stock.recall"

    def _prepare_consignees(self, consignees):
        rows = super()._prepare_consignees(consignees)
        addressees = self._addressees({row["partner_id"] for row in rows})
        notices = {} if self.notice_ids else self._first_notices({*addressees.values()})
        for row in rows:
            addressee = addressees[row["partner_id"]]
            row.update(addressee_id=addressee, notice_id=notices.get(addressee))
        return rows

    def _addressees(self, partner_ids):
        """Return ``{partner id: id of whom the notice goes to}``; False for nobody."""
        partners = self.env["res.partner"].browse(filter(None, partner_ids))
        if self.is_by_site:
            addressees = {partner.id: partner.id for partner in partners}
        else:
            partners.fetch(["commercial_partner_id"])
            addressees = {
                partner.id: partner.commercial_partner_id.id or partner.id
                for partner in partners
            }
        return {False: False, **addressees} if False in partner_ids else addressees

    def _first_notices(self, addressee_ids):
        """Make a notice for each; False stands for what left without an address.

        :param set addressee_ids: ids of res.partner, or False
        :return: ``{addressee id or False: id of the notice}``
        """
        notices = self.env["stock.recall.notice"]
        nobody = self.env["res.partner"]
        partners = nobody.browse(sorted(filter(None, addressee_ids)))
        partners.fetch(
            ["lang", "email_normalized", "phone", "street", "city", "active"]
        )
        addressees = [nobody] * (False in addressee_ids) + list(partners)
        own_lang = self._own_lang()
        rows = [
            {
                "recall_id": self.id,
                "company_id": self.company_id.id,
                "partner_id": partner.id,
                "purpose": "consignee",
                "version": self.version,
                "lang": partner.lang or own_lang,
                "channel": notices._best_channel(partner),
                "notified_at": None,
                "method": None,
            }
            for partner in addressees
        ]
        made = insert_rows(notices, rows)
        return {
            addressee.id: notice_id
            for addressee, notice_id in zip(addressees, made._ids, strict=True)
        }
