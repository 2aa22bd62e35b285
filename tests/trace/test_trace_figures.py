from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..operation.operation_case import OperationCase


class FiguresCase(OperationCase):
    def node(self, lot, name, direction="both"):
        nodes = {node["name"]: node for node in lot.trace(direction)["nodes"]}
        return nodes[name]

    def amounts(self, lot, name):
        node = self.node(lot, name)
        return node["certain"], node["proportional"], node["worst_case"]

    def outcome(self, lots):
        return self.env["stock.recall"]._launch(lots, "Drill", kind="drill")._outcome()

    def balance(self, lot):
        line = self.env["stock.recall"]._launch(lot, "Drill", kind="drill").lot_ids
        line = line.filtered(lambda line: line.lot_id == lot)
        return line.came_in, line.on_hand, line.consumed


@tagged("post_install", "-at_install")
class TestFigures(FiguresCase):
    """A quantity is the same from both ends, and nothing counts more than once."""

    def test_ten_kilos_of_cheese_hold_a_hundred_of_milk_from_both_ends(self):
        milk = self.receive(self.chickpeas, "MILK", 100)
        cheese = self.produce(self.mash, "CHEESE", 10, uses=[(milk, 100)])
        self.assertEqual(self.amounts(milk, "CHEESE"), (100, 100, 100))
        self.assertEqual(self.amounts(cheese, "MILK"), (100, 100, 100))

    def test_a_link_without_a_movement_gives_the_same_from_both_ends(self):
        milk, cheese = self.make_lot(self.chickpeas, "OLD"), self.lot
        self.env["stock.lot.link"]._link_by_hand(milk, cheese, 30, 5, "Paper")
        self.assertEqual(self.amounts(milk, "H-1"), (30, 30, 30))
        self.assertEqual(self.amounts(cheese, "OLD"), (30, 30, 30))

    def split_and_undo(self, quantity=40):
        operation = self.operate("split", self.lot, parts=[(quantity, "H-2")])
        operation.action_undo()
        return self.made(operation)

    def test_a_split_that_was_undone_made_nothing(self):
        part = self.split_and_undo()
        self.assertEqual(self.balance(self.lot), (100, 100, 0))
        self.assertEqual(self.balance(part), (40, 0, 40))
        self.assertEqual(self.node(part, "H-1")["total"], 100)

    def test_a_drill_counts_goods_once_under_whatever_number(self):
        self.operate("split", self.lot, parts=[(40, "H-2")])
        self.assertEqual(self.outcome(self.lot)["units"], {"Units": 100})

    def test_a_drill_counts_goods_once_after_an_undo(self):
        self.split_and_undo()
        self.assertEqual(self.outcome(self.lot)["units"], {"Units": 100})

    def test_a_batch_holds_no_more_of_an_ingredient_than_went_in(self):
        raw = self.receive(self.chickpeas, "CP-1", 10)
        made = self.produce(self.hummus, "H-9", 20, uses=[(raw, 10)])
        operation = self.operate("split", made, parts=[(10, "H-10")])
        part = self.made(operation)
        operation.action_undo()
        self.assertEqual(self.amounts(raw, "H-9"), (10, 10, 10))
        self.assertEqual(self.amounts(raw, "H-10"), (5, 5, 5))
        self.assertEqual(self.amounts(part, "CP-1"), (5, 5, 5))
        self.assertEqual(self.amounts(made, "CP-1"), (10, 10, 10))
        dip = self.produce(self.mash, "M-9", 4, uses=[(made, 8)])
        self.assertEqual(self.amounts(raw, "M-9"), (4, 4, 4))
        self.assertEqual(self.amounts(dip, "CP-1"), (4, 4, 4))

    def test_a_merge_that_was_undone_leaves_both_as_they_were(self):
        other = self.receive(self.hummus, "H-2", 20)
        operation = self.operate("merge", self.lot | other, name="BOTH")
        operation.action_undo()
        self.assertEqual(self.balance(self.lot), (100, 100, 0))
        self.assertEqual(self.balance(other), (20, 20, 0))
        self.assertEqual(self.outcome(self.lot | other)["units"], {"Units": 120})

    def test_what_went_into_itself_was_there_before(self):
        place = self.hummus.property_stock_production
        used = self.bare_move(self.lot, 5, self.stock, place)
        made = self.bare_move(self.lot, 5, place, self.stock)
        (used | made)._action_done()
        made.move_line_ids.consume_line_ids = used.move_line_ids
        self.assertEqual(self.balance(self.lot), (100, 100, 0))
        self.assertEqual(self.outcome(self.lot)["units"], {"Units": 100})

    def test_a_merged_batch_that_was_repacked_and_back_counts_with_its_parents(self):
        other = self.receive(self.hummus, "H-2", 20)
        both = self.made(self.operate("merge", self.lot | other, name="BOTH"))
        pot = self.make_product("Hummus, pot")
        self.operate("repack", both, product_id=pot.id, made_quantity=30).action_undo()
        self.assertEqual(self.outcome(self.lot | other)["units"], {"Units": 150})

    def test_a_split_that_was_undone_three_times_made_nothing(self):
        for _turn in range(3):
            self.operate("split", self.lot, parts=[(40, False)]).action_undo()
        self.assertEqual(self.balance(self.lot), (100, 100, 0))


