from datetime import timedelta

from pytz import utc

from odoo import api, fields, models
from odoo.fields import Command

from ...tools.agenda.deadlines import FIRST_OF_MONTH, WORKING_DAYS, due, monthly_reports
from ...tools.agenda.regimes import ASKED, DECIDED, INITIATED, KNOWN, PUBLIC
from ..recall.kinds import OPEN_STATES, REMINDER

#: {anchor of rules: field of the recall}
ANCHOR_FIELDS = {
    DECIDED: "date_decided",
    INITIATED: "date_start",
    PUBLIC: "date_public",
    KNOWN: "date_known",
    ASKED: "date_asked",
}
#: A recall's clock may run before it is launched.
RUNNING = ("draft", *OPEN_STATES)
#: So long before something is due its people are told once more.
BEFORE = timedelta(days=1)


class StockRecall(models.Model):
    """A recall that knows what is due, to whom, and what is late."""

    _inherit = "stock.recall"

    deadline_ids = fields.One2many("stock.recall.deadline", "recall_id")

    def write(self, vals):
        result = super().write(vals)
        if not {*ANCHOR_FIELDS.values(), "user_id", "state"}.isdisjoint(vals):
            self._refresh_deadlines()
        return result

    def _plan(self):
        return self.env["stock.recall.plan"]._of(self.company_id)

    @api.model
    def _prepare_draft(self, lots, reason, kind, scope, left_out):
        values = super()._prepare_draft(lots, reason, kind, scope, left_out)
        return values if self else {**self._from_plan(), **values}

    @api.model
    def _from_plan(self):
        """Return what the plan of the company says of every recall."""
        plan = self.env["stock.recall.plan"]._of(self.env.company)
        if not plan:
            return {}
        return {
            "user_id": plan.user_id.id or self.env.uid,
            "deputy_ids": [Command.set(plan.deputy_ids.ids)],
            "team_ids": [Command.set(plan.team_ids.ids)],
            "authority": plan.authority,
            "is_by_site": plan.is_by_site,
        }

    def _keep_deadlines(self):
        """Do what a day brings: the next monthly report, a warning before each."""
        self._refresh_deadlines()
        self._warn_of_deadlines()

    def _refresh_deadlines(self):
        """Bring what is due in line with the rules, and with what has happened.

        What is done stays as it is.
        """
        for recall in self:
            if recall.state not in RUNNING:
                # sudo: only a recall itself writes its deadlines
                recall.sudo().deadline_ids._undone().activity_id.unlink()
                continue
            recall.sudo()._sync_deadlines(recall._due_rows())

    def _due_rows(self):
        """Return ``{(rule, day): values}`` of all that is due by its rules."""
        rules = self._plan().regime_ids.rule_ids
        if self.is_drill:
            rules = rules.filtered("in_drills")
        rows = {}
        for rule in rules:
            # What counts from a drill is the plan's: when the next one is due.
            name = ANCHOR_FIELDS.get(rule.anchor)
            moment = name and self[name]
            for deadline in self._deadlines_by(rule, moment) if moment else ():
                rows[rule, deadline.day] = self._prepare_deadline(
                    rule, moment, deadline
                )
        return rows

    def _prepare_deadline(self, rule, moment, deadline):
        return {
            "name": rule.name,
            "date": deadline.at.astimezone(utc).replace(tzinfo=None),
            "without_holidays": self._is_without_holidays(rule, moment, deadline),
        }

    def _deadlines_by(self, rule, moment):
        """Return the ``Deadline`` of a rule; of a monthly one, up to the next."""
        zone = self.company_id._zone()
        event = utc.localize(moment)
        if rule.unit == FIRST_OF_MONTH:
            until = utc.localize(fields.Datetime.now()) + timedelta(days=31)
            return [report.deadline for report in monthly_reports(event, until, zone)]
        days = self.company_id._recall_work_days()
        return [due(rule.unit, rule.amount, event, zone, days.is_working)]

    def _is_without_holidays(self, rule, moment, deadline):
        if rule.unit != WORKING_DAYS:
            return False
        days = self.company_id._recall_work_days()
        return not days.knows_holidays_of(moment.date(), deadline.day)

    def _sync_deadlines(self, rows):
        known = {(line.rule_id, line.day): line for line in self.deadline_ids}
        gone = self.deadline_ids._undone().filtered(
            lambda line: (line.rule_id, line.day) not in rows
        )
        gone.activity_id.unlink()
        gone.unlink()
        for (rule, day), values in rows.items():
            line = known.get((rule, day))
            if line is None:
                key = {"recall_id": self.id, "rule_id": rule.id, "day": day}
                line = self.deadline_ids.create({**key, **values})
            elif not line.date_done:
                line.write(values)
            self._ask_for(line)

    def _ask_for(self, line):
        """Have one activity of the responsible for what is due."""
        if line.date_done or not self.user_id:
            return
        if line.activity_id:
            line.activity_id.write(
                {"date_deadline": line.day, "user_id": self.user_id.id}
            )
            return
        line.activity_id = self.activity_schedule(
            REMINDER,
            date_deadline=line.day,
            summary=line.name,
            user_id=self.user_id.id,
            is_of_batches=True,
        )

    def _warn_of_deadlines(self):
        """Tell the responsible and the deputies, once, what is due within a day."""
        soon = fields.Datetime.now() + BEFORE
        # sudo: only a recall itself writes its deadlines
        for line in self.sudo().deadline_ids._undone():
            if line.is_warned or line.date > soon:
                continue
            people = self.user_id | self.deputy_ids
            self.message_post(
                body=self.env._(
                    "Due on %(moment)s: %(name)s",
                    moment=line._due_in_words(for_all=True),
                    name=line.name,
                ),
                partner_ids=people.partner_id.ids,
                subtype_xmlid="mail.mt_note",
            )
            line.is_warned = True

    # -- what to do next

    @api.depends("deadline_ids.date", "deadline_ids.date_done")
    def _compute_banner(self):
        return super()._compute_banner()

    def _next_steps(self):
        return [*super()._next_steps(), *self._deadline_notices()]

    def _deadline_notices(self):
        if self.state not in RUNNING:
            return []
        undone = self.deadline_ids._undone()
        late = undone.filtered(lambda line: line.state == "late")
        notices = [self._deadline_notice(line, "danger") for line in late]
        coming = (undone - late)[:1]
        return notices + [self._deadline_notice(line, "warning") for line in coming]

    def _deadline_notice(self, line, level):
        words = {
            "name": line.name,
            "when": line._due_in_words(),
        }
        if level == "danger":
            text = self.env._("Late since %(when)s: %(name)s.", **words)
        else:
            text = self.env._("Due until %(when)s: %(name)s.", **words)
        if line.without_holidays:
            text = self.env._(
                "%s The company's calendar has no public holidays for it: add them.",
                text,
            )
        return {"text": text, "level": level, "actions": []}
