import time

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.trace.mass_balance import accounted_share
from .exceptions import (
    RecallIsClosedError,
    RecallIsEvidenceError,
    RecallRightMissingError,
)

RECALL_MANAGER = "batch_tracking.group_recall_manager"
#: What people may change on a recall; the rest is evidence.
EDITABLE = {"reason", "user_id"}


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
    is_drill = fields.Boolean(
        readonly=True, help="A rehearsal: everything is traced, nothing is stopped."
    )
    state = fields.Selection(
        [("running", "Running"), ("closed", "Closed")],
        default="running",
        readonly=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users", "Responsible", default=lambda self: self.env.uid, tracking=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date_start = fields.Datetime("Launched", readonly=True)
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

    @api.depends("lot_ids.is_too_early", "consignee_ids.partner_id")
    def _compute_counts(self):
        for recall in self:
            recall.lot_count = len(recall.lot_ids)
            recall.early_count = len(recall.lot_ids.filtered("is_too_early"))
            recall.consignee_count = len(recall.consignee_ids.partner_id)

    def write(self, vals):
        evidence = {
            name
            for name in vals.keys() - EDITABLE
            if name in self._fields and not self._is_about_people(name)
        }
        if evidence and not self.env.su:
            raise RecallIsEvidenceError(self, evidence)
        return super().write(vals)

    def _is_about_people(self, name):
        return name.startswith(("message_", "activity_", "website_message"))

    # -- launching

    @api.model
    def _launch(self, lots, reason, is_drill=False):
        """Recall ``lots`` and all that was made from them.

        :param lots: stock.lot, the suspect ones
        :param str reason: why, in words that consignees will read
        :param bool is_drill: True to stop nothing
        :return: the new stock.recall
        :raises UserError: without lots or without a reason
        :raises AccessError: for users who are no recall managers
        """
        self._check_may_recall()
        lots.check_access("read")
        if not lots:
            raise UserError(self.env._("Choose the batch that must be recalled first."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the batches are recalled."))
        started = time.perf_counter()
        scope = self._scope(lots)
        seconds = time.perf_counter() - started
        # sudo: only launching writes a recall's frozen trace, and the right is checked
        recall = self.sudo().create(self._prepare_launch(scope, reason, is_drill))
        recall.trace_seconds = seconds
        if not is_drill:
            recall._stop_lots()
        return recall.sudo(False)

    def _check_may_recall(self):
        if self.env.su or self.env.user.has_group(RECALL_MANAGER):
            return
        raise RecallRightMissingError(self.env)

    def _prepare_launch(self, scope, reason, is_drill):
        code = "stock.recall.drill" if is_drill else "stock.recall"
        return {
            "name": self.env["ir.sequence"].sudo().next_by_code(code),
            "reason": reason.strip(),
            "is_drill": is_drill,
            "user_id": self.env.uid,
            "date_start": fields.Datetime.now(),
            "accounted_percent": 100 * accounted_share(scope["balances"].values()),
            "lot_ids": [
                fields.Command.create(self._prepare_lot(lot, level, scope))
                for lot, level in scope["levels"].items()
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

    def action_close(self):
        self.ensure_one()
        self._check_may_recall()
        self.check_access("write")
        if self.state != "running":
            raise RecallIsClosedError(self)
        self.sudo().write({"state": "closed", "date_close": fields.Datetime.now()})

    # -- what screens and reports show

    @api.model
    def _preview(self, lots):
        """Return what a recall of ``lots`` would reach, ready to be shown.

        :return: dict of lists of plain values, see ``static/src/recall_preview``
        """
        scope = self._scope(lots)
        return {
            "lots": [
                {
                    **self._shown(lot, scope["on_hand"][lot]),
                    "level": level,
                    "is_too_early": lot in scope["early"],
                    "disposition": lot.disposition_id.name or "",
                    "color": lot.disposition_id.color,
                }
                for lot, level in sorted(
                    scope["levels"].items(), key=lambda item: (item[1], item[0].name)
                )
            ],
            "places": [
                {**self._shown(lot, quantity), "place": place.sudo().complete_name}
                for lot, place, quantity in scope["places"]
            ],
            "consignees": [
                {
                    **self._shown(lot, delivered - returned),
                    "partner": partner.sudo().display_name or self._unknown_consignee(),
                    "delivered": delivered,
                    "returned": returned,
                }
                for lot, partner, delivered, returned, _date in sorted(
                    scope["consignees"],
                    key=lambda row: (row[1].sudo().display_name or "", row[0].name),
                )
            ],
        }

    def _shown(self, lot, quantity):
        return {
            "id": lot.id,
            "name": lot.name,
            "product": lot.product_id.display_name,
            "quantity": quantity,
            "unit": lot.product_uom_id.name,
        }

    def _unknown_consignee(self):
        return self.env._("Unknown (sent without an address)")

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
