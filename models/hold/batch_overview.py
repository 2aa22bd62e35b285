from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

RECENT = 5
LOTS = "batch_tracking.stock_lot_action"
DECISIONS = "batch_tracking.stock_lot_decision_action"


class BatchOverview(models.AbstractModel):
    """What is held, what waits for a second person, what was decided lately."""

    _inherit = "batch.overview"

    @api.model
    def _cards(self):
        return [
            *super()._cards(),
            *self._held_card(),
            *self._approval_card(),
            *self._decisions_card(),
        ]

    @api.model
    def _held_card(self):
        lots = self.env["stock.lot"]
        if not lots.has_access("read"):
            return []
        held = self._lots_here() & Domain("is_held", "=", True)
        counts = lots._read_group(held, ["disposition_id"], ["__count"])
        return [
            self._card(
                "held",
                self.env._("Held batches"),
                sum(count for _disposition, count in counts),
                LOTS,
                ["on_hand", "held"],
                sequence=10,
                tone="danger",
                rows=[self._held_row(*counted) for counted in counts],
                empty=self.env._(
                    "All that is in stock may go. When something is wrong, open the "
                    "batch and put it on hold."
                ),
            )
        ]

    @api.model
    def _held_row(self, disposition, count):
        """Return the row of those with a disposition; what permits all lies badly."""
        is_own = disposition._restrictive()
        return self._row(
            disposition.name if is_own else self.env._("By the place it lies in"),
            count,
            LOTS,
            {"on_hand": 1, "held": 1, "disposition_id": disposition.id},
        )

    @api.model
    def _approval_card(self):
        if not self.env["stock.lot"]._may_release():
            return []
        return self._count_card(
            "approve",
            self.env._("Releases to approve"),
            "stock.lot.decision",
            [("state", "=", "proposed")],
            DECISIONS,
            filters=["proposed"],
            sequence=30,
            tone="warning",
            empty=self.env._(
                "Where the settings ask for two people, what one proposes to release "
                "waits here for the other."
            ),
        )

    @api.model
    def _decisions_card(self):
        decisions = self.env["stock.lot.decision"]
        if not decisions.has_access("read"):
            return []
        recent = decisions.search([], limit=RECENT)
        return [
            self._card(
                "decisions",
                self.env._("Holds and releases"),
                decisions.search_count([]),
                DECISIONS,
                sequence=90,
                rows=[self._decision_row(decision) for decision in recent],
                empty=self.env._(
                    "Who held or released what, and why, is kept here from the first "
                    "time on."
                ),
            )
        ]

    @api.model
    def _decision_row(self, decision):
        """Return the row of a decision: what it is about, and when; it says why."""
        batches = decision.document_name or decision.name
        if decision.lot_count == 1:
            batches = decision.lot_ids.name or batches
        label = f"{decision.disposition_id.name}: {batches}"
        day = format_date(self.env, decision.date)
        return self._row(label, day, DECISIONS, res_id=decision.id)
