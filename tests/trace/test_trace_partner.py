from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.trace.exceptions import ConsigneeIsKeptError
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestPartnerBatches(KitchenCase):
    """Customer service looks up what a customer received."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = cls.put_on_hand(cls.make_lot(cls.hummus, "H-1"), 10)
        cls.bad = cls.put_on_hand(cls.make_lot(cls.hummus, "H-2"), 10)
        cls.old = cls.put_on_hand(cls.make_lot(cls.hummus, "H-3", expires_in=5), 10)
        cls.yard = cls.make_partner("Market yard", parent_id=cls.market.id)
        cls.deliver(cls.hummus, 1, cls.market, lot=cls.good)
        cls.deliver(cls.hummus, 2, cls.yard, lot=cls.bad)
        cls.deliver(cls.hummus, 2, cls.market, lot=cls.old)

    def counts(self, partner):
        partner.invalidate_recordset()
        return partner.batch_count, partner.batch_alert_count

    def test_all_addresses_count_and_bad_batches_stand_out(self):
        self.assertEqual(self.counts(self.market), (3, 0))
        self.bad._set_disposition(self.disposition("recalled"), "Stones")
        self.old.expiration_date = "2020-01-01"
        self.assertEqual(self.counts(self.market), (3, 2))
        self.assertEqual(self.counts(self.yard), (3, 2))
        self.assertEqual(self.counts(self.bistro), (0, 0))

    def test_who_has_received_a_batch_is_kept(self):
        keeper = self.user("keeper", "base.group_partner_manager")
        for partner in (self.yard, self.yard | self.bistro):
            mine = partner.with_user(keeper).with_context(_force_unlink=True)
            with self.assertRaises(ConsigneeIsKeptError) as refusal:
                mine.unlink()
            self.assertEqual(refusal.exception.partner, self.yard)
        self.yard.with_user(keeper).active = False
        line = self.bad.quant_ids.product_id.stock_move_ids.move_line_ids
        self.assertIn(self.yard, line.consignee_id)
        self.bistro.with_user(keeper).unlink()

    def test_who_has_received_other_goods_may_go(self):
        salt = self.env["product.product"].create({"name": "Salt"})
        picking = self.order(salt, 1, self.bistro)
        picking.move_ids.quantity = 1
        self.validate(picking)
        self.assertEqual(picking.move_line_ids.consignee_id, self.bistro)
        self.bistro.unlink()

    def test_merged_with_another_the_other_has_received_it(self):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.yard | self.bistro).ids, self.bistro)
        self.assertFalse(self.yard.exists())
        self.env.invalidate_all()
        lines = self.env["stock.move.line"].search([("lot_id", "=", self.bad.id)])
        self.assertEqual(lines.consignee_id, self.bistro)

    def test_the_list_says_what_when_and_how_it_stands(self):
        action = self.yard.action_open_batches()
        lines = self.env["stock.move.line"].search(action["domain"])
        self.assertEqual(lines.lot_id, self.good | self.bad | self.old)
        self.bad._set_disposition(self.disposition("hold"), "Odd")
        line = lines.filtered(lambda line: line.lot_id == self.bad)
        self.assertFalse(line.lot_may_go)
        opened = line.action_lot_genealogy()
        self.assertEqual(opened["params"]["lot_ids"], self.bad.ids)

    def test_what_came_back_counts_against_what_was_sent(self):
        delivery = self.deliver(self.hummus, 4, self.bistro, lot=self.good)
        self.take_back(delivery, 3)
        action = self.bistro.action_open_batches()
        lines = self.env["stock.move.line"].search(action["domain"])
        self.assertEqual(sorted(lines.mapped("received_quantity")), [-3, 4])

    def test_who_may_not_see_batches_sees_none_here(self):
        office = self.env["res.users"].create(
            {
                "name": "Office",
                "login": "office",
                "group_ids": [(6, 0, self.env.ref("base.group_user").ids)],
            }
        )
        partner = self.market.with_user(office)
        self.assertEqual(partner.batch_count, 0)
        with self.assertRaises(AccessError):
            partner.action_open_batches()
