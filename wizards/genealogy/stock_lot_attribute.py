from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Command

from ...models.base.ids import check_one
from ...models.genealogy.exceptions import NotUsedError


class StockLotAttribute(models.TransientModel):
    """Says which component went into which unit, by list or by scanning."""

    _name = "stock.lot.attribute"
    _inherit = "batch.wizard"
    _description = "Components of Units"

    lot_ids = fields.Many2many("stock.lot", string="Units")
    unit_ids = fields.Many2many(
        "stock.lot", "stock_lot_attribute_unit_rel", compute="_compute_unit_ids"
    )
    scanned = fields.Char(
        "Scan", help="Scan a unit, then each of its components; then the next unit."
    )
    unit_id = fields.Many2one(
        "stock.lot", string="Components go into", domain="[('id', 'in', unit_ids)]"
    )
    line_ids = fields.One2many(
        "stock.lot.attribute.line",
        "wizard_id",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    reason = fields.Text()

    @api.depends("lot_ids")
    def _compute_unit_ids(self):
        for wizard in self:
            wizard.unit_ids = wizard._open_links().produce_line_id.lot_id

    @api.depends("lot_ids")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [
                Command.clear(),
                *(Command.create(values) for values in wizard._rows()),
            ]

    def _open_links(self):
        """Return the links in which something can be said of what made these lots."""
        links = self.env["stock.lot.link"]
        lines = links.search(
            [("child_lot_id", "in", self.lot_ids._origin.ids)]
        ).consume_line_id
        links = links.search([("consume_line_id", "in", lines.ids)])
        attributed = self._attributions(lines).consume_line_id
        return links.filtered(
            lambda link: (
                link.attribution == "possible" or link.consume_line_id in attributed
            )
        )

    def _attributions(self, lines):
        """Return what has been said of consumed lines."""
        # sudo: attributions tell nothing that the links do not
        attributions = self.env["stock.lot.attribution"].sudo()
        return attributions.search([("consume_line_id", "in", lines.ids)])

    def _rows(self):
        """Return a row for all that has been said, and for what is left to say."""
        lines = self._open_links().consume_line_id
        rows, left = [], {line: line.quantity_product_uom for line in lines}
        for attribution in self._attributions(lines):
            left[attribution.consume_line_id] -= attribution.quantity
            rows.append(
                {
                    "consume_line_id": attribution.consume_line_id.id,
                    "unit_id": attribution.produce_line_id.lot_id.id,
                    "quantity": attribution.quantity,
                }
            )
        rows += [
            {"consume_line_id": line.id, "quantity": quantity}
            for line, quantity in left.items()
            if line.product_id.uom_id.compare(quantity, 0) > 0
        ]
        return rows

    @api.onchange("scanned")
    def _onchange_scanned(self):
        number, self.scanned = (self.scanned or "").strip(), False
        if not number:
            return None
        unit = self.unit_ids.filtered(lambda lot: lot.name == number)
        if unit:
            self.unit_id = unit[0]
            return None
        row = self.line_ids.filtered(
            lambda row: row.lot_id.name == number and not row.unit_id
        )[:1]
        if row and self.unit_id:
            row.unit_id = self.unit_id
            return None
        return {"warning": {"title": number, "message": self._not_placed(row)}}

    def _not_placed(self, row):
        if row:
            return self.env._("Scan the unit first that this component is in.")
        return self.env._(
            "This is neither one of these units nor a component that is still to be "
            "placed. Compare it with the label and scan it again."
        )

    def apply(self):
        """Attribute the components as the list says."""
        check_one(self)
        quantities = defaultdict(float)
        for row in self.line_ids.filtered("unit_id"):
            quantities[row.consume_line_id, row._made_line()] += row.quantity
        self.env["stock.lot.attribution"]._attribute(
            self.line_ids.consume_line_id, quantities, self.reason
        )
        return {"type": "ir.actions.act_window_close"}


class StockLotAttributeLine(models.TransientModel):
    """Some of a component, and the unit it is in."""

    _name = "stock.lot.attribute.line"
    _inherit = "batch.wizard"
    _description = "Component of a Unit"

    wizard_id = fields.Many2one(
        "stock.lot.attribute", required=True, ondelete="cascade"
    )
    consume_line_id = fields.Many2one(
        "stock.move.line", required=True, ondelete="cascade", string="Component"
    )
    lot_id = fields.Many2one(related="consume_line_id.lot_id", string="Component batch")
    product_id = fields.Many2one(related="consume_line_id.product_id")
    quantity = fields.Float(digits="Product Unit", default=1)
    unit_ids = fields.Many2many("stock.lot", related="wizard_id.unit_ids")
    unit_id = fields.Many2one(
        "stock.lot", string="Is in", domain="[('id', 'in', unit_ids)]"
    )

    def _made_line(self):
        """Return the line by which the unit was made of this component."""
        self.ensure_one()
        pairs = self.env["stock.lot.link.source"]._made_of_each(
            self.consume_line_id.ids
        )
        made = self.env["stock.move.line"].browse(
            pairs.get(self.consume_line_id.id, ())
        )
        of_unit = made.filtered(lambda line: line.lot_id == self.unit_id)
        if not of_unit:
            raise NotUsedError(self.env, component=self.lot_id, unit=self.unit_id)
        return of_unit[0]
