from ...models.answer.stock_recall_answering import Answer
from ...tools.answer.ledger import Told
from ..common import KitchenCase


class AnswerCase(KitchenCase):
    """Listeria: H-1 and H-2 are recalled. Market had 40 and 9 of them, bistro 8.

    H-3 is nobody's concern.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.receive(cls.hummus, "H-1", 100)
        cls.second = cls.receive(cls.hummus, "H-2", 100)
        cls.other = cls.receive(cls.hummus, "H-3", 100)
        cls.to_market = cls.deliver(cls.hummus, 40, cls.market, lot=cls.first)
        cls.deliver(cls.hummus, 9, cls.market, lot=cls.second)
        cls.deliver(cls.hummus, 8, cls.bistro, lot=cls.first)
        cls.manager = cls.user("recaller", "batch_tracking.group_recall_manager")

    def launch(self, lots=None, kind="recall"):
        recalls = self.env["stock.recall"].with_user(self.manager)
        lots = (lots or self.first | self.second).with_user(self.manager)
        return recalls._launch(lots, "Listeria", kind=kind)

    def row(self, recall, partner, lot):
        return recall.consignee_ids.filtered(
            lambda row: row.partner_id == partner and row.lot_id == lot
        )

    def answer(self, recall, partner, told, **more):
        """Let a partner tell ``{stock.lot: {quantity: how much}}``."""
        more = {"kind": "told", "channel": "page", **more}
        rows = {
            self.row(recall, partner, lot): Told(**quantities)
            for lot, quantities in told.items()
        }
        return recall._take_answer(partner, Answer(told=rows, **more))
