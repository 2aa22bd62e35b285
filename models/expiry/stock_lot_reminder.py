from markupsafe import Markup

from odoo import models

#: So many lots a to-do names; of more it tells the number.
NAMED = 50
TODO = "mail.mail_activity_data_todo"


class StockLot(models.Model):
    """Asks people to remove what has expired: one to-do each, however much it is."""

    _inherit = "stock.lot"

    def _ask_to_remove(self, user, asked):
        """Ask ``user`` to remove these lots; who was asked in this run is told of more.

        :param dict asked: the mail.activity of each res.users that this run has asked
        """
        known = asked.get(user)
        if known and known.exists():  # it may have been undone since
            known.note += self._removal_note()
            return
        first = self.sorted(
            lambda lot: (lot.expiration_date or lot.removal_date, lot.id)
        )
        asked[user] = first[:1].activity_schedule(
            TODO,
            is_of_batches=True,
            user_id=user.id,
            summary=self._removal_summary(),
            note=first._removal_note(),
        )

    def _removal_summary(self):
        if len(self) == 1:
            return self.env._("Remove expired batch")
        return self.env._("Remove expired batches")

    def _removal_note(self):
        """Return the lots as a list of links, in HTML."""
        lines = [
            Markup("<li>%s, %s</li>")
            % (lot._get_html_link(title=lot.name), lot.product_id.display_name)
            for lot in self[:NAMED]
        ]
        unnamed = len(self) - NAMED
        if unnamed > 0:
            more = self.env._("… and %(count)s more.", count=unnamed)
            lines.append(Markup("<li>%s</li>") % more)
        return Markup("<ul>%s</ul>") % Markup().join(lines)

    def _responsible(self):
        """Return who looks after a lot: the product's responsible, or the company's."""
        company = self.company_id or self.quant_ids.company_id[:1] or self.env.company
        product = self.product_id.with_company(company)
        return product.responsible_id or self.env.ref("base.user_admin")
