from odoo import api, fields, models

from ...tools.inbound.notice_key import is_another_version, notice_key
from ..base.said import only_said, said
from ..recall.kinds import OPEN_STATES

#: What our own steps say of a notice: no client writes them.
LINKS = ("recall_id", "previous_id")


class StockRecallInbound(models.Model):
    """Versions of a received notice: a newer one replaces the one before.

    Each is kept as it came, with what it names; our recall goes on with the newest.
    """

    _inherit = "stock.recall.inbound"

    key = fields.Char(
        compute="_compute_key",
        store=True,
        help="What all versions of one notice share: who it is from, and its number.",
    )
    previous_id = fields.Many2one(
        "stock.recall.inbound", "Replaces", readonly=True, copy=False
    )
    next_ids = fields.One2many("stock.recall.inbound", "previous_id", readonly=True)
    next_id = fields.Many2one(
        "stock.recall.inbound", "Replaced by", compute="_compute_next_id"
    )
    is_latest = fields.Boolean(compute="_compute_next_id", search="_search_is_latest")
    changes = fields.Char("What is new", compute="_compute_changes")

    _company_key_idx = models.Index("(company_id, key)")

    @api.depends("number", "version")
    def _compute_display_name(self):
        for inbound in self:
            words = {"number": inbound.number, "version": inbound.version}
            inbound.display_name = (
                self.env._("%(number)s, version %(version)s", **words)
                if inbound.version
                else inbound.number
            )

    @api.depends("firm_id.name", "number")
    def _compute_key(self):
        for inbound in self:
            typed = notice_key(inbound.firm_id.name or "", inbound.number or "", "", "")
            inbound.key = "|".join(typed)

    @api.depends("next_ids")
    def _compute_next_id(self):
        for inbound in self:
            inbound.next_id = inbound.next_ids.sorted("id")[-1:]
            inbound.is_latest = not inbound.next_ids

    def _search_is_latest(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("next_ids", "=" if True in value else "!=", False)]

    @api.depends("line_ids.supplier_lot_name", "previous_id.line_ids.supplier_lot_name")
    def _compute_changes(self):
        for inbound in self:
            has_previous = bool(inbound.previous_id)
            inbound.changes = has_previous and inbound._changes_text()

    def _changes_text(self):
        """Return which batches are named anew, and which no longer."""
        mine = set(self.line_ids.mapped("supplier_lot_name"))
        before = set(self.previous_id.line_ids.mapped("supplier_lot_name"))
        words = {
            "new": ", ".join(sorted(mine - before)),
            "gone": ", ".join(sorted(before - mine)),
        }
        if words["new"] and words["gone"]:
            return self.env._("New: %(new)s. No longer named: %(gone)s.", **words)
        if words["new"]:
            return self.env._("New: %(new)s.", **words)
        if words["gone"]:
            return self.env._("No longer named: %(gone)s.", **words)
        return self.env._("It names the same batches.")

    @api.model_create_multi
    def create(self, vals_list):
        received = super().create(
            [only_said(self.browse(), vals, LINKS) for vals in vals_list]
        )
        for inbound in received:
            inbound._follow()
        return received

    def write(self, vals):
        return super().write(only_said(self, vals, LINKS))

    def _follow(self):
        """Let a notice replace the version before it, if there is one."""
        previous = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("key", "=", self.key),
                ("id", "!=", self.id),
            ],
            order="id desc",
            limit=1,
        )
        known, new = previous.version or "", self.version or ""
        if not previous or not is_another_version(known, new):
            self._note(self.env._("Notice received"), new=self.version or "")
            return
        self.write(
            {"previous_id": said(previous), "recall_id": said(previous.recall_id)}
        )
        self._note(
            self.env._("Newer version of a notice received"),
            old=previous.version or "",
            new=self.version,
            reason=self.changes,
        )
        previous.message_post(
            body=self.env._("Version %s has replaced this one.", self.version)
        )

    def _note(self, what, old="", new="", reason=""):
        """Leave an event of the notice, and of each of our batches that it names."""
        # sudo: whoever registers notices leaves events, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        nothing = [self.env["stock.lot"]]
        events.create(
            [
                events._note(
                    lot,
                    "recall",
                    what,
                    old,
                    new,
                    reason=reason,
                    document=self,
                    company_id=self.company_id.id,
                )
                for lot in self.lot_ids or nothing
            ]
        )

    def action_add_to_recall(self):
        """Take what a newer version names anew into our recall, and open that.

        A recall that is closed or cancelled is left alone: a new draft is made.
        """
        self.ensure_one()
        recall, lots = self.recall_id, self.missing_lot_ids
        recall._check_may_recall()
        if lots and recall.state == "draft":
            recall._redraft(
                recall.suspect_ids | lots,
                recall.reason,
                recall.kind,
                recall.scope,
                {line.lot_id: line.reason for line in recall.left_out_ids},
            )
        elif lots and recall.state in OPEN_STATES:
            recall._expand(lots, self._recall_reason())
        elif lots:
            self.write({"recall_id": said(recall.browse())})
        return self.action_recall()
