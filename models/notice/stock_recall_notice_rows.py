from collections import defaultdict

from odoo import fields, models

from .kinds import UNSENT


class StockRecallNotice(models.Model):
    """Which batches a notice tells of: those of its consignee alone."""

    _inherit = "stock.recall.notice"

    line_ids = fields.Many2many(
        "stock.recall.consignee",
        string="Batches that it tells of",
        compute="_compute_line_ids",
        compute_sudo=True,
    )
    lot_line_ids = fields.Many2many(
        "stock.recall.lot",
        string="Batches that came from the supplier",
        compute="_compute_lot_line_ids",
        compute_sudo=True,
    )

    def _compute_line_ids(self):
        received = self._received()
        cleared = self._cleared_lots()
        for notice in self:
            rows = received[notice.recall_id.id, notice.partner_id.id]
            notice.line_ids = rows.filtered(notice._tells_of(cleared))

    def _received(self):
        """Return all that the consignees had, as ``{(recall, addressee): rows}``."""
        rows = self.env["stock.recall.consignee"].search(
            [
                ("recall_id", "in", self.recall_id.ids),
                ("addressee_id", "in", [*self.partner_id.ids, False]),
                ("notice_id", "!=", False),
            ]
        )
        nothing = self.env["stock.recall.consignee"]
        found = defaultdict(lambda: nothing)
        for key, group in rows.grouped(
            lambda row: (row.recall_id.id, row.addressee_id.id)
        ).items():
            found[key] = group
        return found

    def _cleared_lots(self):
        """Return the pairs of recall and lot that are cleared, as ids."""
        lines = self.env["stock.recall.lot"].search(
            [("recall_id", "in", self.recall_id.ids), ("is_cleared", "=", True)]
        )
        return {(line.recall_id.id, line.lot_id.id) for line in lines}

    def _tells_of(self, cleared):
        """Return a function that tells whether the notice tells of a row."""
        if self.purpose == "supplier":
            return lambda row: False
        if self.purpose == "cleared":
            return lambda row: row.cleared_notice_id == self
        if self.purpose == "closeout":
            return lambda row: True
        is_unsent = self.state in UNSENT
        return lambda row: (
            row.notice_id.version <= self.version
            and not (is_unsent and (row.recall_id.id, row.lot_id.id) in cleared)
        )

    def _compute_lot_line_ids(self):
        lines = self.env["stock.recall.lot"].search(
            [
                ("recall_id", "in", self.recall_id.ids),
                ("level", "=", 0),
                ("lot_id.supplier_id", "in", self.partner_id.ids),
            ]
        )
        supplied = lines.grouped(
            lambda line: (line.recall_id.id, line.lot_id.supplier_id.id)
        )
        for notice in self:
            key = (notice.recall_id.id, notice.partner_id.id)
            is_supplier = notice.purpose == "supplier"
            notice.lot_line_ids = is_supplier and supplied.get(key)

    def _rows(self):
        """Return what stands in the table of the notice, as a list of dicts.

        ``product``, ``lot``, ``supplier_lot``, ``quantity``, ``unit``, ``date`` of the
        last delivery, ``site`` where there are several.
        """
        self.ensure_one()
        if self.purpose == "supplier":
            return [
                {
                    "product": line.product_id.display_name,
                    "lot": line.lot_id.name,
                    "supplier_lot": line.lot_id.supplier_lot_name or "",
                    "quantity": line.came_in,
                    "unit": line.unit_id.name,
                    "date": False,
                    "site": "",
                }
                for line in self.lot_line_ids
            ]
        sites = self.line_ids.partner_id
        return [
            {
                "product": line.product_id.display_name,
                "lot": line.lot_id.name,
                "supplier_lot": "",
                "quantity": line.delivered - line.returned,
                "unit": line.unit_id.name,
                "date": line.date,
                "site": line.partner_id.display_name if len(sites) > 1 else "",
            }
            for line in self.line_ids
        ]
