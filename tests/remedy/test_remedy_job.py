from unittest.mock import patch

from odoo.tests import tagged

from ...models.remedy import stock_recall_make_good_job as job
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

    def test_returns_of_many_are_prepared_by_it_as_well(self):
        for row, left in ((self.mine, 5), (self.rows - self.mine, 1)):
            for each in row:
                told = {each.lot_id: {"on_hand": left, "returned": each.returned}}
                self.answer(self.recall, each.partner_id, told)
        self.rows.invalidate_recordset()
        due = self.rows.filtered(lambda row: row.located)
        self.assertTrue(due)
        action = self.rows.with_user(self.manager).action_prepare_returns()
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(set(due.mapped("due_way")), {"return"})
        self.work()
        returns = self.env["stock.picking"].search(
            [("return_id", "!=", False), ("state", "not in", ("done", "cancel"))]
        )
        self.assertEqual(returns.partner_id, due.partner_id)
        self.assertFalse(any(self.rows.mapped("replace_due")))
