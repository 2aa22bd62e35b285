from datetime import time

from pytz import utc

from odoo import api, fields, models
from odoo.tools import format_date, format_time

from .exceptions import DeadlineIsDoneError

STATES = [("done", "Done"), ("late", "Late"), ("waiting", "To come")]


MIDNIGHT = time()


class StockRecallDeadline(models.Model):
    """What is due in one recall, and when: kept up to date until it is done."""

    _name = "stock.recall.deadline"
    _description = "Deadline of a Recall"
    _order = "date, id"

    recall_id = fields.Many2one("stock.recall", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="recall_id.company_id", store=True)
    rule_id = fields.Many2one(
        "stock.recall.deadline.rule", required=True, ondelete="restrict"
    )
    name = fields.Char("What is due", required=True)
    source = fields.Char(related="rule_id.source")
    anchor = fields.Selection(related="rule_id.anchor")
    date = fields.Datetime("Due", required=True)
    day = fields.Date(
        "Due on",
        required=True,
        help="In the zone of the company; what is due on a day is due until 24:00.",
    )
    due_text = fields.Char("Due until", compute="_compute_due_text")
    without_holidays = fields.Boolean(
        help="Counted in working days on a calendar that knows no public holidays in "
        "these years: it may be due later."
    )
    date_done = fields.Datetime("Done", readonly=True)
    done_user_id = fields.Many2one("res.users", "Done by", readonly=True)
    activity_id = fields.Many2one("mail.activity", ondelete="set null")
    is_warned = fields.Boolean(help="Its people were told that it is due.")
    state = fields.Selection(STATES, compute="_compute_state")

    _rule_day_uniq = models.UniqueIndex("(recall_id, rule_id, day)")

    @api.depends("date", "day", "company_id")
    @api.depends_context("lang", "tz")
    def _compute_due_text(self):
        for deadline in self:
            deadline.due_text = deadline._due_in_words()

    def _due_in_words(self, for_all=False):
        """Return until when it is due, on the company's clock.

        A whole day ends at 24:00 of that day, wherever the reader sits.

        :param bool for_all: name the zone also to who reads in it
        """
        self.ensure_one()
        zone = self.company_id._zone()
        local = utc.localize(self.date).astimezone(zone)
        hour = format_time(self.env, local.time(), time_format="short")
        if local.date() > self.day and local.time() == MIDNIGHT:
            hour = "24:00"
        words = {
            "day": format_date(self.env, self.day, date_format="medium"),
            "hour": hour,
            "zone": zone.zone,
        }
        reader = fields.Datetime.context_timestamp(self, self.date)
        if for_all or reader.utcoffset() != local.utcoffset():
            return self.env._("%(day)s, %(hour)s (%(zone)s)", **words)
        return self.env._("%(day)s, %(hour)s", **words)

    @api.depends("date", "date_done")
    def _compute_state(self):
        now = fields.Datetime.now()
        for deadline in self:
            if deadline.date_done:
                deadline.state = "done"
            else:
                deadline.state = "late" if now > deadline.date else "waiting"

    def _undone(self):
        return self.filtered(lambda deadline: not deadline.date_done)

    def action_done(self):
        """Say that it was done; it stays in the history of the recall."""
        self.ensure_one()
        self.recall_id._check_may_recall()
        self.recall_id.check_access("write")
        if self.date_done:
            raise DeadlineIsDoneError(self)
        # sudo: only steps of a recall write its deadlines, and the right is checked
        mine = self.sudo()
        mine.write({"date_done": fields.Datetime.now(), "done_user_id": self.env.uid})
        mine.activity_id.action_feedback()
        self.recall_id._note_step(self.env._("Done: %s", self.name))
