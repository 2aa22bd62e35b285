from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ...models.agenda.exceptions import DeadlineIsDoneError
from ...models.recall.exceptions import RecallRightMissingError
from ...tools.agenda.regimes import REGIMES
from ..recall.recall_case import RecallCase

XMLID = "batch_tracking.stock_recall_regime_%s"


class AgendaCase(RecallCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env["stock.recall.plan"].create(
            {"user_id": cls.manager.id, "deputy_ids": [(4, cls.other_manager.id)]}
        )

    def keep(self, *regimes):
        self.plan.regime_ids = self.env["stock.recall.regime"].union(
            *(self.env.ref(XMLID % code) for code in regimes)
        )

    def holidays(self, *days):
        """Let nobody work on these days, as the company's time zone has them."""
        calendar = self.company.resource_calendar_id
        for day in days:
            self.env["resource.calendar.leaves"].create(
                {
                    "name": "Holiday",
                    "calendar_id": calendar.id,
                    "company_id": self.company.id,
                    "date_from": datetime.combine(day, datetime.min.time())
                    + timedelta(hours=5),
                    "date_to": datetime.combine(day, datetime.min.time())
                    + timedelta(hours=29),
                }
            )

    def due(self, recall):
        return {line.rule_id.code: str(line.day) for line in recall.deadline_ids}


@tagged("post_install", "-at_install")
class TestAgenda(AgendaCase):
    """What is due by the rules that the recall plan names, in New York."""

    def test_shipped_rules_are_those_that_were_read(self):
        shipped = self.env["stock.recall.regime"].search([])
        found = {
            regime.code: {
                (r.code, r.anchor, r.unit, r.amount, r.in_drills, r.source)
                for r in regime.rule_ids
            }
            for regime in shipped
        }
        wanted = {code: set(map(tuple, rules)) for code, rules in REGIMES.items()}
        self.assertEqual(found, wanted)

    def test_device_report_in_ten_working_days_with_holidays(self):
        """R16: initiated Friday 18 December 2026, due Tuesday 5 January 2027."""
        self.keep("fda_device")
        self.holidays(date(2026, 12, 25), date(2027, 1, 1))
        with freeze_time("2026-12-18 15:00:00"):
            recall = self.launch()
        self.assertEqual(self.due(recall), {"fda_806": "2027-01-05"})
        self.assertEqual(recall.deadline_ids.date, datetime(2027, 1, 6, 5))
        self.assertFalse(recall.deadline_ids.without_holidays)

    def test_a_calendar_without_holidays_says_so(self):
        self.keep("fda_device")
        self.company.resource_calendar_id.global_leave_ids.unlink()
        with freeze_time("2026-12-18 15:00:00"):
            recall = self.launch()
            self.assertEqual(self.due(recall), {"fda_806": "2027-01-01"})
            self.assertTrue(recall.deadline_ids.without_holidays)
            texts = [notice["text"] for notice in recall.banner["notices"]]
        self.assertIn("no public holidays", " ".join(texts))

    def test_an_early_close_is_no_holiday(self):
        self.keep("fda_drug")
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Early close",
                "calendar_id": self.company.resource_calendar_id.id,
                "date_from": datetime(2026, 11, 25, 20),
                "date_to": datetime(2026, 11, 25, 23),
            }
        )
        recall = self.draft()
        recall.date_known = datetime(2026, 11, 24, 15)
        self.assertEqual(self.due(recall), {"fda_field_alert": "2026-11-27"})

    def test_hours_run_through_week_ends(self):
        """R24: decided on Friday 17:00, due on Sunday 17:00."""
        self.keep("mhra_2")
        recall = self.draft()
        recall.date_decided = datetime(2026, 11, 27, 22)
        self.assertEqual(recall.deadline_ids.date, datetime(2026, 11, 29, 22))
        self.assertEqual(str(recall.deadline_ids.day), "2026-11-29")

    def test_no_event_no_deadline_and_another_one_moves_it(self):
        self.keep("fda_food")
        recall = self.launch()
        self.assertFalse(recall.deadline_ids)
        recall.date_asked = datetime(2026, 11, 24, 15)
        self.assertEqual(recall.deadline_ids.date, datetime(2026, 11, 25, 15))
        recall.date_asked = datetime(2026, 11, 25, 15)
        self.assertEqual(recall.deadline_ids.date, datetime(2026, 11, 26, 15))
        recall.date_asked = False
        self.assertFalse(recall.deadline_ids)

    def test_a_drill_has_none_of_what_goes_to_authorities(self):
        """R35: drill creates neither."""
        self.keep("sqf", "canada")
        drill = self.launch(kind="drill")
        drill.date_public = datetime(2026, 11, 27, 23)
        self.assertFalse(drill.deadline_ids)
        recall = self.launch()
        recall.date_public = datetime(2026, 11, 27, 23)
        self.assertEqual(
            {key: day for key, day in self.due(recall).items() if key[:3] == "sqf"},
            {"sqf_notice": "2026-11-28", "sqf_form": "2026-12-27"},
        )

    def test_a_report_each_month_until_it_is_closed(self):
        """R25: opened on 24 November, due on 1 December, 1 January …"""
        self.keep("cpsc")
        with freeze_time("2026-11-24 15:00:00"):
            recall = self.launch()
        with freeze_time("2026-12-02 15:00:00"):
            recall._keep_deadlines()
        days = recall.deadline_ids.filtered(
            lambda line: line.rule_id.code == "cpsc_progress"
        ).mapped("day")
        self.assertEqual(sorted(map(str, days)), ["2026-12-01", "2027-01-01"])

    def test_what_is_done_stays_done(self):
        self.keep("fda_food")
        recall = self.launch()
        recall.date_asked = datetime(2026, 11, 24, 15)
        line = recall.deadline_ids
        self.assertEqual(line.state, "late")
        with self.assertRaises(RecallRightMissingError):
            line.with_user(self.user("clerk")).action_done()
        line.action_done()
        self.assertEqual((line.state, line.done_user_id), ("done", self.manager))
        self.assertFalse(recall.activity_ids)
        with self.assertRaises(DeadlineIsDoneError):
            line.action_done()
        recall.date_asked = False
        self.assertEqual(recall.deadline_ids, line)
        self.assertIn("Done: ", self.events(recall)[-2])

    def test_the_responsible_has_an_activity_and_is_told_before(self):
        self.keep("fda_food")
        recall = self.launch()
        now = fields.Datetime.now()
        recall.date_asked = now
        activity = recall.activity_ids
        self.assertEqual(activity.user_id, self.manager)
        self.assertEqual(activity.date_deadline, recall.deadline_ids.day)
        recall.user_id = self.other_manager
        self.assertEqual(activity.user_id, self.other_manager)
        before = recall.message_ids
        recall._keep_deadlines()
        recall._keep_deadlines()
        told = recall.message_ids - before
        self.assertEqual(len(told), 1)
        self.assertIn("Due on", told.body)
        self.assertEqual(told.partner_ids, self.other_manager.partner_id)

    def test_a_whole_day_ends_at_24_on_the_clock_of_the_company(self):
        """Not at five in the morning, for who reads it in Brussels."""
        self.keep("fda_food")
        self.company.partner_id.tz = "America/New_York"
        recall = self.launch()
        recall.date_asked = datetime(2026, 11, 23, 15)
        (line,) = recall.deadline_ids.sudo()
        line.write({"day": date(2026, 11, 30), "date": datetime(2026, 12, 1, 5)})
        for zone, has_zone in (("America/New_York", False), ("Europe/Brussels", True)):
            text = line.with_context(tz=zone, lang="en_US").due_text
            self.assertIn("24:00", text)
            self.assertIn(str(line.day.day), text)
            self.assertEqual("America/New_York" in text, has_zone)
        self.assertIn("America/New_York", line._due_in_words(for_all=True))
        line.write({"day": date(2026, 12, 1), "date": datetime(2026, 12, 1, 14, 30)})
        text = line.with_context(tz="America/New_York", lang="en_US").due_text
        self.assertIn("9:30", text)

    def test_a_closed_recall_asks_for_nothing(self):
        self.keep("fda_food")
        recall = self.launch()
        recall.date_asked = fields.Datetime.now()
        self.work_off(recall)
        with freeze_time(fields.Datetime.now() + timedelta(days=60)):
            recall.invalidate_recordset(["banner"])
            said = [notice["text"] for notice in recall.banner["notices"]]
            self.assertTrue(any("Late since" in text for text in said))
            recall.with_user(self.other_manager).action_close()
            recall.invalidate_recordset(["banner"])
            said = [notice["text"] for notice in recall.banner["notices"]]
            self.assertFalse(any("Late since" in text for text in said))
        self.assertFalse(recall.activity_ids)

    def test_nobody_writes_deadlines_by_hand(self):
        self.keep("fda_food")
        recall = self.launch()
        recall.date_asked = fields.Datetime.now()
        line = recall.deadline_ids.with_user(self.manager)
        self.assertFalse(line.has_access("write") or line.has_access("unlink"))


