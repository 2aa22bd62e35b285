from odoo.tests import tagged

from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestMergedContacts(KitchenCase):
    """Odoo merges contacts in SQL; batches keep in their history who it had been."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.yard = cls.make_partner("Yard", email="a@example.com")
        cls.bistro.email = cls.market.email = "a@example.com"
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 20, supplier=cls.yard)
        for quantity in (3, 4):
            cls.deliver(cls.chickpeas, quantity, cls.bistro, lot=cls.lot)
        cls.clerk = cls.user("contacts", "base.group_partner_manager")

    def merge(self, partners, kept):
        wizards = self.env["base.partner.merge.automatic.wizard"]
        wizards.with_user(self.clerk).sudo().create({})._merge(partners.ids, kept)
        self.env.invalidate_all()

    def told(self, lot, field):
        events = lot.event_ids.filtered(lambda event: event.kind == "correction")
        return [
            (event.old_value, event.new_value)
            for event in events
            if event.what == field.string
        ]

    def test_of_consignees(self):
        self.merge(self.bistro | self.market, self.market)
        lines = self.env["stock.move.line"].search([("lot_id", "=", self.lot.id)])
        self.assertEqual(lines.consignee_id, self.market)
        # Once, however often they were delivered to.
        field = lines._fields["consignee_id"]
        self.assertEqual(self.told(self.lot, field), [("Lake Bistro", "Corner Market")])
        event = self.lot.event_ids.sorted("id")[-1]
        self.assertEqual(event.user_id, self.clerk)
        self.assertTrue(event.reason)

    def test_of_suppliers(self):
        self.merge(self.yard | self.market, self.market)
        self.assertEqual(self.lot.supplier_id, self.market)
        field = self.lot._fields["supplier_id"]
        self.assertEqual(self.told(self.lot, field), [("Yard", "Corner Market")])

    def test_of_owners(self):
        move = self.bare_move(self.lot, 2, self.suppliers, self.stock)
        move.move_line_ids.owner_id = self.bistro
        move._action_done()
        self.merge(self.bistro | self.market, self.market)
        self.assertIn(self.market, self.lot.quant_ids.owner_id)
        field = self.env["stock.move.line"]._fields["owner_id"]
        self.assertEqual(self.told(self.lot, field), [("Lake Bistro", "Corner Market")])

    def test_of_people_whom_no_batch_knows_leaves_nothing(self):
        one, other = (
            self.make_partner(name, email="b@example.com") for name in ("One", "Other")
        )
        before = self.env["stock.lot.event"].search_count([])
        self.merge(one | other, other)
        self.assertEqual(self.env["stock.lot.event"].search_count([]), before)
