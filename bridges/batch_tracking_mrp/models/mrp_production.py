from odoo import models
from odoo.fields import Command

from odoo.addons.batch_tracking.models.ledger import ledger
from odoo.addons.batch_tracking.models.number.numbering import with_numbering


class MrpProduction(models.Model):
    """Tells the batch number what is made and where, and links it to what went in."""

    _inherit = "mrp.production"

    def action_recall(self):
        """Open the preview of a recall of what these orders made."""
        made = self.lot_producing_ids | self.move_finished_ids.move_line_ids.lot_id
        return made._recall_from(self)

    def _prepare_stock_lot_values(self):
        day = self.batch_day = self._batch_production_date()
        production = with_numbering(self, **self._batch_numbering(day))
        values = super(MrpProduction, production)._prepare_stock_lot_values()
        return {**values, **self._batch_origin(day)}

    def _batch_numbering(self, day):
        """Return what is known of the lots that it makes, as of ``Numbering``.

        :param date day: their production day
        """
        self.ensure_one()
        return {
            "product_id": self.product_id.id,
            "company_id": self.company_id.id,
            "date": day,
            "codes": {**self.picking_type_id._batch_codes(), **self._batch_codes()},
        }

    def _batch_origin(self, day):
        """Return what a lot keeps of the production that made it on ``day``."""
        return {
            "production_date": day,
            "production_warehouse_id": self.picking_type_id.warehouse_id.id,
            "production_line": self._batch_codes().get("line"),
        }

    def button_mark_done(self):
        # Each order is dated after its posting: link all of them once.
        with ledger.finishing(self.env.cr), self.env["stock.lot.link"]._collected():
            return super().button_mark_done()

    def _post_inventory(self, *args, **kwargs):
        self._tell_batches()
        earlier = self._earlier_pairs()
        cr = self.env.cr
        with ledger.finishing(cr), self.env["stock.lot.link"]._collected():
            ledger.note_finished(cr, [line.id for line, _ingredients in earlier])
            sharing = self.env["stock.move"]._sharing_reservation(self)
            result = super(MrpProduction, sharing)._post_inventory(*args, **kwargs)
            # Core has replaced the ingredients of what was posted before.
            for line, ingredients in earlier:
                line.consume_line_ids = [Command.set(ingredients.ids)]
        return result

    def _earlier_pairs(self):
        """Return the lines that are made already, each with its ingredients."""
        lines = self.move_finished_ids.move_line_ids
        made = lines.filtered(lambda line: line.state == "done")
        return [(line, line.consume_line_ids) for line in made]

    def _batch_codes(self):
        """Return on what it is made, by the fields of a batch pattern."""
        line = self.workorder_ids[-1:].workcenter_id.code
        return {"line": line} if line else {}

    def action_attribute(self):
        """Open the list in which somebody says which component is in which unit."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "batch_tracking.stock_lot_attribute_action"
        )
        return {**action, "context": {"default_lot_ids": self.lot_producing_ids.ids}}

    def action_genealogy(self):
        """Open the genealogy of what is made, or else of what is to go in."""
        lots = self.lot_producing_ids or self.move_raw_ids.move_line_ids.lot_id
        return lots.action_genealogy()
