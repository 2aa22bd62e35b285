from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date, format_time
from odoo.tools.misc import formatLang

from ...tools.figures import decimals
from .exceptions import LotOfOthersError
from .view_groups import STOCK_USER, set_groups

#: How a sentence links a batch: its id twice, and its number. Screens open it by the
#: second id, so that the way back leads to where people were.
LINK = Markup('<a href="/odoo/batches/%s" data-oe-id="%s">%s</a>')
#: What other apps put on a batch, and who may open what is behind it: they count on it
#: that whoever sees a batch works in Inventory.
BUTTONS = {
    "action_view_po": f"{STOCK_USER},purchase.group_purchase_user",
    "action_view_so": f"{STOCK_USER},sales_team.group_sale_salesman",
    "action_view_ro": STOCK_USER,
    "action_lot_open_repairs": STOCK_USER,
}
TRACEABILITY = "stock.action_stock_report"
#: As many numbers a sentence lists.
NAMED = 5


class StockLot(models.Model):
    """What several rooms do with lots, and what people see without rights elsewhere."""

    _inherit = "stock.lot"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            report = str(self.env.ref(TRACEABILITY).id)
            set_groups(arch, {**BUTTONS, report: STOCK_USER})
        return arch, view

    def write(self, vals):
        moved = self.browse()
        if "company_id" in vals and not self.env.su:
            moved = self.filtered(lambda lot: lot.company_id.id != vals["company_id"])
        result = super().write(vals)
        moved._check_company_is_ours()
        return result

    def _check_company_is_ours(self):
        """Let nobody give a lot away, or take a shared one from who has it in stock.

        :raises LotOfOthersError: naming the lot and the company
        """
        if others := self.company_id - self.env.user.company_ids:
            raise LotOfOthersError(self, others)
        for lot in self.filtered("company_id"):
            # sudo: what others have is what is asked
            holders = lot.sudo().quant_ids.filtered("quantity").company_id
            if others := holders - lot.company_id:
                raise LotOfOthersError(lot, others)

    def _open_wizard(self, model, name):
        """Return the action that opens a wizard for these lots.

        :param str model: of the wizard; it has a field ``lot_ids``
        :param str name: title of the dialog
        """
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {
                **self.env.context,
                "default_lot_ids": self.ids,
                "dialog_size": "extra-large",
            },
        }

    def _names_label(self):
        """Return the numbers of these lots for a sentence: all of a few, or ends."""
        lots, between = self._to_name()
        return between.join(lots.mapped("name"))

    def _links_label(self):
        """Return the same as ``Markup``, each number a link to its batch."""
        lots, between = self._to_name()
        return Markup(between).join(LINK % (lot.id, lot.id, lot.name) for lot in lots)

    def _to_name(self):
        """Return which of these lots a sentence names, and what it puts between."""
        if len(self) <= NAMED:
            return self, ", "
        return self[0] + self[-1], " … "

    def _as_figure(self, value):
        """Return a number as the user's language writes it, without needless zeros."""
        return formatLang(self.env, value, digits=decimals(value))

    def _moment_text(self, moment):
        """Return a moment to the minute, in the reader's format and zone."""
        local = fields.Datetime.context_timestamp(self, moment)
        day = format_date(self.env, local.date(), date_format="medium")
        return f"{day}, {format_time(self.env, moment, time_format='short')}"
