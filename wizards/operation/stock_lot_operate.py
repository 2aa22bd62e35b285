from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import clean_context

from ...models.base.ids import check_one
from ...models.operation.step import Part, Taken
from ...models.operation.stock_lot_operation import KINDS


class StockLotOperate(models.TransientModel):
    """Splits, merges, repacks or relabels batches: real stock, linked."""

    _name = "stock.lot.operate"
    _inherit = "batch.wizard"
    _description = "Split, Merge, Repack or Relabel"

    kind = fields.Selection(KINDS, required=True, default="split")
    lot_ids = fields.Many2many("stock.lot", string="Batches")
    source_ids = fields.One2many(
        "stock.lot.operate.source",
        "wizard_id",
        compute="_compute_source_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
        string="Taken",
    )
    target_ids = fields.One2many("stock.lot.operate.target", "wizard_id", "Made")
    name = fields.Char("New number", help="Left empty, it is numbered by its pattern.")
    target_lot_id = fields.Many2one(
        "stock.lot",
        string="Into batch",
        domain="[('product_id', '=', product_id)]",
        help="Left empty, a new batch is made.",
    )
    product_id = fields.Many2one(
        "product.product",
        compute="_compute_product_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('tracking', '!=', 'none'), ('is_storable', '=', True)]",
    )
    product_uom_id = fields.Many2one(related="product_id.uom_id")
    made_quantity = fields.Float("Quantity made", digits="Product Unit")
    reason = fields.Text()
    disposition_id = fields.Many2one(
        "stock.lot.disposition", compute="_compute_handed_on", string="Will be under"
    )
    expiration_date = fields.Datetime(
        compute="_compute_handed_on", string="Will expire on"
    )

    @api.depends("lot_ids")
    def _compute_source_ids(self):
        for wizard in self:
            wizard.source_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "quant_id": quant.id,
                            "quantity": max(quant.available_quantity, 0),
                        }
                    )
                    for quant in wizard._quants_to_choose_from()
                ),
            ]

    def _quants_to_choose_from(self):
        return self.env["stock.quant"].search(
            [
                ("lot_id", "in", self.lot_ids._origin.ids),
                ("location_id.usage", "=", "internal"),
                ("company_id", "=", self.env.company.id),
                ("quantity", ">", 0),
            ]
        )

    @api.depends("lot_ids", "kind")
    def _compute_product_id(self):
        for wizard in self:
            product = wizard.lot_ids.product_id
            wizard.product_id = product if len(product) == 1 else False

    @api.depends("source_ids.quantity", "source_ids.quant_id", "target_lot_id")
    def _compute_handed_on(self):
        for wizard in self:
            lots = wizard._used_sources().lot_id | wizard.target_lot_id
            wizard.disposition_id = lots._origin.disposition_id._strictest()
            wizard.expiration_date = lots._origin._earliest("expiration_date")

    def _used_sources(self):
        return self.source_ids.filtered(lambda source: source.quantity > 0)

    # -- doing it

    def apply(self):
        """Do it, and open the operation."""
        check_one(self)
        if not self._used_sources():
            raise UserError(
                self.env._(
                    "Nothing of these batches lies free in a warehouse of %s: there is "
                    "nothing to take.",
                    self.env.company.name,
                )
            )
        # The screen's default values are not meant for what is made here.
        wizard = self.with_env(self.env(context=clean_context(self.env.context)))
        return getattr(wizard, f"_apply_{wizard.kind}")()._open()

    def _apply_split(self):
        parts = [
            Part(target.name, target.quantity)
            for target in self.target_ids
            if target.quantity > 0
        ]
        return self.env["stock.lot.operation"]._split(
            self._taken(), parts, reason=self.reason
        )

    def _apply_merge(self):
        return self.env["stock.lot.operation"]._merge(
            self._taken(), into=self.target_lot_id, name=self.name, reason=self.reason
        )

    def _apply_repack(self):
        return self.env["stock.lot.operation"]._repack(
            self._taken(),
            self.product_id,
            self.made_quantity,
            into=self.target_lot_id,
            name=self.name,
            reason=self.reason,
        )

    def _apply_relabel(self):
        return self.env["stock.lot.operation"]._relabel(
            self._taken(), name=self.name, reason=self.reason
        )

    def _taken(self):
        return [source._taken() for source in self._used_sources()]


class StockLotOperateSource(models.TransientModel):
    """Goods that may be taken: some of a batch in one place."""

    _name = "stock.lot.operate.source"
    _inherit = "batch.wizard"
    _description = "Taken Goods"

    wizard_id = fields.Many2one("stock.lot.operate", required=True, ondelete="cascade")
    quant_id = fields.Many2one("stock.quant", required=True, ondelete="cascade")
    lot_id = fields.Many2one(related="quant_id.lot_id")
    location_id = fields.Many2one(related="quant_id.location_id")
    product_uom_id = fields.Many2one(related="quant_id.product_uom_id")
    available_quantity = fields.Float(related="quant_id.available_quantity")
    quantity = fields.Float(digits="Product Unit")

    def _taken(self):
        quant = self.quant_id
        return Taken(
            quant.lot_id,
            quant.location_id,
            self.quantity,
            quant.package_id,
            quant.owner_id,
        )


class StockLotOperateTarget(models.TransientModel):
    """One of the batches that a split makes."""

    _name = "stock.lot.operate.target"
    _inherit = "batch.wizard"
    _description = "Made Batch"

    wizard_id = fields.Many2one("stock.lot.operate", required=True, ondelete="cascade")
    name = fields.Char("Number", help="Left empty, it is numbered by its pattern.")
    quantity = fields.Float(digits="Product Unit")
