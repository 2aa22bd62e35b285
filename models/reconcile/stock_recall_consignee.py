from odoo import api, fields, models

from ...tools.answer.answers import Standing

STATES = [
    ("waiting", "Not answered"),
    ("dispute", "In dispute"),
    ("open", "Open"),
    ("closed", "Closed"),
]
#: What the outcome of a row depends on, beside the rows behind it.
SOURCES = (
    "delivered",
    "returned",
    "version",
    "answered_at",
    "answered_version",
    "is_declined",
    "on_hand",
    "used",
    "used_before",
    "passed_on",
    "told_returned",
    "destroyed",
    "corrected",
    "received_back",
    "received_then",
    "received_by_way",
    "waived_reason",
    "child_ids.told_returned",
    "child_ids.received_back",
)


class StockRecallConsignee(models.Model):
    """The ledger of a recall: what became of what one consignee had of one batch.

    Kept with the row, as a page adds up tens of thousands; see ``tools/answer/ledger``.
    """

    _inherit = "stock.recall.consignee"

    state = fields.Selection(
        STATES,
        compute="_compute_outcome",
        store=True,
        help="Closed: nothing is left to be told, fetched or decided, or that was "
        "given up with a reason. In dispute: they say it is not theirs.",
    )
    distributed = fields.Float(
        compute="_compute_outcome",
        store=True,
        digits="Product Unit",
        help="Delivered, less what had come back before the recall.",
    )
    gone = fields.Float(
        "Gone before the notice",
        compute="_compute_outcome",
        store=True,
        digits="Product Unit",
    )
    recovered = fields.Float(
        compute="_compute_outcome",
        store=True,
        digits="Product Unit",
        help="Came back, was destroyed or put right; at most what was distributed.",
    )
    back = fields.Float(
        "Came back", compute="_compute_outcome", store=True, digits="Product Unit"
    )
    located = fields.Float(
        compute="_compute_outcome",
        store=True,
        digits="Product Unit",
        help="With them, or on its way back: it can be fetched, and is not yet back.",
    )
    on_its_way = fields.Float(
        compute="_compute_outcome",
        store=True,
        digits="Product Unit",
        help="They say that it was sent back, and it is not here.",
    )
    with_others = fields.Float(
        "Passed on, not back",
        compute="_compute_outcome",
        store=True,
        digits="Product Unit",
    )
    unaccounted = fields.Float(
        "Unaccounted for",
        compute="_compute_outcome",
        store=True,
        digits="Product Unit",
        help="Nobody says where it is, or what became of it.",
    )
    excess = fields.Float(
        "Too much",
        compute="_compute_outcome",
        store=True,
        digits="Product Unit",
        help="More was told, or came back, than was distributed: is it the same batch?",
    )
    waived_reason = fields.Char(
        "Given up because", readonly=True, help="It is closed all the same."
    )
    waived_by_id = fields.Many2one("res.users", "Given up by", readonly=True)

    @api.depends(*SOURCES)
    def _compute_outcome(self):
        for row in self:
            settled = row._settled()
            line = settled.line
            row.distributed = line.distributed
            row.gone = min(line.used_before, line.distributed)
            row.recovered = min(line.recovered, line.distributed)
            row.back = line.returned
            row.located = line.on_hand
            row.on_its_way = settled.on_its_way
            row.with_others = line.passed_on
            row.unaccounted = line.unaccounted
            row.excess = line.excess
            row.state = row._standing(line.unaccounted + line.on_hand).state

    def _standing(self, unsettled):
        """Return how far the row has come, see ``tools/answer/answers``.

        :param unsettled: that has no place, or is still with the consignee
        """
        return Standing(
            self.partner_id.id,
            self.lot_id.id,
            self.net,
            has_answered=self.has_answered or not self.distributed,
            has_declined=self.is_declined and self.has_answered,
            is_waived=bool(self.waived_reason),
            unaccounted=unsettled,
        )