@tagged("post_install", "-at_install")
class TestMadeBefore(FiguresCase):
    """The vat was filled on Monday and again on Friday; pots were drawn meanwhile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monday = fields.Datetime.now() - timedelta(days=20)
        cls.good = cls.receive(cls.chickpeas, "GOOD", 10)
        cls.bad = cls.receive(cls.chickpeas, "BAD", 10)
        cls.vat = cls.produce(cls.mash, "VAT", 10, uses=[(cls.good, 10)])
        cls.early = cls.produce(cls.hummus, "EARLY", 20, uses=[(cls.vat, 5)])
        cls.pour(cls.bad, 10)
        cls.late = cls.produce(cls.hummus, "LATE", 20, uses=[(cls.vat, 5)])
        cls.happen(cls.good, -1)
        cls.happen(cls.bad, 3)
        cls.happen(cls.vat, 0, cls.good)
        cls.happen(cls.early, 1)
        cls.happen(cls.vat, 4, cls.bad)
        cls.happen(cls.late, 5)
        cls.deliver(cls.hummus, 8, cls.market, lot=cls.early)

    @classmethod
    def pour(cls, lot, quantity):
        place = cls.mash.property_stock_production
        used = cls.bare_move(lot, quantity, cls.stock, place)
        made = cls.bare_move(cls.vat, quantity, place, cls.stock)
        (used | made)._action_done()
        made.move_line_ids.consume_line_ids = used.move_line_ids

    @classmethod
    def happen(cls, lot, day, parent=None):
        """Let a receipt or a production have been some days after Monday."""
        lines = cls.env["stock.move.line"].search(
            [("lot_id", "=", lot.id), ("location_dest_id", "=", cls.stock.id)]
        )
        if parent:
            lines = lines.filtered(lambda line: parent in line.consume_line_ids.lot_id)
        (lines | lines.consume_line_ids).date = cls.monday + timedelta(days=day)

    def test_it_is_not_certain_what_dates_make_impossible(self):
        self.assertEqual(self.node(self.bad, "EARLY")["certain"], 0)
        self.assertEqual(self.node(self.early, "BAD")["certain"], 0)
        self.assertAlmostEqual(self.node(self.bad, "LATE")["certain"], 2.5)
        self.assertAlmostEqual(self.node(self.late, "BAD")["certain"], 2.5)

    def test_it_is_marked_and_not_left_out(self):
        answer = self.bad.trace("forward")
        early = {node["name"] for node in answer["nodes"] if node["too_early"]}
        self.assertEqual(early, {"EARLY"})
        edges = [edge for edge in answer["edges"] if edge["too_early"]]
        self.assertEqual(
            [(edge["parent_id"], edge["child_id"]) for edge in edges],
            [(self.vat.id, self.early.id)],
        )
        self.assertEqual(self.node(self.bad, "EARLY")["proportional"], 2.5)
        graph = self.bad.get_genealogy({"direction": "forward"})
        self.assertEqual((graph["counts"]["forward"], graph["made_before"]), (3, 1))

    def test_from_below_the_ingredient_that_came_later_is_marked(self):
        answer = self.early.trace("back")
        early = {node["name"] for node in answer["nodes"] if node["too_early"]}
        self.assertEqual(early, {"BAD"})

    def test_nothing_is_marked_where_dates_agree(self):
        answer = self.good.trace()
        self.assertFalse([node for node in answer["nodes"] if node["too_early"]])
        self.assertFalse([edge for edge in answer["edges"] if edge["too_early"]])

    def test_a_recall_stops_it_and_shows_both_counts(self):
        recall = self.env["stock.recall"]._launch(self.bad, "Stones")
        self.assertEqual((recall.lot_count, recall.early_count), (4, 1))
        early = recall.lot_ids.filtered("is_too_early").lot_id
        self.assertEqual(early, self.early)
        self.assertEqual(early.disposition_id, self.disposition("recalled"))
        recalls = self.env["stock.recall"]
        page = recalls._page(recalls._reached(self.bad), "lots")
        marked = [lot["name"] for lot in page["rows"] if lot["is_too_early"]]
        self.assertEqual(marked, ["EARLY"])

    def test_what_was_made_before_the_part_was_used_is_not_certain(self):
        """The part was added to an order when all of it was made."""
        line = self.env["stock.move.line"].search(
            [("lot_id", "=", self.bad.id), ("location_id", "=", self.stock.id)]
        )
        line.date = self.monday + timedelta(days=9)
        self.assertEqual(self.node(self.bad, "VAT")["certain"], 0)
        self.assertTrue(self.node(self.bad, "VAT")["too_early"])
        self.assertEqual(self.node(self.bad, "VAT")["proportional"], 10)

    def test_what_was_made_before_the_part_was_received_is_not_certain(self):
        self.happen(self.bad, 9)
        self.assertEqual(self.node(self.bad, "VAT")["certain"], 0)
        self.assertTrue(self.node(self.bad, "VAT")["too_early"])

    def test_a_link_by_hand_says_nothing_of_when(self):
        self.env["stock.lot.link"]._link_by_hand(self.bad, self.early, 1, 20, "Seen")
        self.assertFalse(self.node(self.bad, "EARLY")["too_early"])
        self.assertEqual(self.node(self.bad, "EARLY")["certain"], 1)
