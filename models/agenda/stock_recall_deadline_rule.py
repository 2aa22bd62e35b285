from odoo import fields, models

from ...tools.agenda.deadlines import DAYS, FIRST_OF_MONTH, HOURS, MONTHS, WORKING_DAYS
from ...tools.agenda.regimes import (
    ASKED,
    DECIDED,
    DRILLED,
    INITIATED,
    KNOWN,
    PUBLIC,
)

UNITS = [
    (HOURS, "Hours"),
    (DAYS, "Days"),
    (WORKING_DAYS, "Working days"),
    (MONTHS, "Months"),
    (FIRST_OF_MONTH, "First of each month"),
]
ANCHORS = [
    (DECIDED, "The recall was decided"),
    (INITIATED, "The recall was launched"),
    (PUBLIC, "A recall that the public is told of was decided"),
    (KNOWN, "Something came to light that an authority must hear of"),
    (ASKED, "An authority has asked for records"),
    (DRILLED, "A drill was completed"),
]


class StockRecallDeadlineRule(models.Model):
    """What somebody asks for, so long after an event of a recall."""

    _name = "stock.recall.deadline.rule"
    _description = "Deadline of Recalls"
    _order = "regime_id, sequence, id"

    regime_id = fields.Many2one(
        "stock.recall.regime", "Of", required=True, ondelete="cascade", index=True
    )
    name = fields.Char("What is due", required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    anchor = fields.Selection(ANCHORS, "Counted from", required=True)
    unit = fields.Selection(UNITS, required=True)
    amount = fields.Integer(help="For the first of each month it is of no matter.")
    in_drills = fields.Boolean(
        help="Whether drills have it too; what goes to authorities they never have."
    )
    source = fields.Char(help="Where it is written, or who asks for it.")

    _code_uniq = models.Constraint("unique(code)", "Another deadline has this code.")
    _amount_positive = models.Constraint(
        "CHECK(amount >= 0)", "Nothing is due before its event."
    )
