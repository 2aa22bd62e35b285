from freezegun import freeze_time

from odoo.tests import tagged

from .hold_case import HoldCase


@tagged("post_install", "-at_install")
class TestReleaseOnADate(HoldCase):
    """A batch is released when that day begins where its company is."""

    def run_job(self):
        self.env.ref("batch_tracking.ir_cron_hold_until").method_direct_trigger()

    def test_not_the_evening_before_in_new_york(self):
        with freeze_time("2026-11-20 15:00:00"):
            self.decide(self.raw, until_date="2026-11-25", ends_by="release")
        hold, released = self.disposition("hold"), self.disposition("released")
        for moment, disposition in [
            ("2026-11-25 03:00:00", hold),  # ten in the evening of the 24th
            ("2026-11-25 04:59:00", hold),
            ("2026-11-25 05:01:00", released),
        ]:
            with freeze_time(moment):
                self.run_job()
            self.assertEqual(self.raw.disposition_id, disposition, moment)

    def test_not_a_day_later_in_auckland(self):
        self.company.partner_id.tz = "Pacific/Auckland"
        with freeze_time("2026-11-20 15:00:00"):
            self.decide(self.raw, until_date="2026-11-25", ends_by="release")
        with freeze_time("2026-11-24 11:30:00"):  # half past midnight of the 25th
            self.run_job()
        self.assertEqual(self.raw.disposition_id, self.disposition("released"))

    def test_the_job_comes_within_the_hour(self):
        job = self.env.ref("batch_tracking.ir_cron_hold_until")
        self.assertEqual((job.interval_number, job.interval_type), (1, "hours"))

    def test_until_is_judged_where_the_company_is(self):
        with freeze_time("2026-11-25 03:00:00"):
            decision = self.decide(self.raw, until_date="2026-11-24")
        self.assertTrue(decision)
