from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.recall.exceptions import RecallIsClosedError, RecallRightMissingError
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestReturnedGoods(KitchenCase):
    """Recalled hummus comes back from a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.receive(cls.hummus, "H-1", 20)
        cls.delivery = cls.deliver(cls.hummus, 10, cls.market, lot=cls.lot)
        cls.recaller = cls.user("recaller", "batch_tracking.group_recall_manager")

    def recall(self, **values):
        recalls = self.env["stock.recall"].with_user(self.recaller)
        return recalls._launch(self.lot.with_user(self.recaller), "Listeria", **values)

    def quarantine(self, name="Cage", code="quarantine"):
        return self.env["stock.location"].create(
            {
                "name": name,
                "location_id": self.stock.id,
                "disposition_id": self.disposition(code).id,
            }
        )

    def come_back(self):
        """Return the transfer by which four come back, and where they lie then."""
        picking = self.take_back(self.delivery, 4)
        return picking, picking.move_line_ids.location_dest_id

    def test_it_goes_to_the_quarantine_with_a_word(self):
        cage = self.quarantine()
        self.recall()
        picking, place = self.come_back()
        self.assertEqual(place, cage)
        self.assertIn("H-1 came back and is recalled", picking.message_ids[0].body)
        self.assert_stock_adds_up(self.hummus)

    def test_a_place_for_recalled_goods_comes_first(self):
        self.quarantine("A cage")
        for_recalled = self.quarantine("Returns", "recalled")
        self.recall()
        self.assertEqual(self.come_back()[1], for_recalled)

    def test_without_a_quarantine_it_is_said(self):
        self.recall()
        picking, place = self.come_back()
        self.assertEqual(place, self.stock)
        self.assertIn("put it apart", picking.message_ids[0].body)

    def test_the_transfer_says_in_red_what_to_do(self):
        self.recall()
        picking = self.come_back()[0]
        self.assertIn("put it apart", picking.recall_notice)
        self.assertFalse(self.delivery.recall_notice)

    def test_what_is_not_recalled_comes_back_as_ever(self):
        self.quarantine()
        self.recall(kind="drill")
        picking, place = self.come_back()
        self.assertEqual(place, self.stock)
        self.assertNotIn("came back", "".join(picking.message_ids.mapped("body")))
        self.assertFalse(picking.recall_notice)


@tagged("post_install", "-at_install")
class TestClosing(KitchenCase):
    """Only who works a recall closes it, and once."""

    def test_another_company_closes_nothing(self):
        lot = self.receive(self.hummus, "H-1", 20)
        recaller = self.user("recaller", "batch_tracking.group_recall_manager")
        recall = self.env["stock.recall"].with_user(recaller)
        recall = recall._launch(lot.with_user(recaller), "Listeria")
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        stranger = self.user("stranger", "batch_tracking.group_recall_manager")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        with self.assertRaises(AccessError):
            recall.with_user(stranger).with_company(other).action_close()
        with self.assertRaises(RecallRightMissingError):
            recall.with_user(self.user("clerk")).action_close()
        self.assertEqual(recall.state, "progress")
        closer = self.user("closer", "batch_tracking.group_recall_manager")
        recall.with_user(closer).action_close()
        with self.assertRaises(RecallIsClosedError):
            recall.with_user(closer).action_close()

    def test_lots_of_another_company_are_not_recalled(self):
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        lot = self.make_lot(self.hummus, "H-1", company_id=other.id)
        recaller = self.user("recaller", "batch_tracking.group_recall_manager")
        recalls = self.env["stock.recall"].with_user(recaller)
        with self.assertRaises(AccessError):
            recalls._launch(lot.with_user(recaller), "Listeria")
