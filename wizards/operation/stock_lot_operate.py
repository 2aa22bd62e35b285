from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import clean_context

from ...models.operation.stock_lot_operation import KINDS, Step, Taken


class StockLotOperate(models.TransientModel):
    """Splits, merges, repacks or relabels batches: real stock, linked."""

    _name = "stock.lot.operate"
    _description = "Split, Merge, Repack or Relabel"

    kind = fields.Selection(KINDS, required=True, default="split")
    lot_ids = fields.Many2many("stock.lot", string="Batches")
    source_ids = fields.One2many(
        "stock.lot.operate.source",
        "wizard_id",
        compute="_compute_source_ids",
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
            quants = self.env["stock.quant"].search(
                [
                    ("lot_id", "in", wizard.lot_ids._origin.ids),
                    ("location_id.usage", "=", "internal"),
                    ("company_id", "=", self.env.company.id),
                    ("quantity", ">", 0),
                ]
            )
            wizard.source_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "quant_id": quant.id,
                            "quantity": max(quant.available_quantity, 0),
                        }
                    )
                    for quant in quants
                ),
            ]

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
        self.ensure_one()
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
        steps = getattr(wizard, f"_{wizard.kind}_steps")()
        operation = wizard.env["stock.lot.operation"]._perform(
            wizard.kind, steps, wizard.reason
        )
        return operation._open()

    def _split_steps(self):
        """Return a step for every part; what is left keeps its number."""
        source = self._used_sources()
        if len(source) != 1:
            raise UserError(
                self.env._(
                    "The batch lies in several places. Set the quantity to zero for "
                    "all but the one that you split."
                )
            )
        parts = self.target_ids.filtered(lambda target: target.quantity > 0)
        if not parts:
            raise UserError(self.env._("Say how much goes into each new batch."))
        self._check_not_serial(source.lot_id.product_id)
        return [
            Step(
                [source._taken(part.quantity)],
                self._child(source.lot_id, part.name),
                source.location_id,
                part.quantity,
                source.quant_id.package_id,
                source.quant_id.owner_id,
            )
            for part in parts
        ]

    def _merge_steps(self):
        """Return one step that makes one lot of all."""
        sources = self._used_sources()
        self._check_one_product(sources)
        if len(sources.lot_id | self.target_lot_id) == 1:
            raise UserError(
                self.env._("Merging takes two batches or more. Choose another one.")
            )
        if self.target_lot_id in sources.lot_id:
            sources = sources.filtered(lambda s: s.lot_id != self.target_lot_id)
        self._check_not_serial(sources.lot_id.product_id)
        quantity = sum(sources.mapped("quantity"))
        lot = self.target_lot_id or self._child(sources.lot_id, self.name)
        return [self._one_step(sources, lot, quantity)]

    def _repack_steps(self):
        """Return one step, or one for every serial number, of another product."""
        sources = self._used_sources()
        if not self.product_id or self.made_quantity <= 0:
            raise UserError(
                self.env._("Say which product it is packed as, and how much of it.")
            )
        if self.product_id.tracking != "serial":
            lot = self.target_lot_id or self._child(sources.lot_id, self.name)
            return [self._one_step(sources, lot, self.made_quantity)]
        return self._serial_steps(sources)

    def _serial_steps(self, sources):
        pieces = int(self.made_quantity)
        if pieces != self.made_quantity or self.name and pieces > 1:
            raise UserError(
                self.env._(
                    "%s has serial numbers: a whole number of pieces is made, and each "
                    "gets a number of its own.",
                    self.product_id.display_name,
                )
            )
        return [
            self._one_step(
                sources, self._child(sources.lot_id, self.name), 1, share=1 / pieces
            )
            for _piece in range(pieces)
        ]

    def _relabel_steps(self):
        """Return a step for every place; all of them make the same new lot."""
        sources = self._used_sources()
        if len(sources.lot_id) != 1:
            raise UserError(self.env._("Relabel one batch at a time."))
        lot = self._child(sources.lot_id, self.name)
        return [
            Step(
                [source._taken()],
                lot,
                source.location_id,
                source.quantity,
                source.quant_id.package_id,
                source.quant_id.owner_id,
            )
            for source in sources
        ]

    def _one_step(self, sources, lot, quantity, share=1):
        taken = [source._taken(source.quantity * share) for source in sources]
        owner = sources.quant_id.owner_id
        return Step(
            taken,
            lot,
            sources[0].location_id,
            quantity,
            owner=owner if len(owner) == 1 else None,
        )

    def _child(self, parents, name):
        product = self.product_id if self.kind == "repack" else parents.product_id
        return self.env["stock.lot"]._make_child(product, parents, name)

    def _check_one_product(self, sources):
        if len(sources.lot_id.product_id) > 1:
            raise UserError(
                self.env._(
                    "%s are different products: they cannot become one batch. Repack "
                    "them as the product that they become.",
                    ", ".join(sources.lot_id.product_id.mapped("display_name")),
                )
            )

    def _check_not_serial(self, product):
        if product.tracking == "serial":
            raise UserError(
                self.env._(
                    "%s has serial numbers: each piece is a batch of its own, which "
                    "can be repacked or relabelled only.",
                    product.display_name,
                )
            )


class StockLotOperateSource(models.TransientModel):
    """Goods that may be taken: some of a batch in one place."""

    _name = "stock.lot.operate.source"
    _description = "Taken Goods"

    wizard_id = fields.Many2one("stock.lot.operate", required=True, ondelete="cascade")
    quant_id = fields.Many2one("stock.quant", required=True, ondelete="cascade")
    lot_id = fields.Many2one(related="quant_id.lot_id")
    location_id = fields.Many2one(related="quant_id.location_id")
    product_uom_id = fields.Many2one(related="quant_id.product_uom_id")
    available_quantity = fields.Float(related="quant_id.available_quantity")
    quantity = fields.Float(digits="Product Unit")

    def _taken(self, quantity=None):
        quant = self.quant_id
        return Taken(
            quant.lot_id,
            quant.location_id,
            self.quantity if quantity is None else quantity,
            quant.package_id,
            quant.owner_id,
        )


class StockLotOperateTarget(models.TransientModel):
    """One of the batches that a split makes."""

    _name = "stock.lot.operate.target"
    _description = "Made Batch"

    wizard_id = fields.Many2one("stock.lot.operate", required=True, ondelete="cascade")
    name = fields.Char("Number", help="Left empty, it is numbered by its pattern.")
    quantity = fields.Float(digits="Product Unit")
