from unittest.mock import patch

from odoo.tests import tagged

from ...models.remedy import stock_recall_replacement_job as job
from .remedy_case import RemedyCase

PROGRESS = "odoo.addons.base.models.ir_cron.IrCron._commit_progress"


@tagged("post_install", "-at_install")
class TestReplacementJob(RemedyCase):
    """Replacements for many are prepared by a job, with the rights of who asked."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(job, "AT_ONCE", 1))
        self.rows = self.recall.consignee_ids

    def work(self):
        with patch(PROGRESS, return_value=60):
            self.env["stock.recall.consignee"]._cron_replace()

    def made(self):
        return self.env["stock.picking"].search(
            self.recall.action_open_replacements()["domain"]
        )

    def test_it_prepares_what_was_asked_for(self):
        self.assertIsNone(self.replace(self.rows, "distributed"))
        self.assertFalse(self.made())
        self.work()
        self.assertEqual(sum(self.made().move_ids.mapped("product_qty")), 57)
        self.assertEqual(self.made().create_uid, self.manager)
        self.assertFalse(any(self.rows.mapped("replace_due")))

    def test_again_it_has_nothing_to_do(self):
        self.replace(self.rows, "distributed")
        self.work()
        before = self.made()
        self.work()
        self.assertEqual(self.made(), before)

    def test_what_was_replaced_by_hand_since_is_left_out(self):
        self.replace(self.rows, "distributed")
        self.replace(self.mine, "distributed")
        self.work()
        self.assertEqual(self.mine.replaced, 40)

    def test_who_lost_the_right_meanwhile_prepares_nothing(self):
        self.replace(self.rows, "distributed")
        self.manager.group_ids -= self.env.ref("batch_tracking.group_recall_manager")
        self.work()
        self.assertFalse(self.made())
        failures = self.env["batch.job.failure"].search(
            [("res_model", "=", "stock.recall.consignee")]
        )
        self.assertEqual(set(failures.mapped("res_id")), set(self.rows.ids))

    def test_many_lines_are_asked_for_at_once(self):
        counts = []
        rows = self.rows.browse(self.rows.ids)
        for some in (rows, rows[:1], rows):  # the first one fills caches
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._owed("distributed")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
