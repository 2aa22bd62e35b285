from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..base.job import JobRun
from .exceptions import NothingToEraseError

ERASE = "batch_tracking.ir_cron_recall_erase"
#: ``{model: fields that tell of people}``; they are emptied.
OF_PEOPLE = {
    "stock.recall.answer": (
        "contact_name",
        "contact_function",
        "contact_phone",
        "note",
    ),
    "stock.recall.answer.line": ("note", "method"),
    "stock.recall.answer.onward": ("email", "phone"),
    "stock.recall.consignee": ("told_note",),
    "stock.recall.check": (
        "contact_name",
        "contact_phone",
        "got_notice_how",
        "complaints",
        "note",
    ),
    "stock.recall.notice": ("bounced_email", "note"),
    "stock.recall.notice.attempt": ("address", "note"),
}
#: Texts that are kept, and say of people at most what they did for us: our own words,
#: and what must be proved.
KEPT = {
    "stock.recall.answer": ("key", "accepted_reason"),
    "stock.recall.answer.onward": ("name", "dismissed_reason"),
    "stock.recall.consignee": ("waived_reason", "due_way"),
    "stock.recall.check": ("stratum", "put_right", "waived_reason"),
    "stock.recall.decision": ("witness", "reason"),
    "stock.recall.notice.attempt": ("body",),
}
#: How a recall is found from each of these; by ``recall_id`` if not named here.
WAYS = {
    "stock.recall.answer.line": "answer_id.recall_id",
    "stock.recall.notice.attempt": "notice_id.recall_id",
}
#: Instead of the name of a person whom goods were passed on to.
NAMELESS = "–"


class StockRecall(models.Model):
    """Erases what a closed recall knows of people, and keeps what it has to prove.

    Kept are quantities, batches, dates, what was answered for each batch, files that
    prove it, and who the consignees are: companies, which contacts go on knowing.
    Erased are names, functions, phones and addresses of who answered, was asked or
    phoned, people whom goods were passed on to, what consignees wrote in their own
    words (remarks, how they destroyed goods), and links.
    Events name no people who answered; they stay.
    """

    _inherit = "stock.recall"

    personal_count = fields.Integer(
        "Entries about people", compute="_compute_personal_count"
    )
    date_erased = fields.Datetime("Erased", readonly=True, copy=False)
    erased_by_id = fields.Many2one("res.users", "Erased by", readonly=True, copy=False)

    def _compute_personal_count(self):
        for recall in self:
            found = recall._origin._personal() if recall._origin.date_close else {}
            recall.personal_count = sum(len(records) for records in found.values())

    def _personal(self):
        """Return ``{model: records that tell of people}``, those that hold anything."""
        self.ensure_one()
        found = {}
        for model, names in OF_PEOPLE.items():
            way = WAYS.get(model, "recall_id")
            filled = Domain.OR(Domain(name, "not in", (False, "")) for name in names)
            # sudo: all of it is erased, whoever may read it; the caller checks
            records = self.env[model].sudo()
            found[model] = records.search(Domain(way, "=", self.id) & filled)
        found["stock.recall.answer.onward"] |= self._people_passed_on_to()
        return found

    def _people_passed_on_to(self):
        """Return those whom goods were passed on to and who are no company's."""
        # sudo: as in ``_personal``
        onward = self.env["stock.recall.answer.onward"].sudo()
        named = onward.search([("recall_id", "=", self.id), ("name", "!=", NAMELESS)])
        return named.filtered(
            lambda who: not who.consignee_id.partner_id.commercial_partner_id.is_company
        )

    # -- erasing

    def action_erase_personal(self):
        """Erase what a closed recall knows of people; it does not come back.

        :raises RecallRightMissingError: for users who are no recall managers
        :raises RecallStateError: as long as it is not closed
        :raises NothingToEraseError: if there is none
        """
        self._check_step("closed")
        if not self._erase():
            raise NothingToEraseError(self)

    def _erase(self):
        """Erase it, and leave an event that says how much; return how many entries."""
        found = self._personal()
        count = sum(len(records) for records in found.values())
        links = self._forget_links()
        if not count and not links:
            return 0
        people = self._people_passed_on_to()
        for model, records in found.items():
            records.write(dict.fromkeys(OF_PEOPLE[model], False))
        people.name = NAMELESS
        self._forget_addresses()
        # sudo: a recall is only ever written by its steps, and the right is checked
        self.sudo().write(
            {"date_erased": fields.Datetime.now(), "erased_by_id": self.env.uid}
        )
        self._note_step(
            self.env._("Personal data erased"),
            new=self.env._("%s entries about people", count),
        )
        return count + links

    def _forget_links(self):
        """Delete the links by which they answered; return how many there were."""
        # sudo: nobody reads or writes them otherwise
        links = self.env["stock.recall.token"].sudo()
        mine = links.search([("recall_id", "=", self.id)])
        mine.unlink()
        return len(mine)

    def _forget_addresses(self):
        """Forget what Odoo's mail queue knows of the addresses that were written to."""
        # sudo: notifications are the system's
        attempts = self.env["stock.recall.notice.attempt"].sudo()
        sent = attempts.search(
            [("notice_id.recall_id", "=", self.id), ("mail_message_id", "!=", False)]
        )
        notifications = self.env["mail.notification"].sudo()
        notifications.search(
            [("mail_message_id", "in", sent.mail_message_id.ids)]
        ).mail_email_address = False

    # -- by itself

    @api.model
    def _cron_erase_personal(self):
        """Erase what the plans of their companies say is kept no longer."""
        # sudo: how long it is kept does not depend on who asks
        plans = self.env["stock.recall.plan"].sudo()
        due = self.browse()
        for plan in plans.search([("erase_months", ">", 0)]):
            before = fields.Datetime.now() - relativedelta(months=plan.erase_months)
            due |= self.search(
                [
                    ("company_id", "=", plan.company_id.id),
                    ("state", "=", "closed"),
                    ("date_close", "<=", before),
                    ("date_erased", "=", False),
                ]
            )
        JobRun(self.env, ERASE).do(due, lambda recall: recall._erase(), 1)
