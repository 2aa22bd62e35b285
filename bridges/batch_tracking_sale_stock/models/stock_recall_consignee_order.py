from collections import defaultdict

from odoo import models
from odoo.fields import Command

from odoo.addons.batch_tracking.models.base.said import said
from odoo.addons.batch_tracking.models.remedy.exceptions import NothingToReplaceError

from .exceptions import SalesRightMissingError


class StockRecallConsignee(models.Model):
    """Replacements by quotations that cost nothing, one for each consignee."""

    _inherit = "stock.recall.consignee"

    def _order_replacements(self, basis):
        """Make quotations of what is to be replaced.

        :param str basis: how much, one of ``BASES``
        :return: sale.order
        :raises SalesRightMissingError: for users who may make no orders
        :raises NothingToReplaceError: if nothing is left
        """
        self._check_may_order()
        orders = self._order_owed(basis)
        if not orders:
            raise NothingToReplaceError(self)
        return orders

    def _check_may_order(self):
        self._check_may_make_good()
        if not self.env["sale.order"].has_access("create"):
            raise SalesRightMissingError(self.env)

    def _make_good_by(self, way, basis):
        if way == "order":
            self._check_may_order()
            return self._order_owed(basis)
        return super()._make_good_by(way, basis)

    def _order_owed(self, basis):
        by_partner = defaultdict(list)
        for row, quantity in self._owed(basis).items():
            by_partner[row.partner_id, row.recall_id].append((row, quantity))
        orders = self.env["sale.order"].create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": recall.company_id.id,
                    "origin": recall.name,
                    "order_line": [
                        Command.create(row._prepare_replacement_line(quantity))
                        for row, quantity in goods
                    ],
                }
                for (partner, recall), goods in by_partner.items()
            ]
        )
        # Afterwards: so it is a price that somebody has chosen, which Sales keeps.
        orders.order_line.price_unit = 0.0
        for recall, lines in orders.order_line.grouped(
            lambda line: line.recall_row_id.recall_id
        ).items():
            recall._note_made_good(lines.recall_row_id, lines.order_id)
        return orders

    def _prepare_replacement_line(self, quantity):
        return {
            "product_id": self.product_id.id,
            "name": self.env._(
                "%(goods)s\nReplaces batch %(lot)s",
                goods=self.product_id.display_name,
                lot=self.lot_id.name,
            ),
            "product_uom_id": self.product_id.uom_id.id,
            "product_uom_qty": quantity,
            "recall_row_id": said(self),
        }
