from odoo.tests import tagged

from .answer_case import AnswerCase


@tagged("post_install", "-at_install")
class TestAnswerReturns(AnswerCase):
    """What comes in while a recall is open is counted with its row."""

    def test_what_comes_in_is_counted(self):
        recall = self.launch()
        self.take_back(self.to_market, 15)
        row = self.row(recall, self.market, self.first)
        self.assertEqual(row.received_back, 15)
        self.assertEqual(row.received_back, row.returned_since)

    def test_what_came_before_the_launch_was_not_distributed(self):
        self.take_back(self.to_market, 10)
        recall = self.launch()
        row = self.row(recall, self.market, self.first)
        self.assertEqual((row.net, row.received_back), (30, 0))
        self.take_back(self.to_market, 5)
        self.assertEqual(row.received_back, 5)

    def test_a_closed_recall_counts_no_more(self):
        recall = self.launch()
        recall.sudo().state = "closed"
        self.take_back(self.to_market, 15)
        self.assertEqual(self.row(recall, self.market, self.first).received_back, 0)

    def test_what_was_on_hand_when_they_told_is_less_when_it_comes(self):
        recall = self.launch()
        self.answer(recall, self.market, {self.first: {"on_hand": 40}})
        self.take_back(self.to_market, 15)
        line = self.row(recall, self.market, self.first)._settled().line
        self.assertEqual((line.on_hand, line.returned, line.excess), (25, 15, 0))

    def test_a_clerk_who_may_read_no_recalls_takes_goods_in(self):
        recall = self.launch()
        clerk = self.user("clerk")
        self.env["stock.picking"].browse(self.to_market.id).with_user(clerk)
        wizard = (
            self.env["stock.return.picking"]
            .with_user(clerk)
            .with_context(active_id=self.to_market.id, active_model="stock.picking")
            .create({"picking_id": self.to_market.id})
        )
        wizard.product_return_moves.quantity = 4
        picking = wizard._create_return()
        picking.move_ids.quantity = 4
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(self.row(recall, self.market, self.first).received_back, 4)
