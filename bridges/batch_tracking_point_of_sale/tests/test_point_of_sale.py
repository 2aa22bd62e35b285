from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.batch_tracking.tests.common import KitchenCase

from .till import sell


@tagged("post_install", "-at_install")
class TestPointOfSale(KitchenCase):
    """The kitchen's shop sells tubs over the counter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.till = cls.env["pos.config"].create({"name": "Till"})
        cls.till.picking_type_id = cls.warehouse.pos_type_id
        cls.till.open_ui()
        cls.good = cls.put_on_hand(cls.make_lot(cls.hummus, "H-1", expires_in=30), 10)
        cls.held = cls.put_on_hand(cls.make_lot(cls.hummus, "H-2", expires_in=30), 10)
        cls.held._set_disposition(cls.disposition("hold"), "Stones")

    def setUp(self):
        super().setUp()
        self.addCleanup(self.assert_consignees_are_right)

    def sell(self, *lots, quantity=2, customer=None):
        """Return the transfers of a paid sale of some of each lot."""
        return sell(self.till, *lots, quantity=quantity, customer=customer).picking_ids

    def test_the_till_offers_what_may_be_sold(self):
        stale = self.put_on_hand(self.make_lot(self.hummus, "H-3", expires_in=-5), 10)
        stale.removal_date = "2020-01-01"
        offered = self.env["pos.order.line"].get_existing_lots(
            self.company.id, self.till.id, self.hummus.id
        )
        self.assertEqual([lot["name"] for lot in offered], ["H-1"])

    def test_a_cashier_has_no_other_right(self):
        cashier = self.env["res.users"].create(
            {
                "name": "Cashier",
                "login": "cashier",
                "group_ids": [
                    Command.set(
                        [
                            self.env.ref("base.group_user").id,
                            self.env.ref("point_of_sale.group_pos_user").id,
                        ]
                    )
                ],
            }
        )
        self.env = self.env(user=cashier)
        offered = self.env["pos.order.line"].get_existing_lots(
            self.company.id, self.till.id, self.hummus.id
        )
        self.assertEqual([lot["name"] for lot in offered], ["H-1"])
        goods = self.hummus.with_user(cashier)
        self.assertEqual((goods.qty_available, goods.free_qty), (20, 10))
        transfer = self.sell_napkins()
        self.assertEqual(transfer.state, "done")

    def sell_napkins(self):
        napkins = self.env["product.product"].sudo()
        napkins = napkins.create({"name": "Napkins", "is_storable": True})
        line = {"product_id": napkins.id, "name": "Napkins", "qty": 1, "price_unit": 1}
        paid = {"price_subtotal": 1, "price_subtotal_incl": 1}
        order = self.env["pos.order"].create(
            {
                "session_id": self.till.current_session_id.id,
                "company_id": self.company.id,
                "amount_total": 1,
                "amount_paid": 1,
                "amount_tax": 0,
                "amount_return": 0,
                "lines": [Command.create({**line, **paid})],
            }
        )
        order._create_order_picking()
        return order.sudo().picking_ids

    def test_what_may_leave_leaves_and_is_known_to_the_genealogy(self):
        transfer = self.sell(self.good, customer=self.bistro)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.good.product_qty, 8)
        found = self.env["stock.lot.trace"]._consignees(self.good)
        self.assertEqual(found, [(self.good.id, self.bistro.id, 2, 0)])

    def test_a_held_batch_that_was_sold_waits_for_a_decision(self):
        transfer = self.sell(self.held)
        self.assertEqual(transfer.state, "confirmed")
        self.assertFalse(transfer.move_line_ids)
        self.assertEqual(self.held.product_qty, 10)
        self.assertEqual(self.good.product_qty, 10, "no other batch is booked for it")
        self.assertIn("H-2", transfer.activity_ids.note)
        self.assertIn("On hold", transfer.activity_ids.note)

    def test_what_lies_in_a_quarantine_waits_as_well(self):
        place = self.env["stock.location"].create(
            {
                "name": "Cage",
                "location_id": self.stock.id,
                "disposition_id": self.disposition("hold").id,
            }
        )
        caged = self.put_on_hand(self.make_lot(self.hummus, "H-4"), 5, place)
        transfer = self.sell(caged)
        self.assertEqual(transfer.state, "confirmed")
        self.assertEqual(caged.product_qty, 5)
        self.assertIn("Cage: On hold", transfer.activity_ids.note)

    def test_the_rest_of_the_sale_is_booked(self):
        transfers = self.sell(self.good, self.held)
        self.assertEqual(self.good.product_qty, 8)
        self.assertEqual(self.held.product_qty, 10)
        done = transfers.filtered(lambda transfer: transfer.state == "done")
        self.assertEqual(done.move_line_ids.lot_id, self.good)
        waiting = done.backorder_ids
        self.assertEqual(waiting.move_ids.product_uom_qty, 2)

    def test_a_batch_on_hold_is_not_refused_on_its_way_back(self):
        transfer = self.sell(self.good)
        self.good._set_disposition(self.disposition("hold"), "Stones")
        self.take_back(transfer, 2)
        self.assertEqual(self.good.product_qty, 10)
