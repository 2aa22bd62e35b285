from odoo import api, fields, models

from .stock_lot_display_name import PICKER_CONTEXT


class StockQuant(models.Model):
    """Stock whose entry in a list of choices tells what its lot and place permit."""

    _inherit = "stock.quant"

    disposition_id = fields.Many2one(related="lot_id.disposition_id")
    disposition_color = fields.Integer(related="lot_id.disposition_id.color")
    is_forbidden_to_pick = fields.Boolean(
        compute="_compute_is_forbidden_to_pick",
        help="Whether its lot or its place forbids what it is picked for.",
    )

    @api.depends("lot_id.disposition_id", "location_id")
    @api.depends_context(*PICKER_CONTEXT)
    def _compute_is_forbidden_to_pick(self):
        purpose = self.lot_id._picker_purpose()
        for quant in self:
            quant.is_forbidden_to_pick = bool(
                purpose and self._held_by(quant.lot_id, quant.location_id, purpose)
            )

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
        # sudo: whoever may choose stock may read what its place imposes
        imposed = self.sudo().location_id.imposed_disposition_ids
        state = self.lot_id._picker_state()
        if imposed:
            state = f"{state} `{imposed._strictest().name}`"
        label = self.display_name
        if not self.is_forbidden_to_pick:
            name = self.lot_id.name
            return f"{label.replace(f'--{name}--', f'**{name}**')}\t{state}"
        place, *details = label.split("\t")
        return "\t".join((f"--{place}--", *details, state))
