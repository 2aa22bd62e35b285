from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class StockLotAttribute(models.TransientModel):
    """Shows and takes the same quantities as a matrix of units and component lots."""

    _inherit = "stock.lot.attribute"

    matrix = fields.Json(
        compute="_compute_matrix", inverse="_inverse_matrix", readonly=False
    )

    @api.depends("line_ids.unit_id", "line_ids.quantity", "line_ids.consume_line_id")
    def _compute_matrix(self):
        for wizard in self:
            wizard.matrix = wizard._as_matrix()

    def _as_matrix(self):
        """Return what ``static/src/attribution_matrix`` shows.

        :return: dict of ``units`` [{id, name}], ``cells`` {"line-unit": quantity} and
            ``products`` [{id, name, uom, shares {unit id: quantity}, columns}]; a
            column is {id, name, used, units: ids of those that it may be in}
        """
        rows = self.line_ids
        cells = defaultdict(float)
        for row in rows.filtered("unit_id"):
            cells[_key(row.consume_line_id, row.unit_id)] += row.quantity
        lines = rows.consume_line_id._origin
        made = self._made_by_line(lines)
        return {
            "units": [
                {"id": unit.id, "name": unit.name}
                for unit in self.unit_ids._origin.sorted("name")
            ],
            "products": [
                self._matrix_of(product, used, made)
                for product, used in lines.grouped("product_id").items()
            ],
            "cells": cells,
        }

    def _made_by_line(self, lines):
        """Return ``{consumed line: the lines it may be in}``."""
        pairs = self.env["stock.lot.link.source"]._made_of_each(lines.ids)
        return {
            line: self.env["stock.move.line"].browse(sorted(pairs.get(line.id, ())))
            for line in lines
        }

    def _matrix_of(self, product, lines, made):
        return {
            "id": product.id,
            "name": product.display_name,
            "uom": product.uom_id.name,
            "shares": self._shares_by_quantity(lines, made),
            "columns": [
                {
                    "id": line.id,
                    "name": line.lot_id.name,
                    "used": line.quantity_product_uom,
                    "units": made[line].lot_id.ids,
                }
                for line in lines.sorted(lambda line: line.lot_id.name)
            ],
        }

    @api.onchange("matrix")
    def _inverse_matrix(self):
        for wizard in self:
            cells = (wizard.matrix or {}).get("cells") or {}
            if cells != wizard._as_matrix()["cells"]:
                wizard.line_ids = [
                    Command.clear(),
                    *(Command.create(row) for row in wizard._rows_of_cells(cells)),
                ]

    @staticmethod
    def _shares_by_quantity(lines, made):
        """Return ``{unit id: quantity}`` if what was used went evenly into all made."""
        shares = defaultdict(float)
        for line in lines:
            total = sum(made[line].mapped("quantity_product_uom")) or 1
            for made_line in made[line]:
                share = line.quantity_product_uom / total
                shares[made_line.lot_id.id] += made_line.quantity_product_uom * share
        return shares

    def _rows_of_cells(self, cells):
        """Return the rows of the list that say the same as ``cells``."""
        lines = {line.id: line for line in self._open_links().consume_line_id}
        left = {line_id: line.quantity_product_uom for line_id, line in lines.items()}
        rows = []
        for key, quantity in cells.items():
            line_id, unit_id = self._parse_key(key, left)
            left[line_id] -= quantity
            if quantity:
                rows.append(
                    {
                        "consume_line_id": line_id,
                        "unit_id": unit_id,
                        "quantity": quantity,
                    }
                )
        rows += [
            {"consume_line_id": line_id, "quantity": quantity}
            for line_id, quantity in left.items()
            if lines[line_id].product_id.uom_id.compare(quantity, 0) > 0
        ]
        return rows

    def _parse_key(self, key, known):
        line_id, _dash, unit_id = key.partition("-")
        if not (unit_id.isdigit() and line_id.isdigit() and int(line_id) in known):
            raise UserError(
                self.env._("The matrix is out of date. Close it and open it again.")
            )
        return int(line_id), int(unit_id)


def _key(line, unit):
    return f"{line._origin.id}-{unit._origin.id}"