@tagged("post_install", "-at_install")
class TestRecallPlan(AgendaCase):
    """How a company is ready, and when it drills."""

    def test_the_menu_opens_ones_own_plan_and_the_list_where_there_are_more(self):
        (self.plan.search([]) - self.plan).unlink()
        viewer = self.user("viewer", "batch_tracking.group_batch_viewer")
        menu = self.env.ref("batch_tracking.stock_recall_plan_open_action")
        action = menu.with_user(viewer).run()
        self.assertEqual(action["res_id"], self.plan.id)
        self.assertEqual(action["views"], [(False, "form")])
        other = self.env["res.company"].create({"name": "Sister Kitchen"})
        self.plan.create({"company_id": other.id})
        viewer.company_ids |= other
        both = {"allowed_company_ids": [self.company.id, other.id]}
        self.assertFalse(
            menu.with_user(viewer).with_context(**both).run().get("res_id")
        )

        self.plan.write({"authority": "cfia", "is_by_site": True})
        recall = self.draft()
        self.assertEqual(recall.user_id, self.manager)
        self.assertEqual(recall.deputy_ids, self.other_manager)
        self.assertEqual((recall.authority, recall.is_by_site), ("cfia", True))

    def test_rules_ask_for_drills(self):
        self.plan.drill_months = 24
        self.keep("canada")
        self.assertEqual(self.plan.drill_months, 12)

    def test_the_next_drill_is_counted_from_the_last_one(self):
        """R36: the last simulation on 20 November 2025."""
        self.plan.drill_months = 12
        drill = self.launch(kind="drill")
        self.work_off(drill)
        with freeze_time("2025-11-20 15:00:00"):
            drill.action_close()
        self.plan.invalidate_recordset()
        self.assertEqual(self.plan.last_drill_id, drill)
        self.assertEqual(str(self.plan.next_drill_date), "2026-11-20")

    def test_people_are_reminded_sixty_and_thirty_days_before(self):
        self.plan.drill_months = 12
        drill = self.launch(kind="drill")
        self.work_off(drill)
        with freeze_time("2025-11-20 15:00:00"):
            drill.action_close()
        reminded = []
        for day in (
            "2026-09-20",
            "2026-09-21",
            "2026-10-01",
            "2026-10-21",
            "2026-11-20",
        ):
            self.plan.invalidate_recordset()
            with freeze_time(f"{day} 15:00:00"):
                before = len(self.plan.activity_ids)
                self.plan._remind_of_drill()
            if len(self.plan.activity_ids) > before:
                reminded.append(day)
        self.assertEqual(reminded, ["2026-09-21", "2026-10-21", "2026-11-20"])
        self.assertEqual(self.plan.activity_ids.user_id, self.manager)

    def test_a_drill_with_a_batch_picked_at_random(self):
        action = self.plan.with_user(self.manager).action_start_drill()
        self.assertEqual(action["context"]["default_kind"], "drill")
        [lot_id] = action["context"]["default_lot_ids"]
        sent = self.env["stock.move.line"].search([("consignment", "=", "delivered")])
        self.assertIn(lot_id, sent.lot_id.ids)

    def test_where_nothing_was_delivered_any_batch_will_do(self):
        company = self.env["res.company"].create({"name": "New Kitchen"})
        plan = self.env["stock.recall.plan"].create({"company_id": company.id})
        self.assertTrue(plan._random_lot())

    def test_the_daily_job_does_both(self):
        self.keep("fda_food")
        recall = self.launch()
        recall.date_asked = fields.Datetime.now()
        job = self.env.ref("batch_tracking.ir_cron_recall_deadlines")
        job.method_direct_trigger()
        self.assertTrue(recall.deadline_ids.is_warned)
        self.assertTrue(self.plan.activity_ids)
