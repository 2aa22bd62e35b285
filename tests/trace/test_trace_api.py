import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged

from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestTrace(KitchenCase):
    """Two lots of chickpeas become a mash, the mash hummus, the hummus is sold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_hummus_of_two_lots()
        cls.sold = cls.deliver(cls.hummus, 8, cls.market, lot=cls.first)
        cls.take_back(cls.sold, 3)
        cls.waiting = cls.order(cls.hummus, 4, cls.bistro, lot=cls.second)
        cls.env.flush_all()

    def nodes(self, answer):
        return {node["name"]: node for node in answer["nodes"]}

    def test_nodes_say_how_deep_and_how_much(self):
        nodes = self.nodes(self.late.trace())
        self.assertEqual(
            {name: node["depth"] for name, node in nodes.items()},
            {"CP-2": 0, "M-1": 1, "H-1": 2, "H-2": 2},
        )
        # 2 kg went in; 5 of 12 kg of the mash went on.
        self.assertEqual(nodes["M-1"]["proportional"], 2)
        self.assertAlmostEqual(nodes["H-1"]["certain"], 2 * 5 / 12)
        self.assertEqual(nodes["H-1"]["path_unit"], self.chickpeas.uom_id.name)
        self.assertEqual(nodes["H-2"]["on_hand"], 24)
        self.assertEqual(nodes["H-1"]["total"], 20)

    def test_back_the_quantity_is_the_ancestors(self):
        nodes = self.nodes(self.first.trace("back"))
        self.assertEqual(nodes["M-1"]["depth"], -1)
        self.assertEqual(nodes["M-1"]["proportional"], 5)
        self.assertAlmostEqual(nodes["CP-1"]["proportional"], 10 * 5 / 12)

    def test_edges_say_how_it_went_in(self):
        [edge] = self.first.trace("back")["edges"][:1]
        self.assertEqual(edge["kinds"], ["production"])
        self.assertEqual(edge["attribution"], "exact")

    def test_suppliers_are_named_with_what_they_sent(self):
        suppliers = self.second.trace("back")["suppliers"]
        self.assertEqual(
            {(row["lot_id"], row["partner"], row["quantity"]) for row in suppliers},
            {
                (self.early.id, "Finger Lakes Pulses", 10),
                (self.late.id, "Finger Lakes Pulses", 10),
            },
        )

    def test_the_recall_block_says_who_what_and_where(self):
        recall = self.early.trace("forward")["recall"]
        shipped = {(row["partner"], row["document"]): row for row in recall["shipped"]}
        out = shipped["Corner Market", self.sold.name]
        self.assertEqual((out["quantity"], out["lot_id"]), (8, self.first.id))
        self.assertEqual(sum(row["net"] for row in recall["shipped"]), 5)
        [stop] = recall["still_to_stop"]
        self.assertEqual(
            (stop["role"], stop["document"], stop["quantity"]),
            ("reserved", self.waiting.name, 4),
        )
        on_hand = {row["lot_id"]: row["quantity"] for row in recall["on_hand"]}
        self.assertEqual(on_hand[self.first.id], 15)
        self.assertEqual(on_hand[self.second.id], 24)

    def test_an_unreserved_order_would_take_it(self):
        order = self.order(self.hummus, 6, self.market)
        order.do_unreserve()
        waiting = [
            row
            for row in self.early.trace("forward")["recall"]["still_to_stop"]
            if row["role"] == "waiting"
        ]
        self.assertEqual(
            [(row["document"], row["quantity"]) for row in waiting], [(order.name, 6)]
        )

    def test_the_answer_is_plain_json(self):
        answer = (self.early | self.late).trace()
        self.assertEqual(json.loads(json.dumps(answer)), answer)

    def test_six_queries_however_much_it_finds(self):
        self.early.trace()  # what core keeps in its caches is known now
        lot = self.batch
        for step in range(40):
            lot = self.produce(self.mash, f"CHAIN-{step}", 1, uses=[(lot, 0.01)])
        self.env.flush_all()
        with self.assertQueryCount(6):
            answer = self.early.trace()
        self.assertEqual(len(answer["nodes"]), 44)

    def test_as_of_a_date_what_came_later_is_unknown(self):
        yesterday = fields.Datetime.now() - timedelta(days=1)
        self.first.env["stock.lot.link"].search(
            [("parent_lot_id", "in", (self.early | self.late).ids)]
        ).date = yesterday - timedelta(days=1)
        made = self.env["stock.move.line"].search([("lot_id", "=", self.batch.id)])
        made.filtered(lambda line: line.location_id.usage == "production").date = (
            yesterday - timedelta(days=1)
        )
        self.env.flush_all()
        answer = self.early.trace("forward", fields.Datetime.to_string(yesterday))
        self.assertEqual(self.nodes(answer).keys(), {"CP-1", "M-1"})
        self.assertEqual(self.nodes(answer)["M-1"]["on_hand"], 12)
        self.assertFalse(answer["recall"]["shipped"])
        self.assertFalse(answer["recall"]["still_to_stop"])

    def test_many_lots_at_once(self):
        nodes = self.nodes((self.early | self.late).trace("forward"))
        self.assertEqual(nodes["M-1"]["proportional"], 12)

    def test_bad_questions_get_a_sentence(self):
        with self.assertRaisesRegex(UserError, "no direction"):
            self.early.trace("sideways")
        with self.assertRaisesRegex(UserError, "no point in time"):
            self.early.trace(as_of="next week")
        gone = self.make_lot(self.mash, "GONE")
        gone.unlink()
        with self.assertRaises(MissingError):
            gone.trace()


@tagged("post_install", "-at_install")
class TestTraceCompanies(KitchenCase):
    """Two companies handle the same shared lot; neither learns of the other's part."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.produce(cls.mash, "M-1", 3, uses=[(cls.lot, 2)])
        cls.deliver(cls.chickpeas, 4, cls.market, lot=cls.lot)
        cls.other = cls.env["res.company"].create({"name": "Other Kitchen"})
        cls.there = cls.user("there")
        cls.there.write(
            {"company_ids": [(6, 0, cls.other.ids)], "company_id": cls.other.id}
        )

    def test_everything_stays_with_its_company(self):
        theirs = self.lot.with_user(self.there).with_company(self.other)
        answer = theirs.trace()
        self.assertEqual([node["name"] for node in answer["nodes"]], ["CP-1"])
        self.assertEqual(answer["nodes"][0]["total"], 0)
        self.assertFalse(answer["edges"] or answer["suppliers"] or answer["gaps"])
        self.assertFalse(any(answer["recall"].values()))
        self.assertFalse(theirs.get_whereabouts()["shipped"]["rows"])
        self.assertFalse([e for e in theirs.get_timeline() if e["quantity"]])
        graph = theirs.get_genealogy()
        self.assertEqual([node["name"] for node in graph["nodes"]], ["CP-1"])

    def test_a_lot_of_the_other_company_cannot_be_asked_for(self):
        self.chickpeas.product_tmpl_id.company_id = self.company
        own = self.make_lot(self.chickpeas, "OWN", company_id=self.company.id)
        self.env.flush_all()
        theirs = own.with_user(self.there).with_company(self.other)
        for question in ("trace", "get_genealogy", "get_whereabouts", "get_timeline"):
            with self.assertRaises(AccessError):
                getattr(theirs, question)()

    def test_without_the_right_nothing_is_answered(self):
        office = self.env["res.users"].create(
            {
                "name": "Office",
                "login": "office",
                "group_ids": [(6, 0, self.env.ref("base.group_user").ids)],
            }
        )
        lot = self.lot.with_user(office)
        for question in (
            lot.trace,
            lot.get_genealogy,
            lot.get_whereabouts,
            lot.get_timeline,
            lot.action_genealogy,
            lot.action_print_trace,
            lambda: lot.get_links_to(lot.id),
            lambda: lot.find_by_number("CP-1"),
        ):
            with self.assertRaises(AccessError):
                question()
