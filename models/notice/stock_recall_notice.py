from odoo import api, fields, models

from ...tools.notice.log import Attempt, first_to_reach
from .exceptions import NoticeIsEvidenceError
from .kinds import CHANNELS, METHODS, PURPOSES, STATES

#: What people may change; the rest is evidence.
EDITABLE = {"lang", "channel", "note"}
ABOUT_PEOPLE = ("message_", "activity_", "website_message")


class StockRecallNotice(models.Model):
    """What one consignee is told of a recall: its batches, and nobody else's.

    One for each consignee and version. The mail or letter is transport: what counts is
    this, and its attempts. Notices are made set-based by ``stock.recall``.
    """

    _name = "stock.recall.notice"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Recall Notice"
    _order = "recall_id desc, id"

    recall_id = fields.Many2one(
        "stock.recall", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Consignee",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: what left without an address, as over the counter.",
    )
    purpose = fields.Selection(
        PURPOSES, default="consignee", required=True, readonly=True
    )
    version = fields.Integer(default=1, required=True, readonly=True)
    replaced_version = fields.Integer(
        "Replaces version",
        readonly=True,
        help="The last one that has reached the consignee; 0 for none.",
    )
    part = fields.Integer(
        readonly=True, help="Counts notices of one purpose and version."
    )
    state = fields.Selection(
        STATES, default="draft", required=True, readonly=True, index=True
    )
    lang = fields.Selection("_selection_lang", "Language")
    channel = fields.Selection(
        CHANNELS,
        "How to tell",
        compute="_compute_channel",
        store=True,
        readonly=False,
        precompute=True,
        help="By e-mail where there is an address. Whoever has none, whose mail came "
        "back or whose contact is archived is phoned or gets a letter.",
    )
    text_id = fields.Many2one(
        "stock.recall.notice.text", "Approved text", readonly=True, ondelete="restrict"
    )
    bounced_email = fields.Char(readonly=True, help="The address whose mail came back.")
    note = fields.Char()
    attempt_ids = fields.One2many(
        "stock.recall.notice.attempt", "notice_id", readonly=True
    )
    notified_at = fields.Datetime(
        "Told",
        compute="_compute_notified",
        store=True,
        help="When the first attempt arrived.",
    )
    method = fields.Selection(
        METHODS, "Told by", compute="_compute_notified", store=True
    )
    is_drill = fields.Boolean(related="recall_id.is_drill")
    is_archived = fields.Boolean("Archived contact", compute="_compute_is_archived")
    email = fields.Char(related="partner_id.email")
    phone = fields.Char(related="partner_id.phone")
    city = fields.Char(related="partner_id.city")

    _one_each = models.UniqueIndex(
        "(recall_id, purpose, version, part, COALESCE(partner_id, 0))",
        "A consignee gets each version of a notice once.",
    )
    _recall_state_idx = models.Index("(recall_id, state)")

    @api.model
    def _selection_lang(self):
        return self.env["res.lang"].get_installed()

    @api.depends("recall_id.name", "partner_id.name", "purpose")
    @api.depends_context("lang")
    def _compute_display_name(self):
        purposes = dict(self._fields["purpose"]._description_selection(self.env))
        for notice in self:
            whom = notice.partner_id.display_name or self.env._("Without an address")
            about = notice.recall_id.name
            if notice.purpose != "consignee":
                about = f"{about} ({purposes.get(notice.purpose)})"
            notice.display_name = f"{about}: {whom}"

    @api.depends(
        "bounced_email",
        "partner_id.email_normalized",
        "partner_id.phone",
        "partner_id.street",
        "partner_id.city",
        "partner_id.active",
    )
    def _compute_channel(self):
        for notice in self:
            notice.channel = notice._best_channel(
                notice.partner_id, notice.bounced_email
            )

    @api.model
    def _best_channel(self, partner, bounced_email=None):
        """Return how a consignee is reached best, by what is known of them."""
        email = partner.email_normalized
        if email and email != bounced_email and partner.active:
            return "mail"
        if partner.phone:
            return "phone"
        return "letter" if partner.street or partner.city else "public"

    @api.depends("attempt_ids.sent_at", "attempt_ids.bounced_at", "attempt_ids.method")
    def _compute_notified(self):
        for notice in self:
            reached = first_to_reach(
                Attempt(attempt.sent_at, attempt.method, attempt.bounced_at or None)
                for attempt in notice.attempt_ids
                if attempt.sent_at
            )
            notice.notified_at = reached.sent_at if reached else False
            notice.method = reached.method if reached else False

    @api.depends("partner_id.active")
    def _compute_is_archived(self):
        for notice in self:
            partner = notice.partner_id
            notice.is_archived = bool(partner) and not partner.active

    def write(self, vals):
        names = {
            name
            for name in vals.keys() - EDITABLE
            if name in self._fields and not name.startswith(ABOUT_PEOPLE)
        }
        if names and not self.env.su:
            raise NoticeIsEvidenceError(self.env, names)
        return super().write(vals)

    def _answer_url(self):
        """Return the link to the page where the consignee answers; "" without one.

        Called once for each letter that is printed. A room above makes the link.
        """
        return ""

    def _answer_urls(self):
        """Return ``{notice: _answer_url()}``; called for the mails of one batch.

        A room above may make them all at once.
        """
        return {notice: notice._answer_url() for notice in self}

    def _unanswered(self):
        """Return those whose consignee has not answered yet: reminders go to them.

        Opening a mail is no answer. A room above knows of answers.
        """
        return self
