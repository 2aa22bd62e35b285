from odoo.tests import tagged

from ...models.recall.exceptions import RecallRightMissingError
from ...models.reconcile.exceptions import NothingToReturnError
from ..answer.answer_case import AnswerCase


@tagged("post_install", "-at_install")
class TestReconcileReturns(AnswerCase):
    """Returns are prepared from what consignees say they have."""

    def setUp(self):
        super().setUp()
        self.recall = self.launch()
        self.mine = self.row(self.recall, self.market, self.first)
        self.answer(self.recall, self.market, {self.first: {"on_hand": 30, "used": 10}})

    def prepare(self, rows=None):
        action = (rows or self.mine).with_user(self.manager).action_prepare_returns()
        return self.env["stock.picking"].search(action["domain"])

    def test_a_return_of_the_delivery_with_the_lot(self):
        picking = self.prepare()
        self.assertEqual(picking.return_id, self.to_market)
        self.assertEqual(
            picking.move_ids.origin_returned_move_id, self.to_market.move_ids
        )
        line = picking.move_line_ids
        self.assertEqual((line.lot_id, line.quantity), (self.first, 30))

    def test_when_it_is_done_it_is_recovered(self):
        picking = self.prepare()
        self.validate(picking)
        self.assertEqual(picking.state, "done")
        self.assertEqual(
            (self.mine.recovered, self.mine.located, self.mine.state), (30, 0, "closed")
        )

    def test_what_is_awaited_is_not_prepared_again(self):
        self.prepare()
        with self.assertRaises(NothingToReturnError):
            self.prepare()

    def test_the_last_delivery_comes_first(self):
        self.deliver(self.hummus, 5, self.market, lot=self.other)
        late = self.deliver(self.hummus, 20, self.market, lot=self.other)
        recall = self.launch(self.other)
        self.answer(recall, self.market, {self.other: {"on_hand": 22, "used": 3}})
        pickings = self.prepare(self.row(recall, self.market, self.other))
        amounts = {p.return_id: p.move_line_ids.quantity for p in pickings}
        self.assertEqual(amounts[late], 20)
        self.assertEqual(sum(amounts.values()), 22)

    def test_who_is_no_recall_manager_prepares_none(self):
        with self.assertRaises(RecallRightMissingError):
            self.mine.with_user(self.user("clerk")).action_prepare_returns()

    def test_deliveries_of_many_are_looked_for_at_once(self):
        rows = self.recall.consignee_ids
        self.assertGreater(len(rows), 1)
        counts = []
        for some in (rows, rows[:1], rows):  # the first one fills caches
            self.env.flush_all()
            self.env.invalidate_all()
            some.mapped("lot_id"), some.mapped("partner_id"), some.mapped("company_id")
            before = self.env.cr.sql_log_count
            delivered = some._delivered_lines()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(set(delivered), set(some))
        self.assertEqual(counts[1], counts[2])
