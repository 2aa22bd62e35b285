from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..base.ids import check_one
from ..history.signature import signed
from .exceptions import (
    ApprovalRightMissingError,
    DecisionIsClosedError,
    OwnProposalError,
    ReasonAgainstReleaseError,
)

#: So many warnings a decision keeps: it may be about thousands of lots.
MOST_WARNINGS = 20
STATES = [
    ("proposed", "Waits for approval"),
    ("done", "Done"),
    ("refused", "Refused"),
]
ENDS = [
    ("remind", "Remind me"),
    ("release", "Release them"),
]


class StockLotDecision(models.Model):
    """Somebody's decision to hold or release lots: which, why, with what evidence.

    It is the result that the wizard shows, and where a company asks for two people,
    the proposal that another quality manager approves. Only its own methods write it:
    nobody has the right to.
    """

    _name = "stock.lot.decision"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Hold or Release Decision"
    _order = "date desc, id desc"
    _mail_post_access = "read"

    name = fields.Char(required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, tracking=True)
    disposition_id = fields.Many2one(
        "stock.lot.disposition", "Put under", required=True, ondelete="restrict"
    )
    disposition_color = fields.Integer(related="disposition_id.color")
    permissions = fields.Json(related="disposition_id.permissions")
    reason_id = fields.Many2one("stock.lot.hold.reason", ondelete="restrict")
    reason = fields.Text(
        "In words", help="Empty where the reason that was chosen says it all."
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Evidence")
    company_id = fields.Many2one("res.company", required=True)
    document_name = fields.Char(
        "By", help="The recall or inspection that decided it; empty for people's own."
    )
    document_model = fields.Char()
    document_id = fields.Many2oneReference(model_field="document_model")
    # Who decided
    user_id = fields.Many2one("res.users", "Decided by", required=True)
    date = fields.Datetime("Decided on", required=True)
    approver_id = fields.Many2one("res.users", "Approved or refused by")
    approve_date = fields.Datetime("Approved or refused on")
    # What it is about
    lot_ids = fields.Many2many("stock.lot", string="Batches")
    lot_count = fields.Integer("Number of batches")
    former_dispositions = fields.Json(
        help="The disposition that each batch had when it was decided."
    )
    in_spite_of = fields.Text(
        help="What spoke against a release when it was decided: a failed inspection, "
        "a recall."
    )
    until_date = fields.Date("Until")
    ends_by = fields.Selection(ENDS, "Then", default="remind")
    has_ended = fields.Boolean()
    location_id = fields.Many2one("stock.location", "Move to")
    leave_touched = fields.Boolean()
    # What it did
    line_count = fields.Integer("Reservations taken out")
    picking_ids = fields.Many2many(
        "stock.picking", "stock_lot_decision_picking_rel", string="Transfers hit"
    )
    left_picking_ids = fields.Many2many(
        "stock.picking",
        "stock_lot_decision_left_rel",
        string="Already picked, packed or printed",
    )
    move_picking_ids = fields.Many2many(
        "stock.picking", "stock_lot_decision_move_rel", string="To the quarantine"
    )
    skipped_lot_ids = fields.Many2many(
        "stock.lot",
        "stock_lot_decision_skipped_rel",
        string="Changed meanwhile",
        help="Their disposition had changed when this was approved, or another company "
        "holds them as well: they stayed.",
    )
    may_approve = fields.Boolean(compute="_compute_may_approve")

    @api.depends("state", "user_id")
    @api.depends_context("uid")
    def _compute_may_approve(self):
        right = self.env["stock.lot"]._may_release()
        for decision in self:
            waiting = decision.state == "proposed"
            decision.may_approve = (
                right and waiting and decision.user_id != self.env.user
            )

    # -- deciding

    @api.model
    def _decide(self, lots, disposition, reason, **choices):
        """Hold or release lots now, or propose it where a second person must approve.

        :param lots: stock.lot; those that are under ``disposition`` already stay
        :param str reason: kept in the history of every lot
        :param choices: other fields of the decision
        :return: the new stock.lot.decision
        :raises UserError: when there is nothing to change
        :raises AccessError: without the right to hold, or to release
        """
        changing = lots.filtered(lambda lot: lot.disposition_id != disposition)
        lots = changing | self._not_yet_held_here(lots - changing)
        if not lots:
            raise UserError(
                self.env._("All these batches are “%s” already.", disposition.name)
            )
        self._check_may_decide(lots, disposition, choices)
        proposed = bool(lots._needs_approval(disposition))
        values = self._prepare_decision(lots, disposition, reason)
        # sudo: decisions are only ever written by themselves
        values |= self._prepare_proposal(lots, disposition) if proposed else {}
        decision = self.sudo().create(
            {**choices, **values, "state": "proposed" if proposed else "done"}
        )
        loose = decision.attachment_ids.filtered(lambda file: not file.res_id)
        loose.write({"res_model": self._name, "res_id": decision.id})
        if proposed:
            decision._ask_for_approval()
        else:
            decision._apply()
        return decision.with_env(self.env)

    @api.model
    def _check_may_decide(self, lots, disposition, choices):
        """Refuse what the user may not decide, or not for this reason."""
        lots._check_may_hold()
        lots._check_may_release_these()
        freed = lots._freed_by(disposition)
        if freed and not lots.has_access("write"):
            # Whoever holds by the right to hold alone releases nothing by it.
            lots._check_release_right(freed[0]._release_by())
        self._check_held_by_others(freed)
        self._check_end(lots, disposition, choices)
        reason = self.env["stock.lot.hold.reason"].browse(choices.get("reason_id"))
        if freed and not reason._fits(disposition):
            raise ReasonAgainstReleaseError(reason)

    @api.model
    def _prepare_decision(self, lots, disposition, reason):
        sequences = self.env["ir.sequence"].sudo()
        released = lots._let_go_by(disposition)
        code = "stock.lot.decision.release" if released else "stock.lot.decision"
        return {
            "name": sequences.next_by_code(code),
            "in_spite_of": "\n".join(released._release_warnings()[:MOST_WARNINGS]),
            "disposition_id": disposition.id,
            "reason": reason.strip(),
            "lot_ids": [Command.set(lots.ids)],
            "lot_count": len(lots),
            "former_dispositions": {str(lot.id): lot.disposition_id.id for lot in lots},
            "user_id": self.env.uid,
            "date": fields.Datetime.now(),
            "company_id": (lots.company_id[:1] or self.env.company).id,
        }

    @api.model
    def _check_end(self, lots, disposition, choices):
        """Refuse a release by date to those who could not release themselves."""
        if not choices.get("until_date") or choices.get("ends_by") != "release":
            return
        if not lots._may_release():
            raise AccessError(
                self.env._(
                    "Only a quality manager may decide that batches are released by "
                    "a date. Choose to be reminded."
                )
            )
        strict = any(lots._needs_four_eyes(lot.company_id) for lot in lots)
        if strict and disposition.needs_quality_right:
            raise UserError(
                self.env._(
                    "Two people release: no date does it by itself. Choose to be "
                    "reminded."
                )
            )

    # -- approving

    @signed(lambda decisions: decisions.env._("Approved"))
    def action_approve(self):
        """Do what another person proposed.

        :raises AccessError: for the one who proposed it, and without the right
        """
        self._check_may_approve()
        for decision in self.sudo():
            decision._check_permits_as_proposed()
            decision._stamp("done")
            decision._apply()
        return True

    def action_refuse(self):
        """Leave everything as it is; who proposed it may withdraw it like this."""
        self._check_open()
        if not self.env["stock.lot"]._may_release():
            raise ApprovalRightMissingError(self)
        self.sudo()._stamp("refused")
        return True

    def _stamp(self, state):
        self.write(
            {
                "state": state,
                "approver_id": self.env.uid,
                "approve_date": fields.Datetime.now(),
            }
        )
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _check_open(self):
        self.check_access("read")
        closed = self.filtered(lambda decision: decision.state != "proposed")
        if closed:
            raise DecisionIsClosedError(closed[0])

    def _check_may_approve(self):
        self._check_open()
        # Who may not read a batch does not release it for those who may.
        # sudo: all of them, also those that a list would leave out
        self.sudo().lot_ids.with_env(self.env).check_access("read")
        if not self.env["stock.lot"]._may_release():
            raise ApprovalRightMissingError(self)
        own = self.filtered(lambda decision: decision.user_id == self.env.user)
        if own:
            raise OwnProposalError(own[0])

    # -- screens

    def action_open_document(self):
        """Open the recall or inspection that decided it."""
        check_one(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.document_name,
            "res_model": self.document_model,
            "res_id": self.document_id,
            "view_mode": "form",
        }

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    def action_open_lots(self):
        """Open the batches that were decided about."""
        check_one(self)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "batch_tracking.stock_lot_action"
        )
        context = {"display_complete": True}
        domain = [("id", "in", (self.lot_ids - self.skipped_lot_ids).ids)]
        return {**action, "domain": domain, "context": context}
