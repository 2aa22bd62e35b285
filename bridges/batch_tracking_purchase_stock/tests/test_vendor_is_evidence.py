from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.batch_tracking.models.ledger.exceptions import DoneLineIsEvidenceError
from odoo.addons.batch_tracking.tests.common import KitchenCase

WHY = {"correction_reason": "The note says otherwise"}


@tagged("post_install", "-at_install")
class TestVendorIsEvidence(KitchenCase):
    """From whom a batch was bought is no more changed than from whom it came."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order, cls.other = cls.buy(cls.supplier), cls.buy(cls.market)
        picking = cls.order.picking_ids
        cls.lot = cls.make_lot(cls.chickpeas, "BOUGHT")
        picking.move_ids.move_line_ids.unlink()
        cls.add_line(picking.move_ids, cls.lot, 5)
        cls.validate(picking)
        cls.buyer = cls.user("buyer", "purchase.group_purchase_user")
        cls.manager = cls.user(
            "quality",
            "batch_tracking.group_quality_manager",
            "purchase.group_purchase_user",
        )
        cls.env.flush_all()

    @classmethod
    def buy(cls, vendor):
        line = {"product_id": cls.chickpeas.id, "product_qty": 5, "price_unit": 2}
        order = cls.env["purchase.order"].create(
            {"partner_id": vendor.id, "order_line": [Command.create(line)]}
        )
        order.button_confirm()
        return order

    def named(self):
        self.env.flush_all()
        return {row["partner"] for row in self.lot.trace("back")["suppliers"]}

    def ways(self):
        """Return each way to another vendor: a record, and what is written to it."""
        vendor = {"partner_id": self.market.id}
        line = self.order.order_line
        return (
            (self.order, vendor),
            (line, vendor),
            (line, {"order_id": self.other.id}),
            (self.order, {"order_line": [Command.update(line.id, vendor)]}),
        )

    def test_of_a_held_batch_only_quality_says_so_with_a_reason(self):
        before = self.named()
        self.assertEqual(before, {self.supplier.display_name})
        self.lot._set_disposition(self.disposition("hold"), "Stones")
        for record, values in self.ways():
            for user in self.buyer | self.manager:
                with (
                    self.assertRaises(DoneLineIsEvidenceError),
                    self.env.cr.savepoint(),
                ):
                    record.with_user(user).write(values)
                self.env.invalidate_all()
            self.assertEqual(self.named(), before)
        mine = self.order.with_user(self.manager)
        mine.write({"partner_id": self.market.id, **WHY})
        event = self.lot.event_ids.sorted("id")[-1]
        self.assertEqual(
            (event.kind, event.old_value, event.new_value, event.reason),
            (
                "correction",
                self.supplier.display_name,
                self.market.display_name,
                WHY["correction_reason"],
            ),
        )

    def test_of_a_free_batch_it_stays_in_the_history_who_it_had_been(self):
        for record, values in self.ways():
            with self.subTest(values=values), self.env.cr.savepoint() as savepoint:
                known = self.lot.event_ids
                record.with_user(self.buyer).write(values)
                event = self.lot.event_ids - known
                self.assertEqual(event.old_value, self.supplier.display_name)
                self.assertEqual(event.new_value, self.market.display_name)
                savepoint.rollback()
            self.env.invalidate_all()

    def test_what_is_still_to_come_is_bought_from_anybody(self):
        self.other.with_user(self.buyer).partner_id = self.supplier
        self.assertFalse(self.other.order_line._numbered_receipts())
