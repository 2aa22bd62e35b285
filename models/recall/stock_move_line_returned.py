from odoo import models
from odoo.tools import format_list


class StockMoveLine(models.Model):
    """Recalled goods that come back go to a quarantine, and somebody is told."""

    _inherit = "stock.move.line"

    def _action_done(self):
        # All at once, also those that core will find by the number that was typed.
        typed = self.filtered(lambda line: line.lot_name and not line.lot_id)
        self.lot_id._keep_from_recall(typed.product_id.ids, typed.mapped("lot_name"))
        returned = self._returned_and_recalled()
        returned._put_apart()
        result = super()._action_done()
        returned.exists()._tell_where_they_are()
        return result

    def _returned_and_recalled(self):
        """Return the lines by which recalled goods come back from customers."""
        coming = self.filtered(lambda line: line._comes_from_customer())
        if not coming:
            return coming
        recalled = self.env["stock.lot"]._disposition("recalled")
        # sudo: a recall of another company holds a shared lot as well
        lots = coming.lot_id.sudo()
        stopped = lots.filtered(
            lambda lot: (
                lot.disposition_id == recalled or lot.recall_line_ids._stops_goods()
            )
        )
        return coming.filtered(lambda line: line.lot_id.id in stopped._ids)

    def _comes_from_customer(self):
        """Tell whether it brings goods of a lot back from a customer."""
        is_back = (
            self.location_id.usage == "customer"
            and self.location_dest_id.usage == "internal"
        )
        return bool(self.lot_id and self.quantity and is_back)

    def _put_apart(self):
        """Send them to the quarantine of the warehouse, if it has one.

        What goes on by a following move stays on its way.
        """
        for line in self:
            if line.move_id.move_dest_ids or line.location_dest_id._is_restrictive():
                continue
            if place := line.location_dest_id._nearest_quarantine():
                line.location_dest_id = place

    def _tell_where_they_are(self):
        for picking, lines in self.grouped("picking_id").items():
            for place, theirs in lines.grouped("location_dest_id").items():
                if picking:
                    picking.message_post(body=theirs._returned_message(place))

    def _returning_message(self):
        return self.env._(
            "%(lots)s is recalled: when it comes in, put it apart from what may be "
            "sold.",
            lots=self._lots_label(),
        )

    def _lots_label(self):
        return format_list(self.env, sorted(set(self.lot_id.mapped("name"))))

    def _returned_message(self, place):
        words = {"lots": self._lots_label(), "place": place.display_name}
        # sudo: what a place imposes holds for people who may not read it
        if place.sudo()._is_restrictive():
            return self.env._(
                "%(lots)s came back and is recalled: it lies in %(place)s, apart from "
                "what may be sold.",
                **words,
            )
        return self.env._(
            "%(lots)s came back and is recalled, and lies in %(place)s: put it apart "
            "from what may be sold. A location of this warehouse that imposes a "
            "disposition would take it by itself.",
            **words,
        )
