from odoo import api, models

from .kinds import OPEN_STATES

RECALLS = "batch_tracking.stock_recall_action"
IS_OPEN = ("state", "in", OPEN_STATES)


class BatchOverview(models.AbstractModel):
    """The recalls and drills that are not closed yet."""

    _inherit = "batch.overview"

    @api.model
    def _cards(self):
        return [*super()._cards(), *self._recall_card()]

    @api.model
    def _recall_card(self):
        recalls = self.env["stock.recall"]
        if not recalls.has_access("read"):
            return []
        running = dict(recalls._read_group([IS_OPEN], ["is_drill"], ["__count"]))
        rows = [
            self._row(label, count, RECALLS, ["open", which])
            for label, which, is_drill in (
                (self.env._("Recalls"), "real", False),
                (self.env._("Drills"), "drill", True),
            )
            if (count := running.get(is_drill))
        ]
        return [
            self._card(
                "recall",
                self.env._("Open recalls and drills"),
                sum(running.values()),
                RECALLS,
                ["open"],
                sequence=60,
                tone="danger" if running.get(False) else "info",
                rows=rows,
                empty=self.env._(
                    "No recall is open. To be ready, a recall manager runs a drill: it "
                    "traces everything and stops nothing."
                ),
            )
        ]
