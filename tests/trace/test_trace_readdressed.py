from odoo.tests import tagged

from ...models.base.exceptions import WorkedOutError
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestReaddressed(KitchenCase):
    """Who received a batch is evidence: another address afterwards leaves an event."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.clerk = cls.user("clerk")

    def delivered(self):
        """Return a delivery that was done in an earlier request."""
        picking = self.deliver(self.chickpeas, 4, self.market, lot=self.lot)
        self.env.flush_all()
        return picking

    def corrections(self):
        self.env.flush_all()
        return self.lot.event_ids.filtered(lambda event: event.kind == "correction")

    def test_a_delivery_itself_leaves_none(self):
        self.deliver(self.chickpeas, 4, self.market, lot=self.lot)
        self.assertFalse(self.corrections())

    def test_another_partner_of_a_done_transfer(self):
        picking = self.delivered()
        mine = picking.with_user(self.clerk)
        mine.partner_id = self.bistro
        mine.env.flush_all()
        event = self.corrections()
        self.assertEqual(picking.move_line_ids.consignee_id, self.bistro)
        self.assertEqual(
            (event.old_value, event.new_value, event.user_name),
            (self.market.display_name, self.bistro.display_name, self.clerk.name),
        )
        self.assertIn(picking.name, event.what)

    def test_no_partner_at_all(self):
        picking = self.delivered()
        picking.with_user(self.clerk).partner_id = False
        self.assertEqual(self.corrections().old_value, self.market.display_name)

    def test_another_partner_of_what_a_return_counts_against(self):
        delivery = self.delivered()
        self.take_back(delivery, 2)
        self.assertFalse(self.corrections())
        delivery.with_user(self.clerk).partner_id = self.bistro
        self.assertEqual(len(self.corrections()), 2, "the delivery, and what came back")

    def test_a_consignee_follows_from_the_transfer_and_is_not_typed(self):
        picking = self.delivered()
        line = picking.move_line_ids.with_user(self.clerk)
        with self.assertRaises(WorkedOutError):
            line.write({"consignee_id": self.bistro.id})
        self.assertFalse(self.corrections())

    def test_a_line_sent_elsewhere_leaves_its_own_events(self):
        picking = self.delivered()
        line = picking.move_line_ids.with_user(self.clerk)
        line.write({"location_dest_id": self.stock.id})
        whats = self.corrections().mapped("what")
        self.assertEqual(len(whats), len(set(whats)))
        self.assertFalse(line.consignee_id)
