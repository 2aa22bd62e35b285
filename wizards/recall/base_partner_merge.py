from odoo import models
from odoo.fields import Domain

from ...models.recall.exceptions import ConsigneesToldApartError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Contacts that one recall has told apart stay apart; of others it says who it was.

    Odoo writes in SQL all that refers to a contact, and deletes what it cannot: what
    a recall keeps of two consignees would be one's twice, or gone.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._check_not_told_apart(src_partners | dst_partner)
        recalls = self._recalls_naming(src_partners)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        for partner, recall in recalls:
            recall._note_step(
                self.env._("Consignee"),
                partner.display_name,
                dst_partner.display_name,
                reason=self.env._("Contacts were merged."),
            )
        return result

    def _told_apart_by(self):
        """Return the models that keep something of each consignee of a recall.

        Rooms above add theirs.
        """
        return ["stock.recall.consignee"]

    def _check_not_told_apart(self, partners):
        """Refuse to merge contacts of which one recall keeps what each was told.

        :raises ConsigneesToldApartError: naming the recall
        """
        for model in self._told_apart_by():
            # sudo: evidence is kept whoever merges, and of whichever company it is
            rows = self.env[model].sudo()
            found = rows._read_group(
                [("partner_id", "in", partners.ids)],
                ["recall_id"],
                ["partner_id:recordset"],
                having=[("partner_id:count_distinct", ">", 1)],
            )
            for recall, told in found:
                raise ConsigneesToldApartError(recall.with_env(self.env), told)

    def _recalls_naming(self, partners):
        """Return ``[(partner, recall)]`` in which they are consignees."""
        rows = self.env["stock.recall.consignee"].sudo()
        mine = Domain("partner_id", "in", partners.ids)
        return rows._read_group(mine, ["partner_id", "recall_id"])
