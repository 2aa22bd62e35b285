from ..common import KitchenCase

MANAGER = "batch_tracking.group_recall_manager"


class RecallCase(KitchenCase):
    """Bad chickpeas became a mash and two lots of hummus; a market has some of one.

    CP-1 20 kg -> M-1 (15 used) -> H-1 (40, 12 with the market), H-2 (50). Two recall
    managers.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bad = cls.receive(cls.chickpeas, "CP-1", 20)
        cls.mash_lot = cls.produce(cls.mash, "M-1", 10, uses=[(cls.bad, 15)])
        cls.first = cls.produce(cls.hummus, "H-1", 40, uses=[(cls.mash_lot, 4)])
        cls.second = cls.produce(cls.hummus, "H-2", 50, uses=[(cls.mash_lot, 5)])
        cls.deliver(cls.hummus, 12, cls.market, lot=cls.first)
        cls.manager = cls.user("recaller", MANAGER)
        cls.other_manager = cls.user("second-recaller", MANAGER)
        cls.all_lots = cls.bad | cls.mash_lot | cls.first | cls.second

    def recalls(self, user=None):
        return self.env["stock.recall"].with_user(user or self.manager)

    def launch(self, lots=None, **choices):
        return self.recalls()._launch(lots or self.bad, "Metal found", **choices)

    def draft(self, lots=None, **choices):
        return self.recalls()._draft(lots or self.bad, "Metal found", **choices)

    def events(self, recall):
        events = self.env["stock.lot.event"].search(
            [("res_model", "=", "stock.recall"), ("res_id", "=", recall.id)],
            order="id",
        )
        return events.mapped("what")
