from datetime import datetime, timedelta
from unittest.mock import patch

import pytz
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ... import hooks
from ..common import KitchenCase

NOW = datetime(2026, 11, 24, 17)
DATES = ("expiration_date", "use_date", "removal_date", "alert_date")
BATCH = "odoo.addons.batch_tracking.models.expiry.stock_lot.EXPIRY_BATCH"
PROGRESS = "odoo.addons.base.models.ir_cron.IrCron._commit_progress"


@tagged("post_install", "-at_install")
class TestInstallation(KitchenCase):
    """What was in stock before can do what it could, until somebody decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.over = cls.stocked("OVER", -9)
        cls.spoiled = cls.stocked("SPOILED", -2)
        cls.spoiled.removal_date = False
        cls.good = cls.stocked("GOOD", 5)
        cls.begin = cls.env["stock.lot.expiry.begin"]

    @classmethod
    def stocked(cls, name, expires_in):
        lot = cls.make_lot(cls.hummus, name, expires_in=expires_in)
        return cls.put_on_hand(lot, 10)

    def install(self):
        hooks.post_init_hook(self.env)
        self.env.invalidate_all()

    def run_daily_job(self):
        with patch(PROGRESS, return_value=float("inf")):
            self.env["stock.lot"]._cron_expire()

    def reserved(self, quantity=10):
        lines = self.order(self.hummus, quantity, self.market).move_line_ids
        return lines.lot_id

    def test_the_page_has_a_title(self):
        self.assertEqual(self.begin.new().display_name, "Batches from before")

    @freeze_time(NOW)
    def test_the_first_job_runs_in_the_night_to_come(self):
        self.install()
        job = self.env.ref("batch_tracking.ir_cron_expire")
        local = pytz.utc.localize(job.nextcall).astimezone(
            pytz.timezone("America/New_York")
        )
        self.assertEqual(str(local.replace(tzinfo=None)), "2026-11-25 04:00:00")

    def test_nothing_that_was_there_expires_by_itself(self):
        self.install()
        self.run_daily_job()
        lots = self.over | self.spoiled | self.good
        self.assertEqual(lots.disposition_id, self.disposition("released"))
        self.assertFalse(lots.activity_ids)

    def test_what_core_reserves_is_reserved(self):
        self.good._set_disposition(self.disposition("hold"), "For this test")
        self.install()
        self.assertEqual(self.reserved(), self.spoiled)

    def test_what_comes_in_later_expires_at_once(self):
        self.install()
        new = self.stocked("NEW", -1)
        self.run_daily_job()
        self.assertEqual(new.disposition_id, self.disposition("expired"))

    def test_all_dates_act_after_that_choice(self):
        self.install()
        page = self.begin.create({})
        self.assertEqual(
            (page.undecided_count >= 3, page.past_count >= 2), (True, True)
        )
        self.assertIn("OVER · Hummus", page.past_batches)
        self.assertIn("SPOILED · Hummus", page.past_batches)
        page.action_let_dates_act()
        self.assertEqual(self.reserved(), self.good)
        self.run_daily_job()
        past = self.over | self.spoiled
        self.assertEqual(past.disposition_id, self.disposition("expired"))

    def test_dates_to_come_act_after_the_other_choice(self):
        self.install()
        self.begin.create({}).action_let_later_dates_act()
        self.assertEqual(self.over.is_date_undecided, True)
        self.assertEqual(self.good.is_date_undecided, False)
        with freeze_time(datetime.now() + timedelta(days=20)):
            self.run_daily_job()
        self.assertEqual(self.good.disposition_id, self.disposition("expired"))
        self.assertEqual(self.over.disposition_id, self.disposition("released"))

    def test_who_decides(self):
        self.install()
        system = new_test_user(self.env, "system", groups="base.group_system")
        page = self.begin.with_user(system).create({})
        self.assertGreaterEqual(page.past_count, 2)
        with self.assertRaises(AccessError):
            self.begin.with_user(self.user("clerk")).create({})
        page.action_let_dates_act()
        self.assertFalse(self.over.is_date_undecided)

    def test_nobody_decides_for_another_company(self):
        sister = self.env["res.company"].create({"name": "Kai Ltd"})
        self.good.quant_ids.sudo().unlink()
        self.good.company_id = sister
        self.install()
        ours = self.begin.with_context(allowed_company_ids=self.company.ids)
        ours.create({}).action_let_dates_act()
        self.assertTrue(self.good.is_date_undecided)

    def test_the_overview_asks_until_it_is_decided(self):
        self.install()
        self.assertIn("From before, and over: decide", self.rows())
        self.begin.create({}).action_let_dates_act()
        self.assertNotIn("From before, and over: decide", self.rows())

    def rows(self):
        cards = self.env["batch.overview"].get_overview()["cards"]
        return [row["label"] for card in cards for row in card["rows"]]

    def test_the_page_says_who_follows_the_category_above(self):
        above = self.env["product.category"].create(
            {
                "name": "Fresh",
                "removal_strategy_id": self.env.ref("product_expiry.removal_fefo").id,
            }
        )
        self.env["product.category"].create({"name": "Dips", "parent_id": above.id})
        self.assertIn("Fresh / Dips", self.begin.create({}).inheriting)

    def test_one_message_for_each_person(self):
        keeper, cook = self.user("keeper"), self.user("cook")
        self.hummus.responsible_id = keeper
        self.mash.write({"use_expiration_date": True, "responsible_id": cook.id})
        lots = self.over | self.spoiled
        for number in range(6):
            lots |= self.stocked(f"H-{number}", -3)
        sour = self.put_on_hand(self.make_lot(self.mash, "SOUR", expires_in=-1), 1)
        with patch(BATCH, 3):
            self.run_daily_job()
        todos = lots.activity_ids
        self.assertEqual(todos.user_id, keeper)
        self.assertEqual(len(todos), 1)
        self.assertEqual(todos.summary, "Remove expired batches")
        for lot in lots:
            self.assertIn(lot.name, todos.note)
        self.assertEqual(sour.activity_ids.user_id, cook)
        self.assertEqual(sour.activity_ids.summary, "Remove expired batch")

    def test_after_the_installation_a_page_asks(self):
        todo = self.env.ref("batch_tracking.stock_lot_expiry_begin_todo")
        self.assertEqual(todo.action_id.type, "ir.actions.act_url")
        page = self.env.ref("batch_tracking.stock_lot_expiry_begin_action")
        self.assertEqual(
            self.env.ref("batch_tracking.stock_lot_expiry_begin_page").url,
            f"/odoo/{page.path}",
        )
