from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.answer.exceptions import (
    AnswerIsEmptyError,
    AnswerIsEvidenceError,
    AnswerOutdatedError,
    AnswerRefusedError,
    AnswerTooLateError,
)
from .answer_case import AnswerCase


@tagged("post_install", "-at_install")
class TestAnswerTold(AnswerCase):
    """Consignees answer."""

    def test_the_row_says_what_was_told_last(self):
        recall = self.launch()
        self.answer(recall, self.market, {self.first: {"on_hand": 30, "used": 10}})
        self.answer(recall, self.market, {self.first: {"on_hand": 20, "used": 20}})
        row = self.row(recall, self.market, self.first)
        self.assertEqual((row.on_hand, row.used, row.has_answered), (20, 20, True))
        self.assertEqual(row.answer_line_ids.sorted("id").mapped("used"), [10, 20])

    def test_one_batch_of_two_is_a_part(self):
        recall = self.launch()
        self.answer(recall, self.market, {self.first: {"on_hand": 40}})
        rows = recall._rows_of(self.market)
        missing = rows.filtered(lambda row: not row.has_answered)
        self.assertEqual(missing.lot_id, self.second)

    def test_every_answer_is_an_event(self):
        recall = self.launch()
        self.answer(
            recall,
            self.market,
            {self.first: {"on_hand": 40}},
            values={"contact_name": "Ann Lee"},
        )
        event = self.env["stock.lot.event"].search(
            [("res_model", "=", "stock.recall"), ("res_id", "=", recall.id)],
            order="id desc",
            limit=1,
        )
        self.assertIn("Corner Market", event.what)
        self.assertIn("1 batches", event.new_value)

    def test_an_event_is_for_ever_and_names_no_person(self):
        recall = self.launch()
        self.answer(
            recall,
            self.market,
            {self.first: {"on_hand": 40}},
            values={"contact_name": "Ann Lee", "note": "Ring Bob Ray at 555 0100"},
        )
        events = self.env["stock.lot.event"].search(
            [("res_model", "=", "stock.recall"), ("res_id", "=", recall.id)]
        )
        said = str(events.read(["what", "old_value", "new_value", "reason"]))
        for name in ("Ann Lee", "Bob Ray"):
            self.assertNotIn(name, said)

    def test_more_than_was_received_is_refused(self):
        recall = self.launch()
        with self.assertRaisesRegex(AnswerRefusedError, "H-2.* 3 more than the 9"):
            self.answer(recall, self.market, {self.second: {"returned": 12}})
        self.assertFalse(recall.answer_ids)
        self.assertFalse(self.row(recall, self.market, self.second).answered_at)

    def test_staff_takes_more_with_a_reason(self):
        recall = self.launch()
        told = {self.second: {"returned": 12}}
        self.answer(recall, self.market, told, accepted_reason="Found 3 of a sample")
        self.assertEqual(recall.answer_ids.accepted_reason, "Found 3 of a sample")
        self.assertEqual(self.row(recall, self.market, self.second).told_returned, 12)

    def test_below_nothing_is_accepted_by_nobody(self):
        recall = self.launch()
        with self.assertRaises(AnswerRefusedError):
            self.answer(
                recall,
                self.market,
                {self.first: {"on_hand": -1}},
                accepted_reason="Because",
            )

    def test_the_same_key_is_one_answer(self):
        recall = self.launch()
        told = {self.first: {"on_hand": 40}}
        once = self.answer(recall, self.market, told, key="k1")
        again = self.answer(recall, self.market, {self.first: {"used": 1}}, key="k1")
        self.assertEqual(once, again)
        self.assertEqual(self.row(recall, self.market, self.first).on_hand, 40)

    def test_nothing_told_is_no_answer(self):
        recall = self.launch()
        with self.assertRaises(AnswerIsEmptyError):
            self.answer(recall, self.market, {})

    def test_an_older_version_is_not_answered(self):
        recall = self.launch()
        recall.sudo().version = 2
        with self.assertRaises(AnswerOutdatedError):
            self.answer(recall, self.market, {self.first: {"used": 1}}, version=1)
        self.answer(recall, self.market, {self.first: {"used": 1}}, version=2)

    def test_a_batch_that_a_newer_version_changed_is_asked_again(self):
        recall = self.launch()
        told = {self.first: {"used": 40}, self.second: {"used": 9}}
        self.answer(recall, self.market, told)
        recall.sudo().version = 2
        self.row(recall, self.market, self.second).sudo().version = 2
        waiting = recall._rows_of(self.market).filtered(lambda r: not r.has_answered)
        self.assertEqual(waiting.lot_id, self.second)

    def test_a_closed_recall_takes_none(self):
        recall = self.launch()
        recall.sudo().state = "closed"
        with self.assertRaises(AnswerTooLateError):
            self.answer(recall, self.market, {self.first: {"used": 1}})

    def test_who_declines_is_shown_the_delivery(self):
        recall = self.launch()
        told = {self.second: {"is_declined": True, "note": "Never received H-2"}}
        self.answer(recall, self.market, told)
        row = self.row(recall, self.market, self.second)
        delivery = self.env["stock.move.line"].search(
            [
                ("lot_id", "=", self.second.id),
                ("consignee_id", "=", self.market.id),
            ]
        )
        self.assertEqual(row.evidence_ids, delivery.picking_id)
        self.assertIn("dispute", recall.sudo().activity_ids.summary)
        self.assertEqual(row.told_note, "Never received H-2")
        self.assertFalse((recall.consignee_ids - row).evidence_ids)
        self.assertNotIn("H-1", recall.sudo().activity_ids.note)

    def test_a_name_is_no_code_in_the_activity(self):
        self.market.name = "<script>alert(1)</script>"
        recall = self.launch()
        self.answer(recall, self.market, {self.first: {"is_declined": True}})
        self.assertNotIn("<script>", recall.sudo().activity_ids.note)

    def test_answers_are_changed_by_nobody(self):
        recall = self.launch()
        kept = self.answer(recall, self.market, {self.first: {"used": 1}})
        with self.assertRaises(AccessError):
            kept.with_user(self.manager).note = "Other"
        with self.assertRaises(AccessError):
            kept.with_user(self.manager).unlink()
        with self.assertRaises(AnswerIsEvidenceError):
            kept.sudo().unlink()

    def test_a_batch_that_was_cleared_is_not_asked(self):
        recall = self.launch()
        reached = recall.lot_ids.filtered(lambda line: line.lot_id == self.second)
        reached.sudo().is_cleared = True
        self.assertEqual(recall._rows_of(self.market).lot_id, self.first)

    def test_a_company_answers_for_its_sites(self):
        site = self.make_partner("Shop", parent_id=self.market.id)
        self.deliver(self.hummus, 5, site, lot=self.first)
        recall = self.launch()
        self.assertEqual(sum(recall._rows_of(self.market).mapped("net")), 54)
        self.assertEqual(sum(recall._rows_of(site).mapped("net")), 5)
