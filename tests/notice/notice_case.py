"""The scene of the notices: hummus went to a chain, a bistro and over a counter."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields

from odoo.addons.mail.tests.common import MockEmail

from ..common import KitchenCase

#: What a complete letter of class I needs beside the batches.
ANSWERS = {
    "authority": "fda",
    "recall_class": "I",
    "hazard": "Salmonella was found. It can cause serious illness.",
    "notice_size": "250 g",
    "notice_what_to_do": "Send it back at our cost, or destroy it and tell us.",
    "notice_contact": "Quality, +1 555 0100, 9 to 17 h",
    "notice_contact_24h": "+1 555 0199",
}


class NoticeCase(KitchenCase, MockEmail):
    """H-1 went to the market's shops north (12) and south (5), and to the bistro (8).

    H-2 went to the bistro (4) and over the counter (3). The market has an e-mail
    address for all its shops, the bistro a phone alone. Clean H-3 went to the market.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "recall@kitchen.example"
        cls.market.write(
            {"is_company": True, "email": "market@example.com", "city": "Ithaca"}
        )
        cls.north, cls.south = (
            cls.make_partner(
                name,
                parent_id=cls.market.id,
                type="delivery",
                email=f"{name}@shop.example",
            )
            for name in ("north", "south")
        )
        cls.bistro.write({"phone": "+1 555 0142", "email": False})
        cls.bad = cls.receive(cls.chickpeas, "CP-1", 20)
        cls.batch = cls.produce(cls.mash, "M-1", 10, uses=[(cls.bad, 15)])
        cls.first = cls.produce(cls.hummus, "H-1", 40, uses=[(cls.batch, 4)])
        cls.second = cls.produce(cls.hummus, "H-2", 50, uses=[(cls.batch, 5)])
        cls.clean = cls.produce(cls.hummus, "H-3", 50)
        cls.deliver(cls.hummus, 12, cls.north, lot=cls.first)
        cls.deliver(cls.hummus, 5, cls.south, lot=cls.first)
        cls.deliver(cls.hummus, 8, cls.bistro, lot=cls.first)
        cls.deliver(cls.hummus, 4, cls.bistro, lot=cls.second)
        cls.deliver(cls.hummus, 3, cls.env["res.partner"], lot=cls.second)
        cls.deliver(cls.hummus, 7, cls.market, lot=cls.clean)
        cls.manager = cls.user("recaller", "batch_tracking.group_recall_manager")
        # Of the partner: a user who changes it is sent a mail.
        cls.manager.partner_id.email = "recaller@kitchen.example"

    def setUp(self):
        super().setUp()
        progress = "odoo.addons.base.models.ir_cron.IrCron._commit_progress"
        self.startPatcher(patch(progress, return_value=60))

    # -- in domain words

    def launch(self, *lots, kind="recall", **answers):
        lots = self.env["stock.lot"].union(*lots) or self.bad
        recall = (
            self.env["stock.recall"]
            .with_user(self.manager)
            ._launch(lots, "Salmonella found", kind=kind)
        )
        if answers:
            recall.write(answers)
        return recall

    def launch_complete(self, *lots, **answers):
        """Return a recall whose notices lack nothing."""
        return self.launch(*lots, **{**ANSWERS, **self.tomorrow(), **answers})

    def tomorrow(self):
        return {"notice_reply_by": fields.Date.today() + timedelta(days=1)}

    def notice(self, recall, partner, **more):
        """Return the newest notice of a consignee."""
        wanted = [
            ("recall_id", "=", recall.id),
            ("partner_id", "=", partner.id),
            *more.items(),
        ]
        domain = [
            item if len(item) == 3 else (item[0], "=", item[1]) for item in wanted
        ]
        return recall.env["stock.recall.notice"].search(
            domain, order="version desc, id desc", limit=1
        )

    def lots_of(self, notice):
        return {(row.partner_id, row.lot_id): row.net for row in notice.line_ids}

    def expand(self, recall, lot, *partners):
        """Bring one more batch into a recall, as a new version of it."""
        recall.sudo().version += 1
        recall.sudo().write(
            {
                "lot_ids": [
                    fields.Command.create({"lot_id": lot.id, "version": recall.version})
                ],
                "consignee_ids": [
                    fields.Command.create(
                        {
                            "partner_id": partner.id,
                            "lot_id": lot.id,
                            "delivered": 1,
                            "version": recall.version,
                        }
                    )
                    for partner in partners
                ],
            }
        )
        return recall.sudo()._make_notices()

    def approve_and_queue(self, recall):
        recall.action_approve_notices()
        recall.action_send_notices()

    def run_job(self):
        self.env["stock.recall.notice.attempt"]._cron_send()

    def send_all(self, recall):
        """Approve, queue and send; return the mails as they left."""
        self.approve_and_queue(recall)
        return self.leave()

    def leave(self):
        """Let both jobs run; return the mails as they left."""
        with self.mock_mail_gateway(mail_unlink_sent=True):
            self.run_job()
            self.env["mail.mail"].process_email_queue()
        return list(self._mails)

    def come_back(self, notice, address, message_id):
        """Receive what a mail server says of a mail that it could not deliver."""
        self.env["mail.thread"].message_process(
            False, BOUNCE.format(address=address, message_id=message_id)
        )


BOUNCE = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.com
To: bounce@kitchen.example
Subject: Undelivered Mail Returned to Sender
Message-Id: <bounce-{address}>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="CUT"

--CUT
Content-Type: text/plain

The mail could not be delivered.

--CUT
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1

--CUT
Content-Type: message/rfc822

From: recall@kitchen.example
To: {address}
Message-Id: {message_id}
Subject: URGENT

A notice.

--CUT--
"""
