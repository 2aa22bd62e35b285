from odoo.tests import tagged

from ...models.recall.exceptions import ConsigneesToldApartError
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestMergedConsignees(KitchenCase):
    """A recall keeps what each consignee had, was told and answered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_partner("Other", email="a@example.com")
        cls.bistro.email = cls.market.email = "a@example.com"
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 20)
        for partner in (cls.bistro, cls.market):
            cls.deliver(cls.chickpeas, 3, partner, lot=cls.lot)
        cls.recall = cls.env["stock.recall"]._launch(cls.lot, "Stones")
        cls.clerk = cls.user("contacts", "base.group_partner_manager")

    def merge(self, partners, kept):
        wizards = self.env["base.partner.merge.automatic.wizard"]
        wizards.with_user(self.clerk).sudo().create({})._merge(partners.ids, kept)
        self.env.flush_all()
        self.env.invalidate_all()

    def test_two_of_one_recall_stay_two(self):
        with self.assertRaises(ConsigneesToldApartError) as refusal:
            self.merge(self.bistro | self.market, self.market)
        self.assertEqual(refusal.exception.recall, self.recall)
        self.assertEqual(refusal.exception.partners, self.bistro | self.market)
        self.assertEqual(len(self.recall.consignee_ids), 2)

    def test_two_of_different_recalls_become_one(self):
        flour = self.receive(self.mash, "F-1", 20)
        self.deliver(self.mash, 3, self.other, lot=flour)
        second = self.env["stock.recall"]._launch(flour, "Glass")
        self.merge(self.other | self.market, self.market)
        self.assertEqual(second.consignee_ids.partner_id, self.market)
        self.assertEqual(self.recall.consignee_count, 2)

    def test_one_who_becomes_somebody_else_is_told_by_its_history(self):
        self.merge(self.bistro | self.other, self.other)
        row = self.recall.consignee_ids.filtered(
            lambda row: row.partner_id == self.other
        )
        self.assertEqual(row.delivered, 3)
        events = self.env["stock.lot.event"].search(
            [("res_model", "=", "stock.recall"), ("res_id", "=", self.recall.id)]
        )
        told = events.filtered(lambda event: event.old_value == "Lake Bistro")
        self.assertEqual((told.new_value, told.user_id), ("Other", self.clerk))
