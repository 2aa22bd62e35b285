from odoo import api, fields, models
from odoo.fields import Command

from ...models.answer.channels import BY_STAFF, KINDS
from ...models.answer.stock_recall_answering import Answer
from ...models.answer.stock_recall_page import CONTACT, QUANTITIES
from ...tools.answer.ledger import Told, told_of


class StockRecallAnswerEnter(models.TransientModel):
    """Enters the answer of a consignee who phoned or wrote."""

    _name = "stock.recall.answer.enter"
    _inherit = "batch.wizard"
    _description = "Enter the Answer of a Consignee"

    recall_id = fields.Many2one("stock.recall", required=True)
    recall_kind = fields.Selection(related="recall_id.kind")
    possible_partner_ids = fields.Many2many(
        "res.partner", compute="_compute_possible_partner_ids"
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Consignee",
        required=True,
        domain="[('id', 'in', possible_partner_ids)]",
    )
    channel = fields.Selection(BY_STAFF, "By", default="phone", required=True)
    kind = fields.Selection(KINDS, "Says", default="told", required=True)
    contact_name = fields.Char("Name")
    contact_function = fields.Char("Function")
    contact_phone = fields.Char("Phone")
    note = fields.Text("Remark")
    accepted_reason = fields.Char(
        "Take more than was delivered",
        help="Why you take an answer that tells of more than was delivered. It stays "
        "marked: look whether it is the same batch.",
    )
    line_ids = fields.One2many(
        "stock.recall.answer.enter.line",
        "wizard_id",
        "Batches",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("recall_id")
    def _compute_possible_partner_ids(self):
        for wizard in self:
            partners = wizard.recall_id.consignee_ids.partner_id
            if not wizard.recall_id.is_by_site:
                partners |= partners.commercial_partner_id
            wizard.possible_partner_ids = partners

    @api.depends("recall_id", "partner_id")
    def _compute_line_ids(self):
        for wizard in self:
            rows = wizard.recall_id._rows_of(wizard.partner_id)
            wizard.line_ids = [
                Command.clear(),
                *(Command.create(self._prepare_line(row)) for row in rows),
            ]

    def _prepare_line(self, row):
        """Return the values of a line: what was told last."""
        told = row._last_line()
        names = QUANTITIES if told else ()
        return {"consignee_id": row.id, **{name: told[name] for name in names}}

    def enter(self):
        """Keep the answer."""
        self.ensure_one()
        self.recall_id.check_access("write")
        self.recall_id._check_may_recall()
        answer = Answer(
            self.kind,
            self.channel,
            self._told(),
            values=self._answer_values(),
            accepted_reason=self.accepted_reason or "",
        )
        self.recall_id._take_answer(self.partner_id, answer)
        return {"type": "ir.actions.act_window_close"}

    def _answer_values(self):
        """Return what the answer says beside quantities; rooms add theirs."""
        values = {name: self[name] for name in (*CONTACT, "note")}
        return {**values, "user_id": self.env.uid}

    def _told(self):
        """Return ``{stock.recall.consignee: Told}``."""
        rows = self.recall_id._rows_of(self.partner_id)
        if self.kind == "acknowledged":
            return {}
        if self.kind == "none_left":
            return {row: row._none_left() for row in rows}
        if self.kind == "declined":
            note = (self.note or "")[:100]
            return {row: Told(is_declined=True, note=note) for row in rows}
        return {
            line.consignee_id: line._told()
            for line in self.line_ids
            if line.consignee_id in rows and line._is_filled_in()
        }


class StockRecallAnswerEnterLine(models.TransientModel):
    """A batch of an answer that is being entered."""

    _name = "stock.recall.answer.enter.line"
    _inherit = "batch.wizard"
    _description = "Batch of an Answer Being Entered"

    wizard_id = fields.Many2one(
        "stock.recall.answer.enter", required=True, ondelete="cascade"
    )
    consignee_id = fields.Many2one("stock.recall.consignee", required=True)
    lot_id = fields.Many2one(related="consignee_id.lot_id")
    site_id = fields.Many2one(related="consignee_id.partner_id", string="Address")
    unit_id = fields.Many2one(related="consignee_id.unit_id")
    net = fields.Float(related="consignee_id.net", string="Received")
    on_hand = fields.Float("On hand", digits="Product Unit")
    used = fields.Float("Sold or used", digits="Product Unit")
    used_before = fields.Float("Before the notice", digits="Product Unit")
    returned = fields.Float("Sent back", digits="Product Unit")
    destroyed = fields.Float(digits="Product Unit")
    corrected = fields.Float(digits="Product Unit")
    passed_on = fields.Float("Passed on", digits="Product Unit")
    not_located = fields.Float("Not found", digits="Product Unit")
    is_declined = fields.Boolean("Not theirs")
    note = fields.Char("Remark")

    def _told(self):
        self.ensure_one()
        return told_of({name: self[name] for name in self._told_names()})._replace(
            note=self.note or ""
        )

    def _told_names(self):
        return [
            name for name in Told._fields if name in self._fields and name != "note"
        ]

    def _is_filled_in(self):
        """Tell whether anything is told of the batch."""
        self.ensure_one()
        return any(self[name] for name in (*self._told_names(), "note"))
