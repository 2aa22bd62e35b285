from unittest.mock import patch

from odoo.tests import tagged

from ..common import KitchenCase


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

    def test_it_works_in_batches(self):
        for number in range(4):
            lot = self.make_lot(self.hummus, f"P-{number}", expires_in=-1)
            self.put_on_hand(lot, 1)
        with patch(
            "odoo.addons.batch_tracking.models.expiry.stock_lot.EXPIRY_BATCH", 2
        ):
            committed = self.run_daily_job()
        self.assertEqual(committed.call_count, 3)
