from odoo import api, fields, models

from ...tools.reconcile.drill import (
    LIMITS,
    Clock,
    Completeness,
    clock_text,
    traced_share,
)
from ...tools.reconcile.kpi import elapsed
from ..recall.kinds import OPEN_STATES
from .exceptions import GapsUnexplainedError

HOUR = 3600


class StockRecall(models.Model):
    """A drill's clock, and how complete its trace was.

    The clock runs from when it was suspected. The trace notes itself; when the list was
    handed over, and when all was reconciled, is noted when it happens, and once.
    """

    _inherit = "stock.recall"

    date_list = fields.Datetime(
        "List handed over",
        readonly=True,
        copy=False,
        help="When somebody first had the list of batches and consignees in hand.",
    )
    date_reconciled = fields.Datetime(
        "Reconciled",
        readonly=True,
        copy=False,
        help="When all that came in was accounted for, and each gap explained.",
    )
    hours_to_list = fields.Float(
        "Time to list", compute="_compute_clock", store=True, aggregator="avg"
    )
    hours_to_reconcile = fields.Float(
        "Time to reconcile", compute="_compute_clock", store=True, aggregator="avg"
    )
    drill_clock = fields.Char("Clock", compute="_compute_drill_clock")
    drill_score = fields.Float(
        "Completeness (%)",
        digits=(5, 1),
        readonly=True,
        copy=False,
        aggregator="avg",
        help="The worst of three: what is accounted for, which consignees can be "
        "reached, and how much of what was used had a batch.",
    )
    reachable_percent = fields.Float(
        "Consignees within reach (%)",
        digits=(5, 1),
        readonly=True,
        copy=False,
        help="With a mail, a phone or an address.",
    )
    traced_percent = fields.Float(
        "Used with a batch (%)", digits=(5, 1), readonly=True, copy=False
    )

    # -- the clock

    def _clock(self):
        """Return the ``Clock`` of the drill, see ``tools/reconcile/drill``."""
        self.ensure_one()
        started = self.date_suspected or self.date_start
        return Clock(started, self.date_list or None, self.date_reconciled or None)

    @api.depends("date_suspected", "date_start", "date_list", "date_reconciled")
    def _compute_clock(self):
        for recall in self:
            clock = recall._clock()
            recall.hours_to_list = _hours(clock.to_list)
            recall.hours_to_reconcile = _hours(clock.to_reconciled)

    @api.depends("hours_to_list", "hours_to_reconcile")
    @api.depends_context("lang")
    def _compute_drill_clock(self):
        for recall in self:
            recall.drill_clock = recall._clock_sentence() if recall.is_drill else ""

    def _clock_sentence(self):
        clock = self._clock()
        if clock.list_ready and not clock.reconciled:
            return self.env._("Listed in %s; not reconciled yet.", self._took("list"))
        if not clock.reconciled:
            return self.env._("The clock is running: nothing is noted yet.")
        passed = [hours for hours in LIMITS if clock.passes(hours)]
        words = {"listed": self._took("list"), "reconciled": self._took("reconciled")}
        if not passed:
            return self.env._(
                "Listed in %(listed)s, reconciled in %(reconciled)s: over %(most)s h.",
                most=LIMITS[-1],
                **words,
            )
        return self.env._(
            "Listed in %(listed)s, reconciled in %(reconciled)s: within %(least)s h.",
            least=passed[0],
            **words,
        )

    def _took(self, moment):
        """Return how long it took as hours and minutes, a dash if it is not noted.

        :param str moment: ``trace``, ``list`` or ``reconciled``
        """
        clock = self._clock()
        took = {
            "trace": elapsed(clock.started, self.date_trace),
            "list": clock.to_list,
            "reconciled": clock.to_reconciled,
        }
        return clock_text(took[moment]) or "–"

    def _limits(self):
        """Return ``[(hours, whether all was reconciled within them)]``."""
        clock = self._clock()
        return [(hours, clock.passes(hours)) for hours in LIMITS]

    # -- its moments

    def action_note_list(self):
        """Note that somebody has the list in hand; the first time counts."""
        self._check_step(*OPEN_STATES)
        if self.is_drill and not self.date_list:
            # sudo: only its steps write a drill's moments, and the right is checked
            self.sudo().date_list = fields.Datetime.now()
            self._measure()
            self._note_step(self.env._("List handed over"), new=self._took("list"))

    def action_note_reconciled(self):
        """Note that all is accounted for, or explained; the first time counts.

        :raises GapsUnexplainedError: naming the batches of which too much or too little
            is there, and nobody says why
        """
        self._check_step(*OPEN_STATES)
        if not self.is_drill or self.date_reconciled:
            return
        unexplained = self._gap_lines().filtered(lambda line: not line.gap_reason)
        if unexplained:
            raise GapsUnexplainedError(self, unexplained.lot_id)
        self._measure()
        # sudo: as above
        self.sudo().date_reconciled = fields.Datetime.now()
        self._note_step(
            self.env._("Reconciled"),
            new=self._took("reconciled"),
            reason=self.env._("Completeness %s %%", f"{self.drill_score:.1f}"),
        )

    def action_download_workbook(self):
        if self.is_drill and self._is_open() and self.has_access("write"):
            self.action_note_list()
        return super().action_download_workbook()

    # -- how complete it is

    def _measure(self):
        """Look how complete the trace is, and which products are traced badly."""
        # sudo: as above
        drill = self.sudo()
        drill._find_untraced()
        found = Completeness(
            self.accounted_percent / 100,
            self._reachable_share(),
            traced_share(drill._used_in_trace()),
        )
        drill.write(
            {
                "reachable_percent": 100 * found.reachable,
                "traced_percent": 100 * found.traced,
                "drill_score": 100 * found.score,
            }
        )

    def _reachable_share(self):
        """Return which share of the consignees can be told otherwise than in public."""
        told = self.env["stock.recall.notice"]._read_group(
            [
                ("recall_id", "=", self.id),
                ("purpose", "=", "consignee"),
                ("state", "!=", "superseded"),
            ],
            ["channel"],
            ["__count"],
        )
        total = sum(count for _channel, count in told)
        public = dict(told).get("public", 0)
        return 1 - public / total if total else 1.0


def _hours(took):
    return took.total_seconds() / HOUR if took is not None else 0.0
