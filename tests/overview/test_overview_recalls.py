from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..answer.answer_case import AnswerCase


@tagged("post_install", "-at_install")
class TestOverviewRecalls(AnswerCase):
    """The dashboard over all recalls and drills."""

    def setUp(self):
        super().setUp()
        self.recall = self.launch()
        self.drill = self.launch(kind="drill")

    def make_due(self, recall, name, hours):
        regime = self.env["stock.recall.regime"].create({"name": name, "code": name})
        rule = self.env["stock.recall.deadline.rule"].create(
            {
                "regime_id": regime.id,
                "name": name,
                "code": name,
                "anchor": "decided",
                "unit": "hours",
            }
        )
        moment = fields.Datetime.now() + timedelta(hours=hours)
        return (
            self.env["stock.recall.deadline"]
            .sudo()
            .create(
                {
                    "recall_id": recall.id,
                    "rule_id": rule.id,
                    "name": name,
                    "date": moment,
                    "day": moment.date(),
                }
            )
        )

    def listed(self, action):
        return self.env[action["res_model"]].search(action["domain"])

    def test_what_is_next_and_what_is_late(self):
        later = self.make_due(self.recall, "Report", 48)
        soon = self.make_due(self.recall, "Notify", 2)
        late = self.make_due(self.recall, "Call", -1)
        self.assertEqual(self.recall.next_deadline_id, soon)
        self.assertEqual(self.recall.late_count, 1)
        self.assertEqual(self.listed(self.recall.action_open_late()), late)
        undone = self.listed(self.recall.action_open_undone())
        self.assertEqual(undone, late | soon | later)
        recalls = self.env["stock.recall"]
        self.assertEqual(recalls.search([("has_late", "=", True)]), self.recall)
        self.assertNotIn(self.recall, recalls.search([("has_late", "=", False)]))
        late.date_done = fields.Datetime.now()
        self.recall.invalidate_recordset()
        self.assertFalse(recalls.search([("has_late", "=", True)]))
        self.assertEqual(self.recall.late_count, 0)

    def test_who_has_not_answered(self):
        self.assertEqual(self.recall.silent_count, 2)
        self.answer(self.recall, self.bistro, {self.first: {"used": 8}})
        self.assertEqual(self.recall.silent_count, 1)
        rows = self.listed(self.recall.action_open_silent())
        self.assertEqual(rows.partner_id, self.market)

    def test_recovered_and_accounted(self):
        self.assertEqual(self.recall.recovered_text, "0 %")
        told = {self.first: {"destroyed": 8}}
        self.answer(self.recall, self.bistro, told)
        self.recall.invalidate_recordset()
        self.assertEqual(self.recall.recovered_text, "14 %")
        self.assertEqual(self.recall.accounted_text, "14 %")
        rows = self.listed(self.recall.action_open_recovered())
        self.assertEqual(rows.partner_id, self.bistro)

    def test_units_are_never_added_up(self):
        kilo = self.env.ref("uom.product_uom_kgm")
        flour = self.make_product("Flour", uom_id=kilo.id)
        lot = self.receive(flour, "F-1", 10)
        self.deliver(flour, 4, self.market, lot=lot)
        recall = self.launch(self.first | lot)
        self.assertEqual(recall.recovered_text.count("0 %"), 2)
        self.assertIn("(kg)", recall.recovered_text)

    def test_every_batch_is_listed(self):
        lots = self.listed(self.drill.action_open_lots()).lot_id
        self.assertEqual(lots, self.first | self.second)

    def test_a_draft_has_no_figures(self):
        recalls = self.env["stock.recall"].with_user(self.manager)
        draft = recalls._draft(self.first.with_user(self.manager), "Odd")
        self.assertEqual((draft.silent_count, draft.recovered_text), (0, ""))

    def test_all_cards_at_once(self):
        names = [
            "next_deadline_id",
            "late_count",
            "silent_count",
            "recovered_text",
            "accounted_text",
            "drill_clock",
        ]

        def read_all():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            recalls = self.env["stock.recall"].search([("state", "=", "progress")])
            recalls.read(names)
            return self.env.cr.sql_log_count - before

        few = read_all()
        for _more in range(4):
            self.launch()
        self.assertLessEqual(read_all(), few)

    def test_viewers_see_the_cards(self):
        viewer = self.user("viewer", "batch_tracking.group_batch_viewer")
        card = self.recall.with_user(viewer)
        self.assertEqual((card.silent_count, card.late_count), (2, 0))
