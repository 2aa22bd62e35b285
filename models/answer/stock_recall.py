from odoo import api, fields, models
from odoo.fields import Domain
from odoo.http import db_list, request
from odoo.tools import config

from ..recall.kinds import OPEN_STATES

#: Headers by which a proxy tells for whom it asks.
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto")
#: Names in the last answers of consignees that nobody is asked under yet.
TO_BE_ASKED = [
    ("consignee_id", "=", False),
    ("is_superseded", "=", False),
    ("dismissed_reason", "=", False),
]


class StockRecall(models.Model):
    """Who of its consignees has answered, and who may."""

    _inherit = "stock.recall"

    answer_ids = fields.One2many("stock.recall.answer", "recall_id", readonly=True)
    answer_count = fields.Integer("Answers", compute="_compute_answer_count")
    onward_count = fields.Integer(
        "Passed on, nobody told",
        compute="_compute_onward_count",
        help="Firms and people that consignees have passed goods on to, and that are "
        "no consignees of this recall yet.",
    )
    link_warning = fields.Text(compute="_compute_link_warning")

    @api.depends("answer_ids")
    def _compute_answer_count(self):
        counts = dict(
            self.env["stock.recall.answer"]._read_group(
                [("recall_id", "in", self.ids)], ["recall_id"], ["__count"]
            )
        )
        for recall in self:
            recall.answer_count = counts.get(recall._origin, 0)

    @api.depends(
        *(f"answer_ids.line_ids.onward_ids.{name}" for name, _is, _value in TO_BE_ASKED)
    )
    def _compute_onward_count(self):
        counts = dict(
            self.env["stock.recall.answer.onward"]._read_group(
                [("recall_id", "in", self.ids), *TO_BE_ASKED],
                ["recall_id"],
                ["__count"],
            )
        )
        for recall in self:
            recall.onward_count = counts.get(recall._origin, 0)

    @api.depends("state")
    def _compute_link_warning(self):
        problems = [self._link_problem(), self._proxy_problem()]
        warning = "\n".join(filter(None, problems)) or False
        for recall in self:
            is_asking = recall._is_open() and not recall.is_drill
            recall.link_warning = warning if is_asking else False

    @api.model
    def _link_problem(self):
        """Say why links of notices would lead nowhere; False if they work.

        A visitor without a session has no database, unless the address tells which.
        """
        # Whether visitors may see the list (list_db) changes nothing about its length.
        if db_list(force=True, host=self._host()) == [self.env.cr.dbname]:
            return False
        return self.env._(
            "Links in notices would lead nowhere: Odoo serves several databases, and "
            "nothing tells which one is meant. Whoever runs Odoo sets a database "
            "filter (dbfilter). Until then, ask by phone or letter."
        )

    @api.model
    def _proxy_problem(self):
        """Say that all visitors seem to come from one address; False if they do not.

        A proxy tells for whom it asks; Odoo believes it in proxy mode alone.
        """
        if not request or config["proxy_mode"]:
            return False
        if not any(request.httprequest.headers.get(name) for name in FORWARDED):
            return False
        return self.env._(
            "Odoo runs behind a proxy and does not know it: all who open links of "
            "notices have the proxy's address, so who tries out links cannot be told "
            "from others. Whoever runs Odoo starts it with --proxy-mode (or proxy_mode "
            "= True in its configuration)."
        )

    @api.model
    def _host(self):
        # sudo: the address of this Odoo is no secret
        url = self.env["ir.config_parameter"].sudo().get_param("web.base.url", "")
        return url.partition("://")[2].partition("/")[0]

    # -- whose rows

    def _rows_of(self, partner):
        """Return the rows that a partner answers for: its own, or those of its sites.

        :param partner: res.partner, a site or a company
        :return: stock.recall.consignee, by batch; without batches that were cleared
        """
        self.ensure_one()
        mine = Domain("recall_id", "=", self.id)
        company = Domain("partner_id.commercial_partner_id", "=", partner.id)
        own = Domain("addressee_id", "=", partner.id)
        own |= Domain("partner_id", "=", partner.id)
        if not self.is_by_site:
            own |= company
        rows = self.env["stock.recall.consignee"].search(mine & own)
        # Whoever answers in the account of a company answers for its sites.
        rows = rows or rows.search(mine & company)
        cleared = self.lot_ids.filtered("is_cleared").lot_id
        return rows.filtered(lambda row: row.lot_id not in cleared).sorted(
            lambda row: (row.product_id.name, row.lot_id.name, row.id)
        )

    @api.model
    def _told_of(self, company):
        """Return the recalls of which a company, or a site of it, was sent a notice.

        :param company: res.partner, a commercial entity
        """
        sent = self.env["stock.recall.notice"]._read_group(
            [
                ("partner_id.commercial_partner_id", "=", company.id),
                ("purpose", "=", "consignee"),
                ("notified_at", "!=", False),
                ("recall_id.is_drill", "=", False),
                ("recall_id.state", "in", (*OPEN_STATES, "closed")),
            ],
            ["recall_id"],
        )
        return self.union(*(recall for (recall,) in sent)).sorted()

    def _named_in_history(self, partners):
        """Return the names of consignees as an event tells them.

        An event is for ever: of those behind the first tier only companies are named.
        """
        self.ensure_one()
        people = partners.filtered(lambda p: not p.commercial_partner_id.is_company)
        rows = self.env["stock.recall.consignee"].search(
            [
                ("recall_id", "=", self.id),
                ("tier", "=", 1),
                ("partner_id.commercial_partner_id", "in", people.ids),
            ]
        )
        ours = rows.partner_id | rows.partner_id.commercial_partner_id
        unnamed = people - ours
        names = sorted(set((partners - unnamed).mapped("display_name")))
        if len(unnamed) == 1:
            names.append(self.env._("somebody whom goods were passed on to"))
        elif unnamed:
            names.append(
                self.env._("%s whom goods were passed on to", len(unnamed)),
            )
        return names

    def _replied_text(self, partner):
        """Return how far a consignee has come with its answer, in words."""
        self.ensure_one()
        rows = self._rows_of(partner)
        missing = rows.filtered(lambda row: not row.has_answered)
        if not self._takes_answers():
            return self.env._("Closed")
        if not missing:
            return self.env._("Answered")
        if len(missing) < len(rows):
            return self.env._("%s batches not answered", len(missing))
        return self.env._("Please answer")

    def _takes_answers(self):
        self.ensure_one()
        return self._is_open()

    def action_open_answers(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answers to %s", self.name),
            "res_model": "stock.recall.answer",
            "view_mode": "list,kanban,form",
            "domain": [("recall_id", "=", self.id)],
        }

    def action_open_onward(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Passed on by consignees of %s", self.name),
            "res_model": "stock.recall.answer.onward",
            "view_mode": "list,form",
            "domain": [("recall_id", "=", self.id)],
        }
