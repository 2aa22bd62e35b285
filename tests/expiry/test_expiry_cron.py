from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..common import KitchenCase

JOB = "odoo.addons.batch_tracking.models.base.job"


@tagged("post_install", "-at_install")
class TestExpiry(KitchenCase):
    """One lot is past its removal date, one is fresh, one was held before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.past = cls.put_on_hand(cls.make_lot(cls.hummus, "PAST", expires_in=-1), 10)
        cls.fresh = cls.put_on_hand(cls.make_lot(cls.hummus, "FRESH", expires_in=9), 10)
        cls.held = cls.put_on_hand(cls.make_lot(cls.hummus, "HELD", expires_in=-2), 10)
        cls.gone = cls.make_lot(cls.hummus, "GONE", expires_in=-3)
        cls.held._set_disposition(cls.disposition("hold"), "Under test")
        cls.keeper = cls.user("keeper")
        cls.hummus.responsible_id = cls.keeper

    def run_daily_job(self):
        # The job commits as it goes, which a test must not.
        progress = "odoo.addons.base.models.ir_cron.IrCron._commit_progress"
        with patch(progress, return_value=float("inf")) as committed:
            self.env["stock.lot"]._cron_expire()
        return committed

    def test_it_takes_out_what_is_past_and_only_that(self):
        self.run_daily_job()
        expired = self.disposition("expired")
        self.assertEqual(self.past.disposition_id, expired)
        self.assertEqual(self.fresh.disposition_id, self.disposition("released"))
        self.assertEqual(self.held.disposition_id, self.disposition("hold"))
        self.assertEqual(self.gone.disposition_id, self.disposition("released"))

    def test_what_has_expired_is_taken_out_whatever_its_removal_date_says(self):
        for lot, removal in ((self.past, False), (self.fresh, None)):
            lot.removal_date = removal
        self.past.removal_date = "2099-01-01"
        self.run_daily_job()
        self.assertEqual(self.past.disposition_id, self.disposition("expired"))
        self.assertEqual(self.fresh.disposition_id, self.disposition("released"))

    def test_one_place_says_that_it_has_expired(self):
        """Odoo's own badge is for those of another disposition."""
        self.run_daily_job()
        arch = self.env["stock.lot"].get_view(view_type="form")["arch"]
        badges = etree.fromstring(arch).xpath("//span[contains(@class, 'badge')]")
        conditions = {badge.text: badge.get("invisible") for badge in badges}
        shown = {
            lot.name: not safe_eval(conditions["Expired"], self.values(lot))
            for lot in self.past | self.held
        }
        self.assertEqual(shown, {"PAST": False, "HELD": True})

    def values(self, lot):
        names = ("product_expiry_alert", "disposition_code")
        return {name: lot[name] for name in names}

    def test_an_expired_lot_leaves_open_transfers(self):
        self.fresh._set_disposition(self.disposition("hold"), "For this test")
        picking = self.order(self.hummus, 5, self.market, lot=self.past)
        self.run_daily_job()
        self.assertFalse(picking.move_line_ids.filtered("quantity"))

    def test_the_responsible_person_is_asked_once(self):
        self.run_daily_job()
        activity = self.past.activity_ids
        self.assertEqual(activity.user_id, self.keeper)
        self.assertEqual(activity.summary, "Remove expired batch")

    def test_running_it_again_changes_nothing(self):
        self.run_daily_job()
        events = len(self.past.event_ids)
        committed = self.run_daily_job()
        self.assertEqual(len(self.past.activity_ids), 1)
        self.assertEqual(len(self.past.event_ids), events)
        committed.assert_not_called()

    def poison(self, lot):
        """Let the change of one lot fail, as broken data would."""
        lots = type(lot)
        change = lots._change_disposition

        def refuse(records, *args):
            if lot in records:
                raise ValueError("poison")
            return change(records, *args)

        return patch.object(lots, "_change_disposition", refuse)

    def failures(self):
        return self.env["batch.job.failure"].search([])

    def test_a_batch_that_fails_is_listed_and_the_others_expire(self):
        second = self.put_on_hand(self.make_lot(self.hummus, "P-2", expires_in=-1), 10)
        with self.poison(self.past), self.assertLogs(JOB, "WARNING"):
            self.run_daily_job()
        expired = self.disposition("expired")
        self.assertEqual(second.disposition_id, expired)
        self.assertEqual(self.past.disposition_id, self.disposition("released"))
        [failure] = self.failures()
        self.assertEqual(failure.record_name, self.past.display_name)
        self.assertIn("(ValueError: poison)", failure.message)
        self.assertEqual(failure.action_open_record()["res_id"], self.past.id)

    def test_it_is_tried_again_until_it_is_done(self):
        with self.poison(self.past), self.assertLogs(JOB, "WARNING"):
            self.run_daily_job()
            self.run_daily_job()
        self.assertEqual(self.failures().tries, 2)
        self.run_daily_job()
        self.assertEqual(self.past.disposition_id, self.disposition("expired"))
        self.assertFalse(self.failures())

    def test_what_needs_no_job_any_more_leaves_the_list(self):
        with self.poison(self.past), self.assertLogs(JOB, "WARNING"):
            self.run_daily_job()
        self.past._set_disposition(self.disposition("hold"), "By hand")
        self.run_daily_job()
        self.assertFalse(self.failures())

    def test_who_administrates_batches_sees_it_and_asks_for_another_try(self):
        with self.poison(self.past), self.assertLogs(JOB, "WARNING"):
            self.run_daily_job()
        boss = self.user("boss", "batch_tracking.group_batch_administrator")
        failure = self.failures().with_user(boss)
        cards = self.env["batch.overview"].with_user(boss).get_overview()["cards"]
        self.assertEqual((cards[0]["key"], cards[0]["count"]), ("failed_jobs", 1))
        triggers = self.env["ir.cron.trigger"].search_count([])
        failure.action_try_again()
        self.assertEqual(self.env["ir.cron.trigger"].search_count([]), triggers + 1)
        with self.assertRaises(AccessError):
            failure.message = "Never mind"
        clerk = self.env["batch.overview"].with_user(self.keeper)
        self.assertNotEqual(clerk.get_overview()["cards"][0]["key"], "failed_jobs")
        with self.assertRaises(AccessError):
            failure.with_user(self.keeper).action_try_again()

    def test_a_fault_costs_queries_only_where_it_is(self):
        """All that is good is one batch; only a batch with a fault is done singly."""
        calls = []
        lots = type(self.past)
        expire = lots._expire
        with patch.object(
            lots,
            "_expire",
            lambda batch, asked: calls.append(len(batch)) or expire(batch, asked),
        ):
            for number in range(4):
                lot = self.make_lot(self.hummus, f"P-{number}", expires_in=-1)
                self.put_on_hand(lot, 1)
            self.run_daily_job()
        self.assertEqual(calls, [5])

    def test_it_works_in_batches(self):
        for number in range(4):
            lot = self.make_lot(self.hummus, f"P-{number}", expires_in=-1)
            self.put_on_hand(lot, 1)
        with patch(
            "odoo.addons.batch_tracking.models.expiry.stock_lot.EXPIRY_BATCH", 2
        ):
            committed = self.run_daily_job()
        self.assertEqual(committed.call_count, 3)
