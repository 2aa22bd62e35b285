from odoo import api, models
from odoo.tools import SQL

LINK_FIELDS = {"consume_line_ids", "produce_line_ids"}
#: What a correction of a finished operation may change in its links.
LINKED_FIELDS = {"lot_id", "quantity", "product_uom_id", "date"}


class StockMoveLine(models.Model):
    """Keeps the links up to date when somebody corrects a finished operation."""

    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if added := lines._already_done():
            self.env["stock.lot.link"]._sync(added)
        return lines

    def write(self, vals):
        result = super().write(vals)
        if LINK_FIELDS & vals.keys():
            self.env["stock.lot.link"]._sync(self)
        elif LINKED_FIELDS & vals.keys() and (done := self._already_done()):
            done._sync_linked()
        return result

    def _lines_told_of(self):
        """What went in tells of what was made as well, and what was made of that."""
        told_of = super()._lines_told_of()
        if self and self._may_have_links():
            source = self.env["stock.lot.link.source"]
            for consumed_id, made_id in source._pairs_with(self):
                consumed, made = self.browse(consumed_id), self.browse(made_id)
                if consumed in told_of:
                    told_of[consumed] |= made
                if made in told_of:
                    told_of[made] |= consumed
        return told_of

    def _sync_linked(self):
        """Write the links of those of these done lines anew that may have any."""
        if self._may_have_links():
            self.env["stock.lot.link"]._sync(self)

    def _may_have_links(self):
        """Tell whether any of these lines may have links.

        Only an operation has: what is consumed goes to production or comes from it, or
        it is repaired and core has noted its parts.
        """
        places = self.location_id | self.location_dest_id
        return "production" in places.mapped("usage") or self._is_paired()

    def _is_paired(self):
        """Tell whether core has noted what any of these lines was made of, or became.

        Asked of the database at once: receipts have thousands of lines, and no pairs.
        """
        pairs = SQL(
            "SELECT FROM stock_move_line_consume_rel"
            " WHERE consume_line_id = ANY(%(ids)s) OR produce_line_id = ANY(%(ids)s)"
            " LIMIT 1",
            ids=self.ids,
        )
        return bool(self.env.execute_query(pairs))
