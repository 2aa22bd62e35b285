from datetime import date
from math import isnan

from odoo.tests import BaseCase

from ...tools.answer.form import (
    kind_of,
    read_day,
    read_onward,
    read_quantity,
    read_text,
)
from ...tools.answer.ledger import Row, Told, settle, shared


class TestAnswerReading(BaseCase):
    """What people type into the page."""

    def test_quantities_as_people_write_them(self):
        read = {"12": 12, "12,5": 12.5, " 1 200 ": 1200, "": None, "0": 0, "-3": -3}
        self.assertEqual({text: read_quantity(text) for text in read}, read)

    def test_what_is_no_quantity(self):
        for text in ("twelve", "1e9", "1,234", "12 kg", "--3", "NaN", "9" * 400, "٣٤x"):
            self.assertTrue(isnan(read_quantity(text)), text)

    def test_days_come_as_browsers_send_them(self):
        self.assertEqual(read_day("2026-11-30"), date(2026, 11, 30))
        for text in ("30.11.2026", "", None, "2026-13-01"):
            self.assertIsNone(read_day(text))

    def test_text_is_cut_and_cleaned(self):
        self.assertEqual(read_text("  Ann\x00 \u202eLee" + "x" * 200)[:9], "Ann Leexx")
        self.assertEqual(len(read_text("x" * 500)), 100)

    def test_who_got_it_is_a_line_each(self):
        names = read_onward("Shop 1, one@shop.example, 12\nShop 2; 3,5\n\n, \n")
        self.assertEqual(
            [(who.name, who.email, who.quantity) for who in names],
            [("Shop 1", "one@shop.example", 12), ("Shop 2", "", 3.5)],
        )
        self.assertEqual(len(read_onward("Shop\n" * 500)), 100)

    def test_a_file_is_what_it_begins_with(self):
        self.assertEqual(kind_of(b"%PDF-1.7"), "application/pdf")
        self.assertEqual(kind_of(b"\xff\xd8\xff\xe0"), "image/jpeg")
        for content in (b"<svg>", b"<html>", b"MZ", b"", b" %PDF-"):
            self.assertIsNone(kind_of(content))


class TestLedgerRow(BaseCase):
    """What was told, and what came in since."""

    def settled(self, shipped, received=0.0, **more):
        told = more.pop("told", None)
        told = Told(**told) if told else None
        return settle(Row(shipped, told=told, received=received, **more)).line

    def test_nothing_told_and_nothing_in(self):
        line = self.settled(10)
        self.assertEqual((line.unaccounted, line.recovered), (10, 0))

    def test_what_comes_in_was_on_hand_before(self):
        line = self.settled(10, 6, told={"on_hand": 10})
        self.assertEqual((line.on_hand, line.returned, line.excess), (4, 6, 0))

    def test_what_was_told_to_be_sent_is_not_back_until_it_is(self):
        line = self.settled(10, told={"returned": 10})
        self.assertEqual((line.recovered, line.unaccounted), (0, 0))
        line = self.settled(10, 10, told={"returned": 10})
        self.assertEqual((line.recovered, line.on_hand), (10, 0))

    def test_what_had_come_before_the_answer_is_no_part_of_what_was_on_hand(self):
        line = self.settled(10, 4, told={"on_hand": 6}, received_then=4)
        self.assertEqual((line.on_hand, line.returned, line.excess), (6, 4, 0))

    def test_more_than_all_is_seen(self):
        line = self.settled(10, 3, told={"used": 10})
        self.assertEqual(line.excess, 3)

    def test_goods_of_the_next_tier_that_come_by_the_wholesaler(self):
        told = {"on_hand": 100, "used": 50, "passed_on": 850}
        line = self.settled(1000, 400, told=told, returned_by_next=400)
        self.assertEqual((line.returned, line.on_hand, line.passed_on), (0, 100, 850))

    def test_what_the_next_tier_has_not_told_of_is_recovered_with_the_wholesaler(self):
        told = {"used": 150, "passed_on": 850}
        line = self.settled(1000, 400, told=told)
        self.assertEqual((line.returned, line.passed_on, line.excess), (400, 450, 0))

    def test_what_the_next_tier_says_it_sent_is_on_its_way(self):
        """One rule for all tiers: recovered is what came in by our documents."""
        row = Row(500, told=Told(returned=400))
        settled = settle(row)
        self.assertEqual((settled.line.recovered, settled.on_its_way), (0, 400))
        self.assertEqual(settled.line.unaccounted, 100)
        settled = settle(row._replace(received_by_way=300))
        self.assertEqual((settled.line.recovered, settled.on_its_way), (300, 100))
        settled = settle(row._replace(received=100, received_by_way=300))
        self.assertEqual((settled.line.recovered, settled.on_its_way), (400, 0))

    def test_what_came_by_way_of_the_wholesaler_is_shared_once(self):
        came = settle(
            Row(1000, told=Told(passed_on=850), received=400, returned_by_next=500)
        )
        self.assertEqual((came.line.returned, came.by_way), (0, 400))
        self.assertEqual(shared(came.by_way, [300, 200]), [300, 100])

    def test_what_a_wholesaler_sends_is_on_its_way_whatever_came_by_him(self):
        told = Told(returned=150, passed_on=850)
        settled = settle(Row(1000, told=told, received=850, returned_by_next=850))
        self.assertEqual((settled.line.returned, settled.on_its_way), (0, 150))
        self.assertEqual(settled.line.unaccounted, 0)
