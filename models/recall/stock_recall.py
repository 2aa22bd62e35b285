from odoo import api, fields, models

from .exceptions import (
    RecallIsEvidenceError,
    RecallIsOverError,
    RecallRightMissingError,
)
from .kinds import DRILL, KINDS, OPEN_STATES, OVER_STATES, STATES
from .scopes import SCOPES

RECALL_MANAGER = "batch_tracking.group_recall_manager"


class StockRecall(models.Model):
    """Lots that must come back, frozen as they stood when the recall was launched.

    A draft says what is suspected, and touches nothing. Launching it traces the suspect
    lots forward, stops everything they became, and keeps who had received what. A drill
    does the same and stops nothing. When everybody has been told, it is monitored; when
    nothing is open any more, a second person closes it.
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
    suspect_ids = fields.Many2many(
        "stock.lot",
        "stock_recall_suspect_rel",
        string="Suspect batches",
        readonly=True,
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
    traced_company_ids = fields.Many2many(
        "res.company",
        "stock_recall_traced_company_rel",
        string="Traced in",
        readonly=True,
        help="The companies in whose stock and deliveries it was traced.",
    )
    launch_user_id = fields.Many2one("res.users", "Launched by", readonly=True)
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
        "Explained by our records",
        readonly=True,
        help="Share of what was received or made of these batches whose whereabouts "
        "our own records explain, as of the launch: on hand, delivered, used. What "
        "consignees tell is another figure: accounted for by consignees.",
    )

    @api.depends("kind")
    def _compute_is_drill(self):
        for recall in self:
            recall.is_drill = recall.kind == DRILL

    @api.depends("lot_ids.is_too_early", "consignee_ids.partner_id")
    def _compute_counts(self):
        # Counted by the database: there may be tens of thousands.
        of_these = [("recall_id", "in", self.ids)]
        lots = self.env["stock.recall.lot"]._read_group(
            of_these, ["recall_id", "is_too_early"], ["__count"]
        )
        partners = self.env["stock.recall.consignee"]._read_group(
            of_these, ["recall_id"], ["partner_id:count_distinct"]
        )
        early = {recall: count for recall, is_early, count in lots if is_early}
        consignees = dict(partners)
        for recall in self:
            stored = recall._origin
            recall.early_count = early.get(stored, 0)
            recall.lot_count = sum(
                count for found, _is_early, count in lots if found == stored
            )
            recall.consignee_count = consignees.get(stored, 0)

    def write(self, vals):
        if not self.env.su:
            self._check_may_write(vals)
        return super().write(vals)

    def _check_may_write(self, vals):
        """Refuse what nobody types, and anything of a recall that is over.

        :raises RecallIsEvidenceError: naming the fields that only steps write
        :raises RecallIsOverError: naming the recall
        """
        names = {
            name
            for name in vals
            if name in self._fields and not self._is_about_people(name)
        }
        if evidence := names - self._editable_fields():
            raise RecallIsEvidenceError(self, evidence)
        if names and (over := self.filtered(lambda one: one.state in OVER_STATES)):
            raise RecallIsOverError(over[0], names)

    def _editable_fields(self):
        """Return the names of what people may change; the rest is evidence.

        Rooms that add such fields extend it. Each change of one leaves an event.
        """
        return {"reason", "user_id"}

    def _is_about_people(self, name):
        return name.startswith(("message_", "activity_", "website_message"))

    def _may_recall(self):
        return self.env.su or self.env.user.has_group(RECALL_MANAGER)

    @api.model
    def _check_may_recall(self):
        if not self._may_recall():
            raise RecallRightMissingError(self.env)

    def _is_open(self):
        self.ensure_one()
        return self.state in OPEN_STATES

    def _suspects(self):
        """Return the batches that the recall began with and was expanded by."""
        self.ensure_one()
        # Recalls of older versions know them by their level alone.
        return self.suspect_ids or self.lot_ids.filtered(lambda x: not x.level).lot_id

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
