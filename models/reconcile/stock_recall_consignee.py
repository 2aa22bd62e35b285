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
            outcome = self._outcome_of(row._settled())
            row.update(outcome)
            row.state = self._state_of(
                row.net,
                outcome,
                has_answered=row.has_answered,
                is_declined=row.is_declined,
                is_waived=bool(row.waived_reason),
            )

    @api.model
    def _outcome_of(self, settled):
        """Return the values of a row that tell what became of its goods.

        :param settled: ``Settled``, see ``tools/answer/ledger``
        """
        line = settled.line
        return {
            "distributed": line.distributed,
            "gone": min(line.used_before, line.distributed),
            "recovered": min(line.recovered, line.distributed),
            "back": line.returned,
            "located": line.on_hand,
            "on_its_way": settled.on_its_way,
            "with_others": line.passed_on,
            "unaccounted": line.unaccounted,
            "excess": line.excess,
        }

    @api.model
    def _state_of(
        self, net, outcome, *, has_answered, is_declined=False, is_waived=False
    ):
        """Return how far a row has come, see ``Standing`` in ``tools/answer/answers``.

        :param float net: delivered, less what had come back
        :param dict outcome: as ``_outcome_of`` returns it
        """
        standing = Standing(
            None,
            None,
            net,
            has_answered=has_answered or not outcome["distributed"],
            has_declined=is_declined and has_answered,
            is_waived=is_waived,
            # Has no place, or is still with the consignee.
            unaccounted=outcome["unaccounted"] + outcome["located"],
        )
        return standing.state
