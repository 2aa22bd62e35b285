from odoo import api, models


class StockPicking(models.Model):
    """Tells people that a till has sold a batch which may not leave."""

    _inherit = "stock.picking"

    @api.model
    def _create_picking_from_pos_order_lines(
        self, location_dest_id, lines, picking_type, partner=False
    ):
        # Where recalled goods are the recall knows: its returns brought them back, or
        # they were destroyed. Paying for them brings nothing.
        goods = lines.filtered(lambda line: not line.recall_row_id)
        return super()._create_picking_from_pos_order_lines(
            location_dest_id, goods, picking_type, partner
        )

    def _tell_held_sale(self, lots):
        """Ask those responsible for held lots to decide, on the sale's transfer.

        :param lots: stock.lot, none for nothing to tell
        """
        # sudo: who sells neither reads dispositions nor plans activities for others
        for picking in self.sudo() if lots else ():
            for lot in lots.sudo():
                picking.activity_schedule(
                    "mail.mail_activity_data_warning",
                    is_of_batches=True,
                    user_id=lot._responsible().id,
                    summary=self.env._("A held batch was sold at the till"),
                    note=picking._held_sale_note(lot),
                )

    def _held_sale_note(self, lot):
        return self.env._(
            "Batch %(lot)s of %(product)s was sold, but is held (%(dispositions)s). "
            "Nothing was booked out: find the goods, then validate this transfer with "
            "another batch, or refund the sale.",
            lot=lot.name,
            product=lot.product_id.display_name,
            dispositions=self._held_label(lot),
        )

    def _held_label(self, lot):
        """Return the dispositions of a lot, and of the places here where it lies."""
        inside = lot.quant_ids.location_id.filtered(
            lambda place: place.parent_path.startswith(self.location_id.parent_path)
        )
        names = [lot.disposition_id.name or ""]
        names += [
            f"{place.display_name}: {imposed.name}"
            for place in inside
            for imposed in place.imposed_disposition_ids
        ]
        return ", ".join(filter(None, names))
