import base64

from odoo import api, fields, models

from ..base.deletion import guards_deletion
from .exceptions import ReplyIsSentError, ReplyStepError

STATES = [("draft", "To send"), ("sent", "Sent")]
TEMPLATE = "batch_tracking.stock_recall_inbound_reply_mail"
REPORT = "batch_tracking.stock_recall_inbound_reply_report"
BODY = "batch_tracking.report_stock_recall_inbound_reply"
#: What its steps write, and nobody by hand.
STEPS = {"inbound_id", "version", "state", "filled_at", "date_sent", "sent_user_id"}


class StockRecallInboundReply(models.Model):
    """Our answer to a notice that we received: what became of what we had of it.

    Filled from our stock and changed by people until it is sent; of whom we passed
    goods on to it says how many they are, and never who.
    """

    _name = "stock.recall.inbound.reply"
    _inherit = ["mail.thread"]
    _description = "Reply to a Received Recall Notice"
    _order = "id desc"

    inbound_id = fields.Many2one(
        "stock.recall.inbound",
        "Notice",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="inbound_id.company_id", store=True)
    firm_id = fields.Many2one(related="inbound_id.firm_id", string="To")
    version = fields.Char("Of version", readonly=True, help="Of the notice.")
    state = fields.Selection(STATES, default="draft", required=True, readonly=True)
    has_none = fields.Boolean("We have had none of it")
    line_ids = fields.One2many(
        "stock.recall.inbound.reply.line", "reply_id", "What became of it"
    )
    consignee_count = fields.Integer(
        "Passed on to",
        help="How many customers had some of it, or of what was made of it. Their "
        "names are not told.",
    )
    told_on = fields.Date("Told on", help="When those were told, if they are.")
    contact_name = fields.Char("Who answers", default=lambda self: self._my("name"))
    contact_function = fields.Char("Function")
    contact_phone = fields.Char("Phone", default=lambda self: self._my("phone"))
    note = fields.Text("Remark")
    filled_at = fields.Datetime("Filled", readonly=True)
    date_sent = fields.Datetime("Sent on", readonly=True)
    sent_user_id = fields.Many2one("res.users", "Sent by", readonly=True)

    @api.model
    def _my(self, name):
        return self.env.user.partner_id[name]

    @api.depends("inbound_id.number", "version")
    def _compute_display_name(self):
        for reply in self:
            reply.display_name = self.env._("Reply to %s", reply.inbound_id.number)

    def write(self, vals):
        is_about_people = all(name.startswith("message_") for name in vals)
        if not self.env.su and not is_about_people:
            self._check_unsent()
            if by_hand := STEPS & vals.keys():
                raise ReplyStepError(self.env, by_hand)
        return super().write(vals)

    @guards_deletion
    def _unlink_unsent(self):
        self._check_unsent()

    def _check_unsent(self):
        """Refuse to change what was sent.

        :raises ReplyIsSentError: naming it
        """
        if sent := self.filtered(lambda reply: reply.state == "sent"):
            raise ReplyIsSentError(sent[0])

    # -- filled from our stock

    def action_fill(self):
        """Fill the reply from our stock, anew; what was typed over is lost."""
        self.ensure_one()
        self.check_access("write")
        self._check_unsent()
        lots = self.inbound_id.lot_ids
        prepared = self.env["stock.recall.inbound.reply.line"]._prepare(self, lots)
        self.line_ids.unlink()
        self.write(
            {
                "line_ids": [fields.Command.create(values) for values in prepared],
                "has_none": not any(values["received"] for values in prepared),
                "consignee_count": self._count_consignees(lots),
            }
        )
        # sudo: only this step says when it was filled, and the right is checked
        self.sudo().write(
            {"version": self.inbound_id.version, "filled_at": fields.Datetime.now()}
        )

    @api.model
    def _count_consignees(self, lots):
        """Return how many had some of these batches, or of what was made of them."""
        if not lots:
            return 0
        found, _pairs = self.env["stock.recall"]._found_within(lots)
        reached = self.env["stock.lot"].search([("id", "in", list(found))])
        received = self.env["stock.lot.trace"]._consignees(reached)
        return len({partner for _lot, partner, *_amounts in received if partner})

    # -- sending

    def action_send(self):
        """Write the mail, with the reply attached, and let a person send it."""
        self.ensure_one()
        self.check_access("write")
        self._check_unsent()
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send the reply"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": template and template.id,
                "default_composition_mode": "comment",
                "default_partner_ids": self.firm_id.ids,
                "mark_reply_as_sent": True,
            },
        }

    def message_post(self, **kwargs):
        message = super().message_post(**kwargs)
        # Whoever may post may say that it was sent: the key only saves a click.
        if self.env.context.get("mark_reply_as_sent") and self.state == "draft":
            self._mark_sent(self.env._("by mail"))
        return message

    def action_mark_sent(self):
        """Say that it was sent otherwise: by letter, on their own page, by phone."""
        self.ensure_one()
        self._check_unsent()
        self._mark_sent(self.env._("otherwise"))

    def _mark_sent(self, how):
        self.env["stock.recall"]._check_may_recall()
        self.check_access("write")
        # sudo: only this step says that it was sent, and the right is checked
        self.sudo().write(
            {
                "state": "sent",
                "date_sent": fields.Datetime.now(),
                "sent_user_id": self.env.uid,
            }
        )
        self.inbound_id._note(self.env._("Reply sent"), new=how)

    def _process_attachments_for_template_post(self, mail_template):
        """Attach the reply to its mail: as PDF, or as HTML where nothing makes one."""
        # Core asks for this by name.
        if mail_template != self.env.ref(TEMPLATE, raise_if_not_found=False):
            return {}
        return {reply.id: {"attachments": [reply._file()]} for reply in self}

    def _file(self):
        """Return the printed reply as ``(file name, content in base64)``."""
        reports = self.env["ir.actions.report"]
        name = self.display_name.replace("/", "-")
        if reports.get_wkhtmltopdf_state() in ("ok", "workers"):
            content, kind = reports._render_qweb_pdf(REPORT, self.ids)
        else:
            content, kind = reports._render_qweb_html(BODY, self.ids)
        return f"{name}.{kind}", base64.b64encode(content)
