from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class StockRecall(models.Model):
    """What a recall's card on the dashboard says; all cards at once."""

    _inherit = "stock.recall"

    next_deadline_id = fields.Many2one(
        "stock.recall.deadline", "Next deadline", compute="_compute_deadlines"
    )
    next_deadline_name = fields.Char("Due next", compute="_compute_deadlines")
    next_deadline_text = fields.Char("Due", compute="_compute_deadlines")
    late_count = fields.Integer("Late", compute="_compute_deadlines")
    has_late = fields.Boolean(compute="_compute_deadlines", search="_search_has_late")
    silent_count = fields.Integer("Have not answered", compute="_compute_silent_count")
    recovered_text = fields.Char("Recovered", compute="_compute_shares_text")
    accounted_text = fields.Char(
        "Accounted for by consignees", compute="_compute_shares_text"
    )

    @api.depends("deadline_ids.date", "deadline_ids.date_done", "state")
    @api.depends_context("lang", "tz")
    def _compute_deadlines(self):
        now = fields.Datetime.now()
        running = self.filtered(lambda recall: recall._is_running())
        undone = self.env["stock.recall.deadline"].search(
            [("recall_id", "in", running.ids), ("date_done", "=", False)],
            order="date, id",
        )
        by_recall = undone.grouped("recall_id")
        for recall in self:
            mine = by_recall.get(recall._origin, undone.browse())
            late = mine.filtered(lambda line: line.date < now)
            coming = (mine - late)[:1]
            recall.next_deadline_id = coming
            recall.next_deadline_name = coming.name
            recall.next_deadline_text = coming.due_text
            recall.late_count = len(late)
            recall.has_late = bool(late)

    def _is_running(self):
        return self.state == "draft" or self._is_open()

    @api.model
    def _search_has_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("deadline_ids", "any", self._late_domain())
        late &= Domain("state", "in", ("draft", "progress", "monitoring"))
        return late if True in value else ~late

    @api.model
    def _late_domain(self):
        now = fields.Datetime.now()
        return [("date_done", "=", False), ("date", "<", now)]

    @api.depends("consignee_ids.state", "is_by_site")
    def _compute_silent_count(self):
        counts = {}
        if launched := self._origin.filtered("date_start"):
            counts = dict(
                self.env.execute_query(
                    SQL(
                        """
                        SELECT recall_id, COUNT(DISTINCT consignee_id)
                        FROM (%s) ledger WHERE state = 'waiting' GROUP BY 1
                        """,
                        launched._ledger_sql(),
                    )
                )
            )
        for recall in self:
            recall.silent_count = counts.get(recall._origin.id, 0)

    @api.depends("consignee_ids.recovered", "consignee_ids.unaccounted")
    @api.depends_context("lang")
    def _compute_shares_text(self):
        chains = self._origin.filtered("date_start")._all_chains()
        for recall in self:
            mine = chains.get(recall._origin, {})
            recall.recovered_text = recall._shares_text(mine, "recovery")
            recall.accounted_text = recall._shares_text(mine, "accounted")

    def _shares_text(self, chains, name):
        """Return shares of each unit of measure: quantities are never added up."""
        shares = {unit.name: getattr(chain, name) for unit, chain in chains.items()}
        texts = {
            unit: f"{100 * share:.0f} %"
            for unit, share in shares.items()
            if share is not None
        }
        if len(texts) == 1:
            return next(iter(texts.values()))
        return ", ".join(f"{text} ({unit})" for unit, text in texts.items())

    # -- the lists behind the figures

    def action_open_late(self):
        """Open what is late of this recall."""
        return self._open_deadlines(self._late_domain())

    def action_open_undone(self):
        """Open what is due of this recall, the next first."""
        return self._open_deadlines([("date_done", "=", False)])

    def _open_deadlines(self, domain):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "batch_tracking.stock_recall_deadline_action"
        )
        name = self.env._("Deadlines of %s", self.name)
        domain = [("recall_id", "=", self.id), *domain]
        return {**action, "display_name": name, "domain": domain, "context": {}}

    def action_open_silent(self):
        """Open the lines that nobody has answered."""
        return self.action_open_ledger("waiting")

    def action_open_recovered(self):
        return self.action_open_ledger("recovered")

    def action_open_unaccounted(self):
        return self.action_open_ledger("unaccounted")
