from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...models.recall.exceptions import RecallNotClosableError
from ...models.reconcile.exceptions import GapsUnexplainedError
from ..answer.answer_case import AnswerCase

DAY = "2026-11-24"


@tagged("post_install", "-at_install")
class TestReconcileDrill(AnswerCase):
    """A drill runs against the clock, and says how well things can be traced."""

    def at(self, time):
        return freeze_time(f"{DAY} {time}:00")

    def drill(self, lots=None, at="09:00"):
        with self.at(at):
            return self.launch(lots, kind="drill")

    def unmet(self, drill):
        return {key for key, ok, _sentence in drill._closing_gates() if not ok}

    def test_three_lots_against_the_clock(self):
        """R33: begun 09:00, listed 09:07, reconciled 10:40; nothing was touched."""
        waiting = self.order(self.hummus, 5, self.bistro, lot=self.first)
        lots = self.first | self.second | self.other
        quants = {q: q.quantity for q in lots.quant_ids}
        lines = {line: line.quantity for line in waiting.move_line_ids}
        mails = self.env["mail.mail"].search_count([])
        drill = self.drill(lots)
        with self.at("09:07"):
            drill.action_note_list()
        with self.at("10:40"):
            drill.action_note_reconciled()
        self.assertEqual(
            [drill._took(moment) for moment in ("trace", "list", "reconciled")],
            ["0:00", "0:07", "1:40"],
        )
        self.assertEqual(drill._limits(), [(2, True), (4, True), (24, True)])
        self.assertIn("0:07, reconciled in 1:40: within 2 h", drill.drill_clock)
        self.assertAlmostEqual(drill.hours_to_reconcile, 100 / 60)
        self.assertEqual({q: q.quantity for q in lots.quant_ids}, quants)
        self.assertEqual({x: x.quantity for x in waiting.move_line_ids}, lines)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(set(lots.disposition_id), {self.disposition("released")})

    def test_the_clock_runs_from_when_it_was_suspected(self):
        drill = self.drill()
        drill.date_suspected = datetime(2026, 11, 24, 8, 30)
        with self.at("09:07"):
            drill.action_note_list()
        self.assertEqual(drill._took("list"), "0:37")

    def test_the_first_time_counts(self):
        drill = self.drill()
        for time in ("09:07", "12:00"):
            with self.at(time):
                drill.action_note_list()
                drill.action_note_reconciled()
        self.assertEqual(str(drill.date_list), f"{DAY} 09:07:00")
        self.assertEqual(str(drill.date_reconciled), f"{DAY} 09:07:00")

    def test_whoever_downloads_the_list_has_it(self):
        drill = self.drill()
        with self.at("09:20"):
            drill.action_download_workbook()
        self.assertEqual(drill._took("list"), "0:20")

    def test_it_is_closed_when_listed_and_reconciled(self):
        drill = self.drill()
        self.assertEqual(self.unmet(drill), {"list", "reconciled"})
        with self.assertRaises(RecallNotClosableError):
            drill.action_close()
        with self.at("09:30"):
            drill.action_note_list()
            self.assertEqual(self.unmet(drill), {"reconciled"})
            drill.action_note_reconciled()
        self.reach_everybody(drill)
        self.assertEqual(self.unmet(drill), set())
        drill.action_close()
        self.assertEqual(drill.state, "closed")

    def reach_everybody(self, drill):
        (self.market | self.bistro).email = "someone@example.com"
        drill._measure()

    def test_slower_than_the_plan_wants_asks_what_is_to_be_mended(self):
        drill = self.drill()
        with self.at("14:00"):
            drill.action_note_list()
            drill.action_note_reconciled()
        self.reach_everybody(drill)
        self.assertEqual(self.unmet(drill), {"mended"})
        plans = self.env["stock.recall.plan"]
        plan = plans._of(self.company) or plans.create({})
        plan.drill_hours = "24"
        self.assertEqual(self.unmet(drill), set())
        plan.drill_hours = "2"
        drill.drill_remark = "Ann shows the night shift where the list is"
        self.assertEqual(self.unmet(drill), set())

    def test_who_cannot_be_reached_makes_it_less_complete(self):
        drill = self.drill()
        drill.action_note_list()
        self.assertEqual((drill.reachable_percent, drill.drill_score), (0, 0))
        self.bistro.phone = "+1 555 0100"
        drill._measure()
        self.assertEqual(drill.reachable_percent, 50)
        self.assertEqual(drill.drill_score, 50)

    def test_gaps_are_named_and_explained(self):
        self.put_on_hand(self.second, 4)
        drill = self.drill(self.second)
        [line] = drill._gap_lines()
        self.assertEqual((line.lot_id, line.gap), (self.second, -4))
        self.assertEqual((drill.gap_count, drill.unexplained_count), (1, 1))
        with self.assertRaisesRegex(GapsUnexplainedError, "H-2"):
            drill.action_note_reconciled()
        asks = self.env["stock.recall.reason.ask"].with_user(self.manager)
        form = Form(
            asks.with_context(
                default_step="explain_gaps", default_lot_line_ids=line.ids
            )
        )
        form.reason = "Booked twice"
        form.save().do_step()
        self.assertEqual(line.gap_reason, "Booked twice")
        drill.invalidate_recordset(["gap_count", "unexplained_count"])
        drill.action_note_reconciled()
        self.assertTrue(drill.date_reconciled)
        listed = drill.action_open_gaps()["domain"]
        self.assertEqual(line.search(listed), line)

    def make_with_salt(self, salt):
        """Make H-9 of H-1, and of some salt that has no batch."""
        lot = self.produce(self.hummus, "H-9", 10, uses=[(self.first, 4)])
        place = self.hummus.property_stock_production
        move = self.env["stock.move"].create(
            {
                "product_id": salt.id,
                "product_uom_qty": 3,
                "location_id": self.stock.id,
                "location_dest_id": place.id,
            }
        )
        move._action_confirm()
        move.quantity = 3
        move.picked = True
        move._action_done()
        made = self.env["stock.move.line"].search(
            [("lot_id", "=", lot.id), ("location_id.usage", "=", "production")]
        )
        made.consume_line_ids += move.move_line_ids
        return lot

    def test_products_without_a_batch_are_named(self):
        salt = self.make_product("Salt", tracking="none")
        self.put_goods_on_hand(salt, 10)
        self.make_with_salt(salt)
        drill = self.drill(self.first)
        drill.action_note_list()
        found = {
            (line.place, line.product_id): (line.moved, line.without, line.percent)
            for line in drill.untraced_ids
            if line.product_id == salt
        }
        self.assertEqual(found["trace", salt], (3, 3, 100))
        self.assertEqual(found["year", salt], (3, 3, 100))
        self.assertEqual(drill.traced_percent, 50)
        self.assertNotIn(self.hummus, drill.untraced_ids.product_id)

    def test_others_neither_run_nor_explain_it(self):
        drill = self.drill()
        clerk = self.user("clerk")
        for step in ("action_note_list", "action_note_reconciled"):
            with self.assertRaises(AccessError):
                getattr(drill.with_user(clerk), step)()
        with self.assertRaises(AccessError):
            drill.lot_ids.with_user(clerk)._explain_gap("Mine")
        with self.assertRaises(AccessError):
            drill.with_user(self.manager).date_list = "2026-01-01"

    def test_its_moments_are_events(self):
        drill = self.drill()
        self.work_off(drill)
        events = self.env["stock.lot.event"].search(
            [("res_model", "=", "stock.recall"), ("res_id", "=", drill.id)]
        )
        what = set(events.mapped("what"))
        self.assertLessEqual({"List handed over", "Reconciled"}, what)

    def test_the_auditors_report_says_all_that(self):
        self.put_on_hand(self.second, 4)
        drill = self.drill(self.second)
        with self.at("09:07"):
            drill.action_note_list()
        drill._gap_lines().with_user(self.manager)._explain_gap("Booked twice")
        with self.at("10:40"):
            drill.action_note_reconciled()
        reports = self.env["ir.actions.report"]
        html = reports._render_qweb_html(
            "batch_tracking.report_stock_recall_final", drill.ids
        )[0].decode()
        for text in ("0:07", "1:40", "Booked twice", "cannot be traced well", "✓"):
            self.assertIn(text, html)
        sheets = {sheet.name: sheet.rows for sheet in drill._sheets()}
        self.assertIn(["Time to reconcile", "1:40", "h"], sheets["Figures"])
        self.assertIn("Traced badly", sheets)


