from odoo import fields, models

from ..answer.channels import PAGE
from .wishes import WISH_NAMES, WISHES


class StockRecall(models.Model):
    """Hears what consignees want in place of recalled goods."""

    _inherit = "stock.recall"

    def _page_wishes(self):
        """Return the wishes to choose from: ``[(key, label)]``, as a visitor reads."""
        field = self.env["stock.recall.consignee"]._fields["wish"]
        return field._description_selection(self.env)

    def _read_answer(self, partner, form, channel=PAGE):
        answer = super()._read_answer(partner, form, channel)
        wish = form.get("wish")
        if wish not in WISH_NAMES:
            return answer
        return answer._replace(values={**answer.values, "wish": wish})

    def _keep_answer(self, partner, answer):
        kept = super()._keep_answer(partner, answer)
        if kept.wish:
            # sudo: what is told is only written here, of rows that were checked before
            rows = self.env["stock.recall.consignee"].sudo().union(*answer.told)
            rows.wish = kept.wish
        return kept


class StockRecallConsignee(models.Model):
    """What a consignee asked for last in place of the goods of a batch."""

    _inherit = "stock.recall.consignee"

    wish = fields.Selection(
        WISHES,
        "Wants",
        readonly=True,
        help="In place of the recalled goods, as of their last answer.",
    )
