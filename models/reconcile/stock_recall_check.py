from odoo import api, fields, models

from .exceptions import (
    CheckedByThemselvesError,
    CheckIsEvidenceError,
    CheckMomentError,
)

STATES = [
    ("drawn", "To check"),
    ("verified", "Verified"),
    ("failed", "Failed"),
    ("waived", "Given up"),
]
METHODS = [("visit", "Visit"), ("phone", "Phone"), ("letter", "Letter")]
YES_NO = [("yes", "Yes"), ("no", "No"), ("unknown", "Not known")]
#: What a checker writes down, as long as the check is not done.
FOUND = (
    "method",
    "user_id",
    "date",
    "contact_name",
    "contact_phone",
    "got_notice",
    "got_notice_how",
    "understood",
    "had_goods",
    "for_sale",
    "did_as_told",
    "told_others",
    "complaints",
    "is_disposition_verified",
    "note",
)


class StockRecallCheck(models.Model):
    """An effectiveness check: was a consignee told, and have they acted on it?

    An answer is none: somebody else than who took it asks again, or goes there.
    """

    _name = "stock.recall.check"
    _description = "Effectiveness Check of a Recall"
    _order = "recall_id, place, id"
    _rec_name = "partner_id"

    recall_id = fields.Many2one(
        "stock.recall", required=True, ondelete="cascade", index=True, readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Consignee", required=True, ondelete="restrict", readonly=True
    )
    company_id = fields.Many2one(related="recall_id.company_id", store=True)
    place = fields.Integer("No.", readonly=True, help="The order of the draw.")
    stratum = fields.Char(
        "Kind of consignee", readonly=True, help="Their industry: drawn apart."
    )
    state = fields.Selection(STATES, "Result", default="drawn", readonly=True)
    phone = fields.Char(related="partner_id.phone")
    # How
    method = fields.Selection(METHODS, default="phone", required=True)
    user_id = fields.Many2one(
        "res.users", "Checked by", readonly=True, help="Who was logged in."
    )
    date = fields.Datetime(
        "Checked",
        help="Empty: when the result is given. Another moment leaves an event.",
    )
    contact_name = fields.Char("Asked whom", help="Who has authority to answer.")
    contact_phone = fields.Char("Their phone")
    # What was found
    got_notice = fields.Selection(YES_NO, "Notice received")
    got_notice_how = fields.Char("When and how")
    understood = fields.Selection(YES_NO)
    had_goods = fields.Selection(YES_NO, "Had some of the goods")
    for_sale = fields.Float("Still for sale", digits="Product Unit")
    did_as_told = fields.Selection(YES_NO, "Did as told")
    told_others = fields.Selection(YES_NO, "Told those behind")
    complaints = fields.Char("Complaints and injuries")
    is_disposition_verified = fields.Boolean(
        "Whereabouts verified", help="The checker has seen what became of the goods."
    )
    note = fields.Text("Remark")
    put_right = fields.Char("Put right since", readonly=True)
    waived_reason = fields.Char("Given up because", readonly=True)
    waived_by_id = fields.Many2one("res.users", "Given up by", readonly=True)

    _partner_uniq = models.UniqueIndex("(recall_id, partner_id)")

    @api.constrains("user_id", "state")
    def _check_is_somebody_else(self):
        for check in self.filtered("user_id"):
            # sudo: who has entered an answer counts, whoever may read it
            answers = check.recall_id.sudo().answer_ids.filtered(
                lambda answer, check=check: (
                    answer.partner_id.commercial_partner_id
                    == check.partner_id.commercial_partner_id
                )
            )
            if check.user_id in answers.user_id:
                raise CheckedByThemselvesError(check)

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        is_finding = vals.keys() <= set(FOUND) - {"user_id"}
        is_done = any(check.state != "drawn" for check in self)
        if not is_finding or is_done:
            raise CheckIsEvidenceError(self)
        self._check_may_check()
        result = super().write(vals)
        if vals.get("date"):
            self._note_moment()
        return result

    def _note_moment(self):
        """Leave an event that a check was made at another moment than now.

        :raises CheckMomentError: for one before the launch, or that is to come
        """
        now = fields.Datetime.now()
        for check in self:
            recall = check.recall_id
            if not recall.date_start <= check.date <= now:
                raise CheckMomentError(check)
            [who] = recall._named_in_history(check.partner_id)
            what = self.env._("Moment of the check of %s", who)
            recall._note_step(what, new=fields.Datetime.to_string(check.date))
