from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...models.reconcile.exceptions import WaivedWithoutReasonError
from ..answer.answer_case import AnswerCase


@tagged("post_install", "-at_install")
class TestReconcileLedger(AnswerCase):
    """What became of what each consignee had of each batch."""

    def setUp(self):
        super().setUp()
        self.recall = self.launch()
        self.mine = self.row(self.recall, self.market, self.first)
        self.second_row = self.row(self.recall, self.market, self.second)

    def test_before_anybody_answers(self):
        self.assertEqual(set(self.recall.consignee_ids.mapped("state")), {"waiting"})
        self.assertEqual(self.mine.distributed, self.mine.unaccounted)

    def test_all_gone_is_closed(self):
        told = {"used": 30, "used_before": 30, "destroyed": 10}
        self.answer(self.recall, self.market, {self.first: told})
        row = self.mine
        self.assertEqual(
            (row.state, row.recovered, row.gone, row.unaccounted),
            ("closed", 10, 30, 0),
        )

    def test_what_lies_with_them_is_located_and_not_recovered(self):
        self.answer(self.recall, self.market, {self.first: {"on_hand": 40}})
        row = self.mine
        self.assertEqual(
            (row.state, row.located, row.recovered, row.unaccounted), ("open", 40, 0, 0)
        )

    def test_it_closes_when_it_has_come_back(self):
        self.answer(self.recall, self.market, {self.first: {"returned": 40}})
        self.assertEqual((self.mine.state, self.mine.on_its_way), ("open", 40))
        self.take_back(self.to_market, 40)
        row = self.mine
        self.assertEqual((row.state, row.recovered, row.on_its_way), ("closed", 40, 0))

    def test_nothing_counts_twice(self):
        self.answer(self.recall, self.market, {self.first: {"on_hand": 40}})
        self.take_back(self.to_market, 15)
        self.answer(
            self.recall, self.market, {self.first: {"on_hand": 25, "returned": 15}}
        )
        row = self.mine
        self.assertEqual(
            (row.recovered, row.located, row.unaccounted, row.excess), (15, 25, 0, 0)
        )

    def test_more_than_distributed_is_capped_and_flagged(self):
        told = {self.second: {"destroyed": 12}}
        self.answer(self.recall, self.market, told, accepted_reason="Counted twice")
        self.assertEqual((self.second_row.recovered, self.second_row.excess), (9, 3))
        figures = self.recall.progress["units"][0]
        self.assertEqual((figures["recovered"], figures["excess"]), (9, 3))

    def test_what_was_not_located_stays_open_until_it_is_given_up(self):
        told = {self.second: {"used": 7, "not_located": 2}}
        self.answer(self.recall, self.market, told)
        row = self.second_row
        self.assertEqual((row.state, row.unaccounted), ("open", 2))
        with self.assertRaises(WaivedWithoutReasonError):
            row.with_user(self.manager)._waive(" ")
        row.with_user(self.manager)._waive("Searched twice")
        self.assertEqual((row.state, row.waived_by_id), ("closed", self.manager))
        self.assertEqual(row.unaccounted, 2)
        row.with_user(self.manager).action_take_up_again()
        self.assertEqual(row.state, "open")

    def test_who_declines_is_in_dispute_until_they_say_otherwise(self):
        told = {self.second: {"is_declined": True}}
        self.answer(self.recall, self.market, told)
        self.assertEqual(self.second_row.state, "dispute")
        self.answer(self.recall, self.market, {self.second: {"used": 9}})
        self.assertEqual(self.second_row.state, "closed")

    def test_nobody_writes_it_by_hand(self):
        clerk = self.user("clerk")
        for user in (self.manager, clerk):
            with self.assertRaises(AccessError):
                self.mine.with_user(user).waived_reason = "Because"
        with self.assertRaises(AccessError):
            self.mine.with_user(clerk)._waive("Because")

    def test_giving_up_asks_why(self):
        asks = self.env["stock.recall.reason.ask"].with_user(self.manager)
        form = Form(asks.with_context(default_consignee_ids=[self.mine.id]))
        form.reason = "Out of business"
        form.save().do_step()
        self.assertEqual(self.mine.waived_reason, "Out of business")
        event = self.env["stock.lot.event"].search([], order="id desc", limit=1)
        self.assertEqual(event.reason, "Out of business")

    def test_a_batch_that_was_cleared_counts_no_more(self):
        self.recall._clear(self.second, "Sieved, and nothing found")
        self.assertTrue(self.second_row.is_cleared)
        self.assertEqual(self.recall.progress["units"][0]["distributed"], 48)
