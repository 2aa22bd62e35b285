from odoo.tests import tagged

from ...tools.answer.ledger import Onward
from ...tools.reconcile.tiers import chain_of
from ..answer.answer_case import AnswerCase


@tagged("post_install", "-at_install")
class TestReconcileProgress(AnswerCase):
    """The figures of a recall's page."""

    def figures(self, recall):
        recall.invalidate_recordset(["progress"])
        return recall.progress

    def stage(self, recall, key):
        stages = {stage["key"]: stage for stage in self.figures(recall)["stages"]}
        return stages[key]["done"], stages[key]["total"]

    def test_a_consignee_counts_once_whatever_it_had(self):
        recall = self.launch()
        self.assertEqual(self.figures(recall)["counts"]["all"], 2)
        site = self.make_partner("Shop", parent_id=self.market.id)
        self.deliver(self.hummus, 5, site, lot=self.other)
        more = self.launch(self.first | self.second | self.other)
        self.assertEqual(self.figures(more)["counts"]["all"], 2)
        more.with_user(self.manager).is_by_site = True
        self.assertEqual(self.figures(more)["counts"]["all"], 3)

    def test_stages(self):
        recall = self.launch()
        self.assertEqual(self.stage(recall, "notified"), (0, 2))
        notices = recall.sudo().notice_ids
        notices.filtered(lambda n: n.partner_id == self.market)._note_told(
            "phone", True
        )
        self.assertEqual(self.stage(recall, "notified"), (1, 2))
        self.answer(recall, self.market, {}, kind="acknowledged")
        self.assertEqual(self.stage(recall, "acknowledged"), (1, 2))
        self.answer(recall, self.market, {self.first: {"used": 40}})
        self.assertEqual(self.stage(recall, "answered"), (0, 2))
        counts = self.figures(recall)["counts"]
        self.assertEqual((counts["partial"], counts["waiting"]), (1, 2))
        self.answer(recall, self.market, {self.second: {"on_hand": 9}})
        self.assertEqual(self.stage(recall, "answered"), (1, 2))
        self.assertEqual(self.stage(recall, "settled"), (0, 2))

    def test_recovery_accounted_and_recoverable(self):
        """R8 of a recall: 1000 out, 600 back, 150 destroyed, 200 used before."""
        lot = self.receive(self.hummus, "H-9", 2000)
        delivery = self.deliver(self.hummus, 1000, self.market, lot=lot)
        recall = self.launch(lot)
        told = {"returned": 600, "destroyed": 150, "used": 200, "used_before": 200}
        self.answer(recall, self.market, {lot: told})
        self.take_back(delivery, 600)
        (unit,) = self.figures(recall)["units"]
        (tier,) = unit["tiers"]
        self.assertAlmostEqual(tier["recovery"], 0.75)
        self.assertAlmostEqual(tier["accounted"], 0.95)
        self.assertAlmostEqual(tier["recoverable"], 0.9375)
        self.assertEqual(unit["unaccounted"], 50)

    def test_what_a_wholesaler_passed_on_is_located_and_not_back(self):
        """R9: passed on 850 of 1000; one of two shops sends 400 back."""
        lot, delivery, recall = self.launch_with_shops()
        (unit,) = self.figures(recall)["units"]
        self.assertEqual(
            (unit["recovered"], unit["unaccounted"], unit["located"]), (0, 450, 500)
        )
        self.take_back(delivery, 400)
        (unit,) = self.figures(recall)["units"]
        self.assertEqual(
            (unit["recovered"], unit["recovery"], unit["unaccounted"], unit["located"]),
            (400, 0.4, 450, 100),
        )
        self.assertEqual(unit["tiers"][0]["accounted"], 1.0)
        self.assertEqual([tier["recovered"] for tier in unit["tiers"]], [0, 400])

    def test_the_word_of_a_shop_recovers_no_more_than_that_of_a_wholesaler(self):
        """Both say that they sent back what never came: neither has recovered it."""
        lot, _delivery, recall = self.launch_with_shops()
        told = {"returned": 100, "used": 50, "passed_on": 850}
        self.answer(recall, self.market, {lot: told})
        (unit,) = self.figures(recall)["units"]
        self.assertEqual([tier["recovered"] for tier in unit["tiers"]], [0, 0])
        self.assertEqual([tier["located"] for tier in unit["tiers"]], [100, 400])
        rows = recall.consignee_ids.filtered("told_returned")
        self.assertEqual(set(rows.mapped("state")), {"open"})

    def launch_with_shops(self):
        """Launch a recall of 1000 of which 850 went to two shops; one sent 400 back."""
        lot = self.receive(self.hummus, "H-9", 2000)
        delivery = self.deliver(self.hummus, 1000, self.market, lot=lot)
        recall = self.launch(lot)
        shops = (Onward("S1", quantity=500), Onward("S2", quantity=350))
        told = {"on_hand": 100, "used": 50, "passed_on": 850, "passed_to": shops}
        self.answer(recall, self.market, {lot: told})
        (unit,) = self.figures(recall)["units"]
        self.assertEqual(unit["unaccounted"], 850)
        onward = self.env["stock.recall.answer.onward"].search([])
        onward.with_user(self.manager).action_add()
        first, _second = recall.consignee_ids.filtered(lambda row: row.tier == 2)
        self.answer(recall, first.partner_id, {lot: {"returned": 400}})
        return lot, delivery, recall

    def test_nothing_delivered_is_a_stock_recovery(self):
        lot = self.receive(self.hummus, "H-9", 10)
        recall = self.launch(lot, kind="stock_recovery")
        self.assertEqual(self.figures(recall)["units"], [])
        self.assertEqual(self.stage(recall, "answered"), (0, 0))

    def test_units_are_never_added_up(self):
        kilo = self.env.ref("uom.product_uom_kgm")
        flour = self.make_product("Flour", uom_id=kilo.id)
        lot = self.receive(flour, "F-1", 10)
        self.deliver(flour, 4, self.market, lot=lot)
        recall = self.launch(self.first | lot)
        found = {
            unit["unit"]: unit["distributed"] for unit in self.figures(recall)["units"]
        }
        self.assertEqual(found, {kilo.name: 4, self.hummus.uom_id.name: 48})

    def test_the_database_adds_up_as_python_does(self):
        recall = self.launch()
        told = {"on_hand": 10, "used": 20, "used_before": 5}
        self.answer(recall, self.market, {self.first: told})
        self.take_back(self.to_market, 4)
        self.answer(recall, self.bistro, {self.first: {"destroyed": 6}})
        chain = chain_of(
            (row.tier, row._settled().line) for row in recall.consignee_ids
        )
        (found,) = recall._chains().values()
        self.assertEqual(found, chain)

    def test_over_time(self):
        recall = self.launch()
        self.take_back(self.to_market, 15)
        self.answer(recall, self.bistro, {self.first: {"destroyed": 8}})
        (unit,) = self.figures(recall)["units"]
        self.assertEqual(sum(quantity for _day, quantity in unit["days"]), 23)

    def test_each_figure_has_its_list(self):
        recall = self.launch()
        self.answer(recall, self.market, {self.first: {"used": 40}})
        rows = self.env["stock.recall.consignee"]

        def listed(which):
            return rows.search(recall.action_open_ledger(which)["domain"])

        self.assertEqual(len(listed("waiting")), 2)
        self.assertEqual(listed("answered").lot_id, self.first)
        self.assertEqual(len(listed("nonsense")), 3)
        self.assertEqual(len(listed(["waiting"])), 3)

    def test_it_asks_the_database_so_often_whatever_the_size(self):
        recall = self.launch()
        self.figures(recall)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(21):
            self.figures(recall)

    def test_no_stage_has_more_done_than_there_are(self):
        """Goods without an address are no consignee; what was cleared is none."""
        counter = self.env["res.partner"]
        self.deliver(self.hummus, 3, counter, lot=self.first)
        recall = self.launch()
        recall.sudo().notice_ids._note_told("phone", True)
        told = {self.first: {"used": 40}, self.second: {"used": 9}}
        self.answer(recall, self.market, told)
        self.answer(recall, self.bistro, {self.first: {"used": 8}})
        nobody = recall.consignee_ids.filtered(lambda row: not row.partner_id)
        nobody.with_user(self.manager)._waive("Sold over the counter")
        for stage in self.figures(recall)["stages"]:
            self.assertEqual((stage["done"], stage["total"]), (2, 2), stage["key"])
        recall._clear(self.first, "The laboratory was wrong")
        for stage in self.figures(recall)["stages"]:
            self.assertEqual((stage["done"], stage["total"]), (1, 1), stage["key"])

    def test_gaps_and_surpluses_of_the_next_tier_are_no_sum(self):
        """The market passed on 10 that nobody has; a shop of the bistro had 10 more."""
        recall = self.launch(self.first)
        market = self.row(recall, self.market, self.first)
        bistro = self.row(recall, self.bistro, self.first)
        told = {"on_hand": 20, "passed_on": 20}
        self.answer(recall, self.market, {self.first: told})
        self.answer(recall, self.bistro, {self.first: {"on_hand": 3, "passed_on": 5}})
        for parent, had in ((market, 10), (bistro, 15)):
            recall.consignee_ids.sudo().create(
                {
                    "recall_id": recall.id,
                    "partner_id": self.make_partner(f"Shop of {parent.id}").id,
                    "lot_id": self.first.id,
                    "tier": 2,
                    "parent_id": parent.id,
                    "delivered": had,
                }
            )
        (unit,) = self.figures(recall)["units"]
        tier = unit["tiers"][1]
        self.assertEqual((tier["unaccounted"], tier["surplus"]), (25 + 10, 10))
        self.assertEqual((unit["unaccounted"], unit["surplus"]), (35, 10))
        figures = {row[0]: row[1] for row in recall._figures_sheet().rows}
        self.assertEqual(figures["Too much, tier 2"], 10)
        self.assertEqual(figures["Unaccounted for, tier 2"], 35)
        self.assertIn("Too much", self.printed(recall))

    def printed(self, recall):
        facts = recall._status_facts()
        template = "batch_tracking.report_stock_recall_figures"
        values = {"facts": facts, "recall": recall}
        return self.env["ir.qweb"]._render(template, values)
