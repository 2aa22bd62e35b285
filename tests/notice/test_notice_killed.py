import os
import signal
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, fields, modules
from odoo.sql_db import Cursor
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from ...models.notice import stock_recall_notice_mail
from ..disposition.races import committed
from ..history.history_case import forget_lots
from ..processes import in_processes
from .smtp_server import MailBox

CONSIGNEES = 4
#: More steps than there are: the last round is one that nothing kills.
MOST_STEPS = 200


@tagged("post_install", "-at_install")
class TestNoticeKilled(BaseCase):
    """Both jobs in a process of their own that is killed at each step there is.

    A step is what comes before and after each commit, and before and after each mail is
    handed to a mail server, which is a real one.
    """

    def setUp(self):
        super().setUp()
        self.box = MailBox()
        self.addCleanup(self.box.close)
        self.addCleanup(self.clean_up)
        with committed(get_db_name()) as env:
            self.make_scene(env)

    def make_scene(self, env):
        self.server_id = (
            env["ir.mail_server"]
            .create(
                {
                    "name": "Test of notices",
                    "smtp_host": "127.0.0.1",
                    "smtp_port": self.box.port,
                    "sequence": -1,
                }
            )
            .id
        )
        product = env["product.product"].create(
            {"name": "Told", "is_storable": True, "tracking": "lot"}
        )
        self.product_id = product.id
        self.lot_id = env["stock.lot"].create({"product_id": product.id}).id
        self.partner_ids = (
            env["res.partner"]
            .create(
                [
                    {"name": f"Told {n}", "email": f"told{n}@killed.example"}
                    for n in range(CONSIGNEES)
                ]
            )
            .ids
        )
        self.recall_ids = []

    def clean_up(self):
        with committed(get_db_name()) as env:
            messages = env["mail.message"].search(
                [("model", "=", "stock.recall.notice")]
            )
            env["mail.mail"].search([("mail_message_id", "in", messages.ids)]).unlink()
            messages.unlink()
            # Recalls are kept as long as batches are: the way round that.
            env.cr.execute(
                SQL("DELETE FROM stock_recall WHERE id = ANY(%s)", self.recall_ids)
            )
            env.invalidate_all()
            env["ir.mail_server"].browse(self.server_id).unlink()
            forget_lots(env, env["stock.lot"].browse(self.lot_id))
            env["product.product"].browse(self.product_id).product_tmpl_id.unlink()
            env["res.partner"].browse(self.partner_ids).unlink()

    def queue_recall(self):
        """Commit a recall whose notices are queued; return its id."""
        with committed(get_db_name()) as env:
            recall = env["stock.recall"].create(
                {
                    "name": f"KILLED/{len(self.recall_ids)}",
                    "reason": "To be told",
                    "state": "progress",
                    "lot_ids": [fields.Command.create({"lot_id": self.lot_id})],
                    "consignee_ids": [
                        fields.Command.create(
                            {"partner_id": id_, "lot_id": self.lot_id, "delivered": 1}
                        )
                        for id_ in self.partner_ids
                    ],
                }
            )
            recall._make_notices()
            recall._approve(recall.notice_ids)
            recall._queue_notices()
            self.recall_ids.append(recall.id)
            return recall.id

    def test_nobody_is_missed_and_nobody_told_twice_wherever_it_stops(self):
        for step in range(1, MOST_STEPS):
            recall_id = self.queue_recall()
            self.box.messages.clear()
            was_killed = not in_processes(get_db_name(), _run, [(step,)])
            in_processes(get_db_name(), _run, [(0,)])
            self.check(recall_id, step)
            if not was_killed:
                break
        self.assertFalse(was_killed, "There are more steps than were tried.")
        self.assertGreater(step, 4 * CONSIGNEES)

    def check(self, recall_id, step):
        """Check that all were told, once but for the one in flight."""
        with committed(get_db_name()) as env, self.subTest(step=step):
            recall = env["stock.recall"].browse(recall_id)
            notices = recall.notice_ids
            self.assertEqual(len(notices), CONSIGNEES)
            self.assertEqual(set(notices.mapped("state")), {"sent"})
            self.assertEqual(len(notices.attempt_ids), CONSIGNEES)
            mine = [m for m in self.box.messages if recall.name in m["Subject"]]
            ids = {str(m["Message-Id"]).strip() for m in mine}
            self.assertEqual(
                ids, set(notices.attempt_ids.mail_message_id.mapped("message_id"))
            )
            self.assertEqual(len({str(m["To"]) for m in mine}), CONSIGNEES)
            repeated = len(mine) - CONSIGNEES
            self.assertIn(repeated, (0, 1))
            # One that was stopped before it left is counted as well.
            self.assertIn(recall.notice_repeated_count - repeated, (0, 1))


def _run(registry, kill_at):
    """Run both jobs, as the server does; die at a step, 0 for none."""
    steps = _Steps(kill_at)
    with (
        patch.object(modules.module, "current_test", None),
        patch.object(stock_recall_notice_mail, "BATCH", 2),
        patch.object(Cursor, "commit", steps.around(Cursor.commit)),
        patch.object(
            IrMail_Server, "send_email", steps.around(IrMail_Server.send_email)
        ),
        registry.cursor() as cr,
    ):
        env = api.Environment(cr, SUPERUSER_ID, {})
        env["stock.recall.notice.attempt"]._cron_send()
        env["mail.mail"].process_email_queue()
        cr.commit()  # pylint: disable=invalid-commit
        return steps.count


class _Steps:
    """Counts steps, and kills the process at one of them."""

    def __init__(self, kill_at):
        self.kill_at, self.count = kill_at, 0

    def around(self, method):
        def wrapped(*args, **options):
            self._step()
            result = method(*args, **options)
            self._step()
            return result

        return wrapped

    def _step(self):
        self.count += 1
        if self.count == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
