from unittest.mock import patch

from odoo.tests import tagged

from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestConsignee(KitchenCase):
    """Each line knows who received its goods, whatever is changed afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.put_on_hand(cls.make_lot(cls.hummus, "H-1"), 100)

    def setUp(self):
        super().setUp()
        self.addCleanup(self.assert_consignees_are_right)

    def consignment_of(self, line):
        return line.consignment, line.consignee_id

    def send_straight(self, to):
        """Have the supplier send goods to somebody; return the done transfer."""
        picking = self.transfer(
            self.warehouse.out_type_id, self.suppliers, self.customers, self.supplier
        )
        move = self.add_move(picking, self.hummus, 3)
        move.partner_id = to
        picking.action_confirm()
        move.move_line_ids.unlink()
        self.add_line(move, self.lot, 3)
        self.validate(picking)
        return picking

    def test_a_delivery_has_its_receiver(self):
        sent = self.order(self.hummus, 6, self.market, lot=self.lot)
        line = sent.move_line_ids
        self.assertEqual(self.consignment_of(line), (False, self.env["res.partner"]))
        self.validate(sent)
        self.assertEqual(self.consignment_of(line), ("delivered", self.market))

    def test_a_receipt_reaches_no_customer(self):
        received = self.receive(self.chickpeas, "CP-1", 10)
        lines = self.env["stock.move.line"].search([("lot_id", "=", received.id)])
        self.assertEqual(self.consignment_of(lines), (False, self.env["res.partner"]))

    def test_a_return_by_another_address_counts_against_the_receiver(self):
        sent = self.deliver(self.hummus, 6, self.market, lot=self.lot)
        back = self.take_back(sent, 2)
        back.partner_id = self.bistro
        self.assertEqual(
            self.consignment_of(back.move_line_ids), ("returned", self.market)
        )

    def test_a_return_without_its_delivery_counts_against_the_sender(self):
        back = self.transfer(
            self.warehouse.in_type_id, self.customers, self.stock, self.bistro
        )
        move = self.add_move(back, self.hummus, 2)
        back.action_confirm()
        move.move_line_ids.unlink()
        line = self.add_line(move, self.lot, 2)
        self.validate(back)
        self.assertEqual(self.consignment_of(line), ("returned", self.bistro))

    def test_goods_sent_straight_are_received_by_the_addressee(self):
        sent = self.send_straight(self.market)
        self.assertEqual(
            self.consignment_of(sent.move_line_ids), ("delivered", self.market)
        )
        back = self.take_back(sent, 1)
        self.assertEqual(
            self.consignment_of(back.move_line_ids), ("returned", self.market)
        )

    def test_a_corrected_address_corrects_the_receiver(self):
        sent = self.deliver(self.hummus, 6, self.market, lot=self.lot)
        back = self.take_back(sent, 2)
        sent.partner_id = self.bistro
        self.assertEqual(sent.move_line_ids.consignee_id, self.bistro)
        self.assertEqual(back.move_line_ids.consignee_id, self.bistro)

    def test_a_corrected_lot_keeps_the_receiver(self):
        sent = self.deliver(self.hummus, 6, self.market, lot=self.lot)
        other = self.put_on_hand(self.make_lot(self.hummus, "H-2"), 100)
        sent.move_line_ids.lot_id = other
        consignees = self.env["stock.lot.trace"]._consignees
        self.assertFalse(consignees(self.lot))
        [(_lot, partner_id, quantity, *_rest)] = consignees(other)
        self.assertEqual((partner_id, quantity), (self.market.id, 6))

    def test_a_place_that_becomes_a_customers_counts_as_one(self):
        shop = self.env["stock.location"].create({"name": "Shop", "usage": "inventory"})
        move = self.bare_move(self.lot, 4, shop, self.stock)
        move._action_done()
        self.assertFalse(move.move_line_ids.consignment)
        shop.usage = "customer"
        self.assertEqual(move.move_line_ids.consignment, "returned")

    def test_lines_from_before_the_addon_are_filled(self):
        sent = self.deliver(self.hummus, 6, self.market, lot=self.lot)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stock_move_line SET consignment = NULL, consignee_id = NULL"
        )
        self.env.invalidate_all()
        checks = self.env["stock.lot.link.check"]
        found = checks.browse(checks.action_check()["res_id"]).difference_ids
        wrong = found.filtered(lambda row: row.parent_lot_id == self.lot)
        self.assertEqual(wrong.problem, "consignee")
        self.env["stock.move.line"]._fill_consignees()
        self.assertEqual(
            self.consignment_of(sent.move_line_ids), ("delivered", self.market)
        )

    def test_an_update_that_adds_them_fills_them(self):
        sent = self.deliver(self.hummus, 6, self.market, lot=self.lot)
        self.env.flush_all()
        lines = self.env["stock.move.line"]
        self.env.cr.execute(
            "ALTER TABLE stock_move_line"
            " DROP COLUMN consignment, DROP COLUMN consignee_id"
        )
        with patch.object(self.env.registry, "post_init") as later:
            lines._auto_init()
        queued = [call.args[0] for call in later.call_args_list]
        [fill] = [hook for hook in queued if hook.__name__ == "_fill_consignees"]
        fill()
        self.env.invalidate_all()
        self.assertEqual(
            self.consignment_of(sent.move_line_ids), ("delivered", self.market)
        )

    def test_a_made_up_consignee_is_found(self):
        received = self.receive(self.chickpeas, "CP-1", 10)
        line = self.env["stock.move.line"].search([("lot_id", "=", received.id)])
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stock_move_line SET consignment = 'delivered' WHERE id = %s",
            [line.id],
        )
        self.env.invalidate_all()
        self.assertEqual(line.consignment, "delivered")
        self.env["stock.move.line"]._fill_consignees()
        self.assertFalse(line.consignment)
