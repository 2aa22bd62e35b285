from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...models.base.ids import check_one
from ...models.history.signature import signed
from ...models.hold.stock_lot_decision import ENDS
from ...tools.days import local_day

FIND_BY = [
    ("supplier_lot", "Supplier's batch number"),
    ("production_date", "Production date"),
    ("equipment", "Line or equipment"),
    ("ancestor", "Made from batch"),
    ("product", "Product"),
]
TOUCHED = [
    ("take", "Take them out anyway"),
    ("leave", "Leave them there, and tell their people"),
]
DISPOSITION = "stock.lot.disposition"
#: How many transfers the preview names.
NAMED = 8


class StockLotSetDisposition(models.TransientModel):
    """Holds or releases one or thousands of batches, after showing what that does."""

    _name = "stock.lot.set.disposition"
    _inherit = "batch.wizard"
    _description = "Hold or Release Batches"

    lot_ids = fields.Many2many("stock.lot", string="Batches")
    lot_count = fields.Integer(compute="_compute_lot_count")
    with_children = fields.Boolean(
        "All that was made from them too",
        help="Batches that were produced, split, merged or repacked from these.",
    )
    # More of them, see stock_lot_set_disposition_find.py
    find_by = fields.Selection(FIND_BY, "Add by")
    supplier_lot_name = fields.Char("Supplier's batch number")
    date_from = fields.Date("Made from")
    date_to = fields.Date("Made until")
    equipment = fields.Char("Line or equipment")
    ancestor_id = fields.Many2one("stock.lot", "Made from batch")
    product_id = fields.Many2one("product.product")
    # What is decided
    disposition_id = fields.Many2one("stock.lot.disposition", "Put under")
    meaning = fields.Char(related="disposition_id.note")
    permissions = fields.Json(related="disposition_id.permissions")
    permits_all = fields.Boolean(compute="_compute_permits_all")
    reason_id = fields.Many2one(
        "stock.lot.hold.reason", domain="[('id', 'in', fitting_reason_ids)]"
    )
    fitting_reason_ids = fields.Many2many(
        "stock.lot.hold.reason", compute="_compute_fitting_reason_ids"
    )
    reason = fields.Text("In words")
    attachment_ids = fields.Many2many("ir.attachment", string="Evidence")
    until_date = fields.Date("Until")
    ends_by = fields.Selection(ENDS, "Then", default="remind")
    location_id = fields.Many2one(
        "stock.location",
        "Move to",
        domain="[('usage', '=', 'internal'), ('imposed_disposition_ids', '!=', False)]",
        help="Makes a transfer to this quarantine location. Empty: they stay in place.",
    )
    touched = fields.Selection(
        TOUCHED, "Already picked, packed or printed", default="take", required=True
    )
    has_touched = fields.Boolean(compute="_compute_preview")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.depends("lot_ids")
    def _compute_lot_count(self):
        for wizard in self:
            wizard.lot_count = len(wizard.lot_ids)

    @api.depends("disposition_id")
    def _compute_permits_all(self):
        for wizard in self:
            chosen = wizard.disposition_id
            wizard.permits_all = bool(chosen) and not chosen._forbidden()

    @api.depends("disposition_id")
    def _compute_fitting_reason_ids(self):
        reasons = self.env["stock.lot.hold.reason"].search([("active", "=", True)])
        for wizard in self:
            disposition = wizard.disposition_id
            wizard.fitting_reason_ids = reasons.filtered(
                lambda reason, under=disposition: not under or reason._fits(under)
            )

    @api.depends("lot_ids", "with_children", "disposition_id", "touched")
    def _compute_preview(self):
        for wizard in self:
            wizard.preview, wizard.has_touched = False, False
            if wizard.lot_ids and wizard.disposition_id:
                wizard._show_preview()

    def _show_preview(self):
        lots = self._scope()
        disposition = self.disposition_id._origin
        effect = lots._hold_effect(disposition)
        released = effect.lots._let_go_by(disposition)
        self.has_touched = bool(effect.touched)
        self.preview = self.env["ir.qweb"]._render(
            "batch_tracking.stock_lot_hold_preview",
            {
                "effect": effect,
                "chosen": len(self.lot_ids),
                "descendants": len(lots) - len(self.lot_ids),
                "unchanged": len(lots) - len(effect.lots),
                "transfers": self._names(effect.lines),
                "touched": self._names(effect.touched),
                "leave": self.touched == "leave",
                "approval": bool(effect.lots._needs_approval(disposition)),
                "warnings": released._release_warnings()[:NAMED],
            },
        )

    def _names(self, lines):
        """Return how many documents the lines are of, and the names of a few."""
        # sudo: transfers of other companies count, but are not named
        own = lines.filtered(lambda line: line.company_id in self.env.companies)
        names = sorted(set(filter(None, own.mapped("reference"))))
        count = len(lines.picking_id) or len(lines.move_id)
        return {"count": count, "names": names[:NAMED], "lines": len(lines)}

    @api.onchange("reason_id")
    def _onchange_reason_id(self):
        """Choose what the reason proposes, unless somebody chose otherwise."""
        if self.disposition_id in (self._usual_hold(), self.env[DISPOSITION]):
            proposed = self.reason_id.disposition_id
            self.disposition_id = proposed or self.disposition_id

    @api.model
    def default_get(self, names):
        values = super().default_get(names)
        if "disposition_id" in names and not values.get("disposition_id"):
            values["disposition_id"] = self._usual_choice().id
        return values

    @api.model
    def _usual_choice(self):
        """Return the disposition that is chosen already: the other one than now.

        None where some are held and some are not. Who may not release can only hold.
        """
        lots = self.env["stock.lot"].browse(self.env.context.get("default_lot_ids"))
        held = lots.filtered("is_restricted")
        if (lots and not held) or not lots._may_release():
            return self._usual_hold()
        if lots and held == lots:
            return lots._disposition("released")
        return self.env[DISPOSITION]

    @api.model
    def _usual_hold(self):
        hold = self.env["stock.lot"]._disposition("hold")
        return hold.filtered("active")

    # -- doing it

    def _scope(self):
        """Return the lots that are decided about, descendants included if wanted."""
        lots = self.lot_ids._origin
        if not self.with_children:
            return lots
        reached = self.env["stock.lot.genealogy"]._reach(lots, "forward")
        return lots.search([("id", "in", reached)])

    @signed(lambda wizard: wizard.disposition_id.name)
    def apply(self):
        """Put the batches under the chosen disposition, and say what that did.

        :return: client action: closes the screen, and links to the decision
        :raises UserError: when something is missing
        """
        check_one(self)
        self._check_complete()
        self._check_may_use()
        decision = self.env["stock.lot.decision"]._decide(
            self._scope(),
            self.disposition_id,
            (self.reason or "").strip(),
            reason_id=self.reason_id.id,
            attachment_ids=[Command.set(self.attachment_ids.ids)],
            until_date=self.until_date,
            ends_by=self.ends_by or "remind",
            location_id=self.location_id.id,
            leave_touched=self.touched == "leave",
        )
        return decision._notify_result()

    def _check_complete(self):
        if not self.lot_ids:
            raise UserError(self.env._("No batch is chosen."))
        if not self.disposition_id:
            raise UserError(self.env._("Choose what the batches may do from now on."))
        if not (self.reason or "").strip() and not self.reason_id:
            raise UserError(
                self.env._(
                    "Choose a reason, or say why in words: others will want to know."
                )
            )
        today = local_day(fields.Datetime.now(), self.env.company._zone())
        if self.until_date and self.until_date < today:
            raise UserError(
                self.env._("“Until” has passed already: choose today or a later day.")
            )

    def _check_may_use(self):
        """Refuse places and files that the user may not see."""
        self.location_id.check_access("read")
        self.attachment_ids.check_access("read")

    def action_split(self):
        """Open the split of the one batch of which only a part is to be held."""
        check_one(self)
        if len(self.lot_ids) != 1:
            raise UserError(
                self.env._("Split one batch at a time: choose the one of which a part.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Split off what is to be held"),
            "res_model": "stock.lot.operate",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_kind": "split",
                "default_lot_ids": self.lot_ids.ids,
                "default_reason": self.reason,
            },
        }