@tagged("post_install", "-at_install")
class TestReconcileKpi(AnswerCase):
    """Key figures of a recall."""

    def kpis(self, recall):
        recall.invalidate_recordset(["progress"])
        return {kpi["key"]: kpi["value"] for kpi in recall.progress["kpis"]}

    def launch_at_nine(self):
        with freeze_time(f"{DAY} 09:00:00"):
            recall = self.launch()
        recall.write(
            {
                "date_suspected": datetime(2026, 11, 24, 7),
                "date_decided": datetime(2026, 11, 24, 8, 30),
            }
        )
        return recall

    def tell(self, recall, partner, time):
        notices = recall.sudo().notice_ids
        mine = notices.filtered(lambda notice: notice.partner_id == partner)
        mine._note_told("phone", True, date=datetime.fromisoformat(f"{DAY} {time}"))

    def test_how_fast(self):
        recall = self.launch_at_nine()
        self.tell(recall, self.market, "10:30")
        kpis = self.kpis(recall)
        self.assertEqual((kpis["trace"], kpis["stop"]), ("2:00 h", "0:30 h"))
        self.assertEqual((kpis["half"], kpis["all"]), ("2:00 h", "–"))
        self.tell(recall, self.bistro, "12:00")
        self.assertEqual(self.kpis(recall)["all"], "3:30 h")

    def test_who_is_silent_and_for_how_long(self):
        recall = self.launch_at_nine()
        self.tell(recall, self.market, "10:30")
        self.tell(recall, self.bistro, "10:30")
        with freeze_time("2026-11-29 09:00:00"):
            self.assertEqual(self.kpis(recall)["silent_7"], "2")
            told = {self.first: {"used": 8}}
            self.answer(recall, self.bistro, told)
            kpis = self.kpis(recall)
            self.assertEqual(kpis["silent_7"], "1")
            self.assertNotIn("silent_3", kpis)

    def test_how_exact(self):
        recall = self.launch_at_nine()
        recall._clear(self.second, "Sieved, and nothing found")
        # 52 of H-1 and 91 of H-2 were on hand, and stopped.
        self.assertIn("63.64 %", self.kpis(recall)["cleared"])

    def test_at_what_cost(self):
        recall = self.launch_at_nine()
        recall.other_costs = 114
        self.assertIn("2.00", self.kpis(recall)["cost"])

    def test_what_left_between_decision_and_launch_is_said(self):
        before = self.launch(self.other, kind="drill")
        self.assertEqual(before._left_after_decision(), {})
        with freeze_time(f"{DAY} 08:45:00"):
            self.deliver(self.hummus, 3, self.market, lot=self.other)
        with freeze_time(f"{DAY} 09:00:00"):
            recall = self.launch(self.other)
        recall.date_decided = datetime(2026, 11, 24, 8, 30)
        self.assertEqual(recall._left_after_decision(), {"Units": 3})
        rows = next(s.rows for s in recall._sheets() if s.name == "Figures")
        self.assertIn(["Left after the decision", "3 Units", None], rows)
