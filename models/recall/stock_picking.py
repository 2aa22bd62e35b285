from odoo import api, fields, models


class StockPicking(models.Model):
    """A transfer by which recalled goods come back says what to do with them."""

    _inherit = "stock.picking"

    recall_notice = fields.Text(
        "Recalled goods",
        compute="_compute_recall_notice",
        help="Which recalled goods come back by this transfer, and what to do then.",
    )

    @api.depends("state", "move_line_ids.lot_id", "move_line_ids.location_dest_id")
    @api.depends_context("lang")
    def _compute_recall_notice(self):
        returned = self.move_line_ids._returned_and_recalled()
        for picking in self:
            lines = returned & picking.move_line_ids
            if picking.state == "cancel":
                lines = lines.browse()
            places = lines.grouped("location_dest_id").items()
            picking.recall_notice = "\n".join(
                theirs._returned_message(place)
                if picking.state == "done"
                else theirs._returning_message()
                for place, theirs in places
            )

    def action_recall(self):
        """Open the preview of a recall of what these transfers moved.

        :raises UserError: if no batch is in them
        """
        return self.move_line_ids.lot_id._recall_from(self)
