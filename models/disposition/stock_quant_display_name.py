from odoo import api, models

from .stock_lot_display_name import PICKER_CONTEXT


class StockQuant(models.Model):
    """Stock whose entry in a list of choices tells what its lot and place permit."""

    _inherit = "stock.quant"

    @api.depends("lot_id.disposition_id", "lot_id.expiration_date")
    @api.depends_context("formatted_display_name", "lang", "tz", *PICKER_CONTEXT)
    def _compute_display_name(self):
        result = super()._compute_display_name()
        if self.env.context.get("formatted_display_name"):
            for quant in self.filtered("lot_id"):
                quant.display_name = quant._picker_label()
        return result

    def _picker_label(self):
        """Return core's label with the lot in sight, greyed if it may not go."""
        forbidding = set(self.lot_id._forbidding_for_picker())
        # sudo: whoever may choose stock may read what its place imposes
        imposed = self.sudo().location_id.imposed_disposition_ids
        held = self.lot_id.sudo().disposition_id | imposed
        state = self.lot_id._picker_state()
        if imposed:
            state = f"{state} `{imposed._strictest().name}`"
        label = self.display_name
        if forbidding.isdisjoint(held.ids):
            name = self.lot_id.name
            return f"{label.replace(f'--{name}--', f'**{name}**')}\t{state}"
        place, *details = label.split("\t")
        return "\t".join((f"--{place}--", *details, state))
