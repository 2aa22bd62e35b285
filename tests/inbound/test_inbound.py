from odoo.tests import BaseCase, Form, tagged

from ...models.base.exceptions import SaidByMethodsError
from ...models.inbound.exceptions import NothingMatchesError, NoticeIsKnownError
from ...tools.inbound.notice_key import notice_key
from ..recall.recall_case import RecallCase


@tagged("post_install", "-at_install")
class TestRecallInbound(RecallCase):
    """A supplier recalls something that we have."""

    def notices(self):
        return self.env["stock.recall.inbound"].with_user(self.manager)

    def notice(self, lot="LOT 77", **values):
        return self.notices()._receive(
            self.supplier, "R-2026/4", [("Chickpeas, dry", lot)], **values
        )

    def test_our_batches_are_found_by_the_suppliers_number(self):
        self.bad.supplier_lot_name = "LOT 77"
        notice = self.notice(text="Stones", source="Mail")
        self.assertEqual(notice.lot_ids, self.bad)
        self.assertEqual(notice.lot_count, 1)

    def test_another_product_of_that_number_is_not_meant(self):
        (self.bad | self.first).write({"supplier_lot_name": "LOT 77"})
        notice = self.notice()
        self.assertEqual(notice.lot_ids, self.bad | self.first)
        notice.line_ids.product_id = self.chickpeas
        self.assertEqual(notice.lot_ids, self.bad)

    def test_one_click_makes_our_own_draft(self):
        self.bad.supplier_lot_name = "LOT 77"
        notice = self.notice()
        recall = self.recalls().browse(notice.action_recall()["res_id"])
        self.assertEqual((recall.state, recall.suspect_ids), ("draft", self.bad))
        self.assertIn("R-2026/4", recall.reason)
        self.assertEqual(recall.reason_id.code, "SUPPLIER")
        self.assertEqual(notice.action_recall()["res_id"], recall.id)

    def test_which_recall_is_made_of_it_is_not_typed(self):
        self.bad.supplier_lot_name = "LOT 77"
        notice = self.notice()
        notice.action_recall()
        other = self.draft(self.first)
        forged = {"recall_id": other.id, "previous_id": notice.id}
        for name, value in forged.items():
            with self.assertRaises(SaidByMethodsError), self.cr.savepoint():
                notice.write({name: value})
            values = {"firm_id": self.supplier.id, "number": "R-1", name: value}
            with self.assertRaises(SaidByMethodsError), self.cr.savepoint():
                self.notices().create(values)
        with self.assertRaises(SaidByMethodsError), self.cr.savepoint():
            notice.recall_id = False
        self.assertEqual(notice.recall_id.suspect_ids, self.bad)

    def test_what_we_never_had_is_not_recalled(self):
        with self.assertRaises(NothingMatchesError):
            self.notice().action_recall()

    def test_the_same_notice_twice_is_one_record(self):
        """R32: by mail, and from the authority's list with its own spelling."""
        first = self.notice(source="Mail")
        again = self.notices()._receive(
            self.supplier, "r 2026-4", [("CHICKPEAS dry", "lot77")], source="openFDA"
        )
        self.assertEqual(first, again)
        self.assertEqual(len(first.line_ids), 1)
        self.assertIn("openFDA", first.message_ids[0].body)

    def test_what_is_new_in_it_is_added(self):
        first = self.notice()
        again = self.notices()._receive(
            self.supplier,
            "R-2026/4",
            [("Chickpeas, dry", "LOT 77"), ("Chickpeas, dry", "LOT 78")],
        )
        self.assertEqual(first, again)
        numbers = first.line_ids.mapped("supplier_lot_name")
        self.assertEqual(numbers, ["LOT 77", "LOT 78"])

    def test_typed_twice_it_is_refused_and_named(self):
        known = self.notice()
        form = Form(self.notices())
        form.firm_id = self.supplier
        form.number = "R 2026 4"
        with form.line_ids.new() as line:
            line.product_name = "chickpeas dry"
            line.supplier_lot_name = "LOT-77"
        with self.assertRaises(NoticeIsKnownError) as refusal:
            form.save()
        self.assertEqual(refusal.exception.line, known.line_ids)

    def test_viewers_read_and_register_nothing(self):
        notice = self.notice()
        clerk = notice.with_user(self.user("clerk"))
        self.assertEqual(clerk.number, "R-2026/4")
        self.assertFalse(clerk.has_access("write") or clerk.has_access("create"))


class TestNoticeKey(BaseCase):
    """Which notices are the same."""

    def test_a_notice_received_twice_has_one_key(self):
        mail = notice_key("Müller & Co.", "F-0276-2017", "Oats 1 kg", "30661601")
        web = notice_key("MÜLLER & CO", "f-0276-2017 ", "oats 1kg", "30661601")
        self.assertEqual(mail, web)
        for other in (
            notice_key("Müller & Co.", "F-0277-2017", "Oats 1 kg", "30661601"),
            notice_key("Müller & Co.", "F-0276-2017", "Oats 1 kg", "30661602"),
        ):
            self.assertNotEqual(mail, other)
