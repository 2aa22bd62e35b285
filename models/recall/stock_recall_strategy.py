from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from .exceptions import MomentNotPossibleError
from .kinds import (
    AUTHORITIES,
    CHECK_LEVELS,
    CLASSES,
    DEPTHS,
    MOST_YEARS,
    PUBLIC_WARNINGS,
)

#: What people say of when something was.
MOMENTS = (
    "hazard_date",
    "date_suspected",
    "date_known",
    "date_decided",
    "date_public",
    "date_asked",
)
USERS = [("share", "=", False)]


class StockRecall(models.Model):
    """How bad it is, how far the recall goes, who works it, and since when.

    What people decide and may change; each change leaves an event.
    """

    _inherit = "stock.recall"

    # How bad it is
    reason_id = fields.Many2one("stock.recall.reason", "Cause")
    authority = fields.Selection(
        AUTHORITIES,
        default="none",
        required=True,
        help="Whose rules the notices and reports follow.",
    )
    recall_class = fields.Selection(
        CLASSES,
        "Class",
        help="I: serious harm or death is likely enough. II: harm that passes or can "
        "be treated, or a remote chance of serious harm. III: harm is not likely.",
    )
    hazard = fields.Text(
        "Health hazard",
        help="What can happen, to whom, how likely it is, what is known of harm so "
        "far.",
    )
    hazard_date = fields.Date("Evaluated on")
    hazard_by = fields.Char("Evaluated by", help="Who has evaluated the hazard.")
    # How far it goes
    depth = fields.Selection(
        DEPTHS, help="How far down the chain goods are called back."
    )
    public_warning = fields.Selection(PUBLIC_WARNINGS, default="none", required=True)
    check_level = fields.Selection(
        CHECK_LEVELS,
        "Effectiveness checks",
        help="How many of the consignees are asked whether they were told and have "
        "acted.",
    )
    is_by_site = fields.Boolean(
        "A notice for each site",
        help="Each delivery address gets a notice of its own; else each company one.",
    )
    strategy = fields.Text(help="What is done with the goods, by whom, until when.")
    # Who works it
    deputy_ids = fields.Many2many(
        "res.users", "stock_recall_deputy_rel", string="Deputies", domain=USERS
    )
    team_ids = fields.Many2many("res.users", "stock_recall_team_rel", domain=USERS)
    # Since when: what deadlines count from
    date_suspected = fields.Datetime(
        "Suspected", help="When somebody first thought that something is wrong."
    )
    date_known = fields.Datetime(
        "Known", help="When something came to light that an authority must hear of."
    )
    date_decided = fields.Datetime("Decided", help="When the recall was decided on.")
    date_public = fields.Datetime(
        "Public", help="When a recall that the public is told of was decided on."
    )
    date_asked = fields.Datetime(
        "Records asked for", help="When an authority has asked for records."
    )

    @api.constrains(*MOMENTS)
    def _check_moments(self):
        """Refuse years that somebody mistyped: deadlines are counted from them.

        :raises MomentNotPossibleError: naming the first
        """
        most = relativedelta(years=MOST_YEARS)
        today = fields.Date.today()
        for recall in self:
            for name in MOMENTS:
                value = fields.Date.to_date(recall[name])
                if value and not today - most <= value <= today + most:
                    raise MomentNotPossibleError(recall, name)

    def _editable_fields(self):
        return super()._editable_fields() | {
            "reason_id",
            "authority",
            "recall_class",
            "hazard",
            "hazard_date",
            "hazard_by",
            "depth",
            "public_warning",
            "check_level",
            "is_by_site",
            "strategy",
            "deputy_ids",
            "team_ids",
            "date_suspected",
            "date_known",
            "date_decided",
            "date_public",
            "date_asked",
        }
