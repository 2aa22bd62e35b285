import time

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.trace.mass_balance import accounted_share
from .exceptions import (
    LeftOutWithoutReasonError,
    RecallIsClosedError,
    RecallIsEvidenceError,
    RecallRightMissingError,
)
from .kinds import DRILL, KINDS, OPEN_STATES, STATES
from .scopes import SCOPE_RANKS, SCOPES

RECALL_MANAGER = "batch_tracking.group_recall_manager"


class StockRecall(models.Model):
    """Lots that must come back, frozen as they stood when the recall was launched.

    Launching traces the suspect lots forward, stops everything they became, and keeps
    who had received what. A drill does the same and stops nothing.
    """

    _name = "stock.recall"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Recall"
    _order = "date_start desc, id desc"

    name = fields.Char(default="/", readonly=True, copy=False)
    reason = fields.Text(required=True)
    kind = fields.Selection(
        KINDS,
        default="recall",
        required=True,
        readonly=True,
        tracking=True,
        help="Recall: goods that break the law or may harm come back. Market "
        "withdrawal: they come back for less. Stock recovery: nothing has left our "
        "hands. Correction: they are mended where they are. Drill: a rehearsal, in "
        "which everything is traced and nothing is stopped.",
    )
    is_drill = fields.Boolean("Drill", compute="_compute_is_drill", store=True)
    scope = fields.Selection(
        SCOPES,
        default="worst",
        required=True,
        readonly=True,
        help="Certain only: what has some of the suspects along exact links, as dates "
        "allow. Proportional: also what was made together and shares by quantity. "
        "Worst case: whatever may have any.",
    )
    left_out_ids = fields.One2many(
        "stock.recall.left.out", "recall_id", "Taken out", readonly=True
    )
    state = fields.Selection(
        STATES,
        default="draft",
        required=True,
        readonly=True,
        tracking=True,
    )
    version = fields.Integer(
        default=1,
        readonly=True,
        help="1 when it is launched, and one more each time that batches are added.",
    )
    user_id = fields.Many2one(
        "res.users", "Responsible", default=lambda self: self.env.uid, tracking=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date_start = fields.Datetime("Launched", readonly=True)
    date_trace = fields.Datetime(
        "Traced",
        readonly=True,
        help="When the list of batches and consignees was ready.",
    )
    date_close = fields.Datetime("Closed", readonly=True)
    trace_seconds = fields.Float("Time to trace", digits=(12, 3), readonly=True)
    lot_ids = fields.One2many(
        "stock.recall.lot", "recall_id", "Recalled batches", readonly=True
    )
    consignee_ids = fields.One2many(
        "stock.recall.consignee", "recall_id", readonly=True
    )
    # What it comes to
    lot_count = fields.Integer("Batches", compute="_compute_counts", store=True)
    early_count = fields.Integer(
        "Made before",
        compute="_compute_counts",
        store=True,
        help="Batches that the records lead to although they were made before: by "
        "their dates they can have nothing of what is recalled. They are recalled all "
        "the same.",
    )
    consignee_count = fields.Integer(
        "Consignees", compute="_compute_counts", store=True
    )
    accounted_percent = fields.Float(
        "Accounted for",
        readonly=True,
        help="Share of what was received or made of these batches whose whereabouts "
        "the records explain.",
    )

    @api.depends("kind")
    def _compute_is_drill(self):
        for recall in self:
            recall.is_drill = recall.kind == DRILL

    @api.depends("lot_ids.is_too_early", "consignee_ids.partner_id")
    def _compute_counts(self):
        for recall in self:
            recall.lot_count = len(recall.lot_ids)
            recall.early_count = len(recall.lot_ids.filtered("is_too_early"))
            recall.consignee_count = len(recall.consignee_ids.partner_id)

    def write(self, vals):
        evidence = {
            name
            for name in vals.keys() - self._editable_fields()
            if name in self._fields and not self._is_about_people(name)
        }
        if evidence and not self.env.su:
            raise RecallIsEvidenceError(self, evidence)
        return super().write(vals)

    def _editable_fields(self):
        """Return the names of what people may change; the rest is evidence.

        Rooms that add such fields extend it. Each change of one leaves an event.
        """
        return {"reason", "user_id"}

    def _is_about_people(self, name):
        return name.startswith(("message_", "activity_", "website_message"))

    # -- launching

    @api.model
    def _launch(self, lots, reason, kind="recall", scope="worst", left_out=None):
        """Recall ``lots`` and all that was made from them.

        :param lots: stock.lot, the suspect ones
        :param str reason: why, in words that consignees will read
        :param str kind: one of ``KINDS``; a drill stops nothing
        :param str scope: one of ``SCOPES``
        :param dict left_out: ``{stock.lot: why}`` of those that are no part of it, and
            that nothing goes on through
        :return: the new stock.recall
        :raises UserError: without lots or without a reason
        :raises LeftOutWithoutReasonError: where nobody says why a lot is taken out
        :raises AccessError: for users who are no recall managers
        """
        left_out = left_out or {}
        self._check_may_recall()
        lots.check_access("read")
        if not lots:
            raise UserError(self.env._("Choose the batch that must be recalled first."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the batches are recalled."))
        self._check_left_out(lots, left_out)
        started = time.perf_counter()
        reached = self._scope(lots, SCOPE_RANKS[scope], [lot.id for lot in left_out])
        seconds = time.perf_counter() - started
        values = self._prepare_launch(reached, reason, kind)
        values |= {"scope": scope, "trace_seconds": seconds}
        values["left_out_ids"] = [
            fields.Command.create({"lot_id": lot.id, "reason": why.strip()})
            for lot, why in left_out.items()
        ]
        # sudo: only launching writes a recall's frozen trace, and the right is checked
        recall = self.sudo().create(values)
        if not recall.is_drill:
            recall._stop_lots()
        return recall.sudo(False)

    def _check_left_out(self, lots, left_out):
        for lot, why in left_out.items():
            lot.check_access("read")
            if not (why or "").strip():
                raise LeftOutWithoutReasonError(lot)
        if not lots - lots.browse(lot.id for lot in left_out):
            raise UserError(
                self.env._("All of the suspect batches were taken out. Leave one in.")
            )

    def _check_may_recall(self):
        if self.env.su or self.env.user.has_group(RECALL_MANAGER):
            return
        raise RecallRightMissingError(self.env)

    def _prepare_launch(self, scope, reason, kind):
        code = "stock.recall.drill" if kind == DRILL else "stock.recall"
        return {
            "name": self.env["ir.sequence"].sudo().next_by_code(code),
            "reason": reason.strip(),
            "kind": kind,
            "state": "progress",
            "user_id": self.env.uid,
            "date_start": fields.Datetime.now(),
            "date_trace": fields.Datetime.now(),
            "accounted_percent": 100 * accounted_share(scope["balances"].values()),
            "lot_ids": [
                fields.Command.create(self._prepare_lot(lot, found, scope))
                for lot, found in scope["found"].items()
            ],
            "consignee_ids": [
                fields.Command.create(self._prepare_consignee(*received))
                for received in scope["consignees"]
            ],
        }

    def _stop_lots(self):
        recalled = self.env["stock.lot"]._disposition("recalled")
        reason = self.env._(
            "%(recall)s: %(reason)s", recall=self.name, reason=self.reason
        )
        decisions = self.env["stock.lot.decision"]
        decisions._apply_for(self, self.lot_ids.lot_id, recalled, reason)

    # -- closing

    def _is_open(self):
        self.ensure_one()
        return self.state in OPEN_STATES

    def action_close(self):
        self.ensure_one()
        self._check_may_recall()
        self.check_access("write")
        if not self._is_open():
            raise RecallIsClosedError(self)
        self.sudo().write({"state": "closed", "date_close": fields.Datetime.now()})

    # -- what screens and reports show

    def _outcome(self):
        """Return the figures of a recall as a dict, for drills and reports."""
        self.ensure_one()
        return {
            "lots": self.lot_count,
            "made_before": self.early_count,
            "consignees": self.consignee_count,
            "units": self._per_unit("new_quantity"),
            "on_hand": self._per_unit("on_hand"),
            "with_customers": self._per_unit("delivered"),
            "seconds": self.trace_seconds,
            "accounted_percent": self.accounted_percent,
        }

    def _per_unit(self, field):
        """Return ``{unit name: quantity}``: kilos and tubs are never added up."""
        lines = self.lot_ids.grouped(lambda line: line.lot_id.product_uom_id.name)
        return {unit: sum(group.mapped(field)) for unit, group in lines.items()}
