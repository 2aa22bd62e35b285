from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.agenda.months import months_later, reminders
from ...tools.agenda.regimes import DRILLED
from ...tools.days import local_day
from ..base.job import JobRun
from ..recall.kinds import AUTHORITIES, OPEN_STATES, REMINDER
from ..recall.stock_recall_strategy import USERS

REMIND = "batch_tracking.ir_cron_recall_deadlines"
YEAR = 12


class StockRecallPlan(models.Model):
    """How a company is ready for a recall: who, by whose rules, and when it drills."""

    _name = "stock.recall.plan"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Recall Plan"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        domain=USERS,
        default=lambda self: self.env.uid,
        tracking=True,
    )
    deputy_ids = fields.Many2many(
        "res.users", "stock_recall_plan_deputy_rel", string="Deputies", domain=USERS
    )
    team_ids = fields.Many2many("res.users", "stock_recall_plan_team_rel", domain=USERS)
    contact_ids = fields.One2many("stock.recall.plan.contact", "plan_id")
    contacts_checked_on = fields.Date(
        tracking=True, help="When somebody last rang all of them."
    )
    authority = fields.Selection(
        AUTHORITIES,
        default="none",
        required=True,
        help="Whose rules the notices of new recalls follow.",
    )
    is_by_site = fields.Boolean("A notice for each site")
    regime_ids = fields.Many2many(
        "stock.recall.regime",
        string="Deadlines of",
        help="The authorities and standards whose deadlines the recalls have.",
    )
    # Drills
    drill_months = fields.Integer(
        "A drill every … months",
        compute="_compute_drill_months",
        store=True,
        readonly=False,
        help="0: never by itself. Some rules ask for one every twelve months.",
    )
    last_drill_id = fields.Many2one("stock.recall", compute="_compute_drills")
    last_drill_date = fields.Date("Last drill", compute="_compute_drills")
    next_drill_date = fields.Date("Next drill until", compute="_compute_drills")
    drill_count = fields.Integer(compute="_compute_drills")
    reminded_on = fields.Date(help="The last reminder of a drill that was sent.")

    _company_uniq = models.Constraint(
        "unique(company_id)", "This company has a recall plan already."
    )

    @api.depends("regime_ids")
    def _compute_drill_months(self):
        for plan in self:
            rules = plan.regime_ids.rule_ids.filtered(lambda r: r.anchor == DRILLED)
            wanted = [rule.amount for rule in rules if rule.amount]
            plan.drill_months = min([plan.drill_months or YEAR, *wanted])

    @api.depends("company_id", "drill_months")
    def _compute_drills(self):
        for plan in self:
            drills = plan._closed_drills()
            last = drills[:1]
            day = last and local_day(last.date_close, plan.company_id._zone())
            plan.last_drill_id, plan.drill_count = last, len(drills)
            plan.last_drill_date = day
            plan.next_drill_date = plan._next_drill(day)

    def _closed_drills(self):
        """Return the company's drills that are closed, the last one first."""
        return self.env["stock.recall"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("is_drill", "=", True),
                ("state", "=", "closed"),
            ],
            order="date_close desc",
        )

    def _next_drill(self, last):
        """Return until when the next drill is due, at once if there was none."""
        if not self.drill_months:
            return False
        if not last:
            return fields.Date.context_today(self)
        return months_later(last, self.drill_months)

    @api.model
    def _of(self, company):
        """Return the plan of a company, none if it has none."""
        # sudo: who is responsible, and by whose rules, holds for all of its recalls
        plans = self.sudo().search([("company_id", "=", company.id)], limit=1)
        return plans.with_env(self.env)

    # -- drills

    def action_start_drill(self):
        """Pick a batch at random and open the preview of a drill with it."""
        self.ensure_one()
        self.env["stock.recall"]._check_may_recall()
        lot = self._random_lot()
        context = {
            "default_kind": "drill",
            "default_lot_ids": lot.ids,
            "default_reason": self.env._("Drill: a batch picked at random"),
            "dialog_size": "extra-large",
        }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Run a drill"),
            "res_model": "stock.lot.recall",
            "view_mode": "form",
            "target": "new",
            "context": context,
        }

    def _random_lot(self):
        """Return one of the batches that customers have received, or any other."""
        lots = self.env["stock.lot"]
        # sudo: which batches were delivered; those that the user sees are picked from
        sent = self.env["stock.move.line"].sudo()
        sent = sent._search(
            [
                ("consignment", "=", "delivered"),
                ("company_id", "=", self.company_id.id),
            ]
        )
        for domain in ([("id", "in", sent.subselect("lot_id"))], []):
            found = lots._search(domain).select()
            picked = SQL("%s ORDER BY random() LIMIT 1", found)
            if rows := self.env.execute_query(picked):
                return lots.browse(rows[0])
        return lots

    @api.model
    def action_open_own(self):
        """Open the plan of one's company; the list where there are more, or none."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "batch_tracking.stock_recall_plan_action"
        )
        plans = self.search([], limit=2)
        if len(plans) == 1:
            action |= {"res_id": plans.id, "views": [(False, "form")]}
        return action

    def action_open_drills(self):
        """Open the drills of the company, with the trend of their scores."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "batch_tracking.stock_recall_drill_action"
        )
        return {**action, "domain": self._drill_domain()}

    def _drill_domain(self):
        return [("company_id", "=", self.company_id.id), ("is_drill", "=", True)]

    # -- the daily job

    @api.model
    def _cron_remind(self):
        """Bring deadlines up to date, warn of those that come, remind of drills."""
        job = JobRun(self.env, REMIND)
        recalls = self.env["stock.recall"].search(
            [("state", "in", ("draft", *OPEN_STATES))]
        )
        job.do(recalls, lambda recall: recall._keep_deadlines(), 1)
        plans = self.search([("company_id", "!=", False)])
        JobRun(self.env, REMIND).do(plans, lambda p: p._remind_of_drill(), 1)

    def _remind_of_drill(self):
        """Give the responsible an activity 60 and 30 days before a drill is due."""
        today = fields.Date.context_today(self)
        due = self.next_drill_date
        if not due or not self.user_id:
            return
        passed = [day for day in [*reminders(due), due] if day <= today]
        if not passed or (self.reminded_on and self.reminded_on >= passed[-1]):
            return
        self.activity_schedule(
            REMINDER,
            date_deadline=due,
            summary=self.env._("Run a recall drill"),
            user_id=self.user_id.id,
            is_of_batches=True,
        )
        self.reminded_on = passed[-1]
