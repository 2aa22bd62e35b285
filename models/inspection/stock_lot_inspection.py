from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..base.deletion import guards_deletion
from ..base.groups import QUALITY_MANAGER
from .exceptions import (
    InspectionIsClosedError,
    InspectionIsHistoryError,
    QualityRightMissingError,
)
from .stock_lot_inspection_plan import MOMENTS
from .stock_lot_inspection_result import FAIL

OPEN, PASSED, FAILED = "open", "passed", "failed"
ACCEPTED, SKIPPED, CANCELLED = "accepted", "skipped", "cancelled"
STATES = [
    (OPEN, "Open"),
    (PASSED, "Passed"),
    (FAILED, "Failed"),
    (ACCEPTED, "Accepted by deviation"),
    (SKIPPED, "Skipped by rule"),
    (CANCELLED, "Cancelled"),
]
SEQUENCE = "stock.lot.inspection"


class StockLotInspection(models.Model):
    """What was looked at, of one lot by one plan, and what came out.

    Nobody writes one directly: it is made by ``_make``, filled in by
    ``enter_results``, and closed, reopened or accepted by the actions, each of which
    checks who may.
    """

    _name = "stock.lot.inspection"
    _description = "Batch Inspection"
    _order = "id desc"

    name = fields.Char("Number", required=True, index=True)
    state = fields.Selection(STATES, required=True, default=OPEN, index=True)
    plan_id = fields.Many2one(
        "stock.lot.inspection.plan", required=True, index=True, ondelete="restrict"
    )
    moment = fields.Selection(MOMENTS, string="Occasion", required=True)
    note = fields.Text(related="plan_id.note", string="Instructions")
    # Of what
    lot_id = fields.Many2one("stock.lot", "Batch", index=True, ondelete="set null")
    lot_name = fields.Char(
        "Batch number", required=True, help="The number at that time."
    )
    product_id = fields.Many2one("product.product", required=True, index=True)
    supplier_id = fields.Many2one("res.partner", index="btree_not_null")
    picking_id = fields.Many2one(
        "stock.picking", "Transfer", index="btree_not_null", ondelete="set null"
    )
    reference = fields.Char(help="The document by which the goods came.")
    company_id = fields.Many2one("res.company", required=True, index=True)
    disposition_id = fields.Many2one(related="lot_id.disposition_id")
    disposition_color = fields.Integer(related="lot_id.disposition_id.color")
    # How it went
    date = fields.Datetime("Asked for on", required=True, default=fields.Datetime.now)
    completed_on = fields.Datetime("Completed on")
    completed_by = fields.Many2one("res.users", "Completed by", ondelete="set null")
    decision = fields.Text(
        "Reason",
        help="Why it was accepted in spite of a failure, reopened, or cancelled.",
    )
    is_reopened = fields.Boolean()
    skipped_by = fields.Char("Skipped because", help="The rule that skipped it.")
    set_disposition_id = fields.Many2one(
        "stock.lot.disposition",
        "Put under",
        ondelete="set null",
        help="What this inspection has put the batch under.",
    )
    failed_after_id = fields.Integer(
        help="The last inspection there was when it failed: later ones follow it."
    )
    result_ids = fields.One2many(
        "stock.lot.inspection.result", "inspection_id", "Results"
    )
    failure = fields.Text("What failed", compute="_compute_failure")
    asked_count = fields.Integer("Asked", compute="_compute_progress")
    entered_count = fields.Integer("Entered", compute="_compute_progress")
    progress = fields.Float("Progress (%)", compute="_compute_progress")

    _history_idx = models.Index("(plan_id, product_id, supplier_id, id)")

    @api.depends("result_ids.verdict")
    @api.depends_context("lang")
    def _compute_failure(self):
        for inspection in self:
            failures = inspection.result_ids._failure_messages()
            inspection.failure = "\n".join(failures) or False

    @api.depends("result_ids.is_entered", "plan_id.characteristic_ids.sample_size")
    def _compute_progress(self):
        results = self.env["stock.lot.inspection.result"]
        counts = {
            (inspection.id, is_entered): count
            for inspection, is_entered, count in results._read_group(
                [("inspection_id", "in", self.ids)],
                ["inspection_id", "is_entered"],
                ["__count"],
            )
        }
        for inspection in self:
            entered = counts.get((inspection.id, True), 0)
            asked = entered + counts.get((inspection.id, False), 0)
            asked = asked or sum(inspection._planned().mapped("sample_size"))
            inspection.asked_count = asked
            inspection.entered_count = entered
            inspection.progress = 100 * entered / asked if asked else 0

    @guards_deletion
    def _unlink_except_history(self):
        raise InspectionIsHistoryError(self)

    # -- making

    @api.model
    def _make(self, vals_list):
        """Create inspections of lots, numbered; return them.

        :param vals_list: ``[{lot_id, plan_id, moment, company_id, …}]``; the rest is
            taken from the lot
        """
        lots = self.env["stock.lot"].browse([vals["lot_id"] for vals in vals_list])
        names = self._next_names(len(vals_list))
        # sudo: whoever moves or makes goods has them inspected, but writes no results
        return (
            self.sudo()
            .create(
                [
                    {
                        "name": name,
                        "lot_name": lot.name,
                        "product_id": lot.product_id.id,
                        "supplier_id": lot.supplier_id.commercial_partner_id.id,
                        **vals,
                    }
                    for name, lot, vals in zip(names, lots, vals_list, strict=True)
                ]
            )
            .with_env(self.env)
        )

    @api.model
    def _next_names(self, count):
        """Return so many numbers, taken at once where the sequence permits it."""
        # sudo: numbering needs no right to read sequences
        sequence = self.env.ref("batch_tracking.ir_sequence_inspection").sudo()
        if sequence.implementation != "standard" or sequence.use_date_range:
            return [sequence.next_by_id() for _number in range(count)]
        numbers = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03d}",
                count,
            )
        )
        return [sequence.get_next_char(number) for (number,) in numbers]

    # -- who may

    def _check_may_enter(self):
        """Refuse who is no batch user, other companies' inspections, closed ones.

        :raises UserError: naming the inspection and what to do
        """
        if not self or self.exists() != self:
            raise UserError(
                self.env._("This inspection does not exist any more. Reload the page.")
            )
        self.check_access("read")
        closed = self.filtered(lambda inspection: inspection.state != OPEN)
        if closed:
            raise InspectionIsClosedError(closed[0])

    def _check_quality_right(self):
        self.check_access("read")
        if not self.env.user.has_group(QUALITY_MANAGER):
            raise QualityRightMissingError(self)

    @api.model
    def _states_sql(self):
        """Return the SQL of how the inspections of ``stock_lot`` stand, as an array.

        NULL without any, and for who may not read them.
        """
        if not self.has_access("read"):
            return SQL("NULL::varchar[]")
        self.flush_model(["lot_id", "state", "company_id"])
        return SQL(
            """(
                SELECT ARRAY_AGG(DISTINCT inspection.state)
                FROM stock_lot_inspection inspection
                WHERE inspection.lot_id = stock_lot.id
                  AND inspection.company_id = ANY(%s)
            )""",
            self.env.companies.ids,
        )

    def _state_label(self):
        """Return the name of the state in the user's language."""
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    # -- what the lot remembers

    def _note_events(self, what, old="", new="", reason=None):
        """Leave an event of each inspection, on its lot if there still is one.

        :param new: the new value, or a function of the inspection that returns it
        """
        # sudo: whoever inspects leaves an event, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        here, gone = self._lots_here(), self.env["stock.lot"]
        events.create(
            [
                events._note(
                    here.get(inspection, gone),
                    "inspection",
                    what,
                    old,
                    new(inspection) if callable(new) else new,
                    document=inspection,
                    reason=reason,
                    lot_name=inspection.lot_name,
                    company_id=inspection.company_id.id,
                )
                for inspection in self
            ]
        )

    def _lots_here(self):
        """Return ``{inspection: its lot}``, as far as there is one to change.

        Left out are lots that have been deleted, or belong to another company by now.
        """
        # sudo: inspecting is enough to close an inspection; only its own lot is meant
        lots = self.sudo().lot_id.exists()
        here = {lot.id: lot for lot in lots.with_env(self.env)}
        owners = {lot.id: lot.company_id.id for lot in lots}
        return {
            inspection: here[lot_id]
            for inspection in self
            if (lot_id := inspection.sudo().lot_id.id) in here
            and owners[lot_id] in (False, inspection.company_id.id)
        }

    def _has_failed(self):
        return FAIL in self.result_ids.mapped("verdict")
