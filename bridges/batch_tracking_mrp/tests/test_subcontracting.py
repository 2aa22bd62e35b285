from odoo.fields import Command
from odoo.tests import tagged

from .common import ProductionCase


@tagged("post_install", "-at_install")
class TestSubcontracting(ProductionCase):
    """A subcontractor makes hummus of our mash: he is its supplier."""

    def setUp(self):
        super().setUp()
        if "is_subcontract" not in self.env["stock.move"]._fields:
            self.skipTest("mrp_subcontracting is not installed")

    def receive_made(self, name, quantity=20):
        """Receive what the subcontractor made; return the transfer and the lot."""
        self.bom.write(
            {
                "type": "subcontract",
                "subcontractor_ids": [Command.set(self.supplier.ids)],
            }
        )
        outside = self.company.subcontracting_location_id
        self.put_on_hand(self.batch, 50, outside)
        picking = self.transfer(
            self.warehouse.in_type_id, self.suppliers, self.stock, self.supplier
        )
        move = self.add_move(picking, self.hummus, quantity)
        picking.action_confirm()
        self.assertTrue(move.is_subcontract)
        lot = self.make_lot(self.hummus, name)
        move.quantity = quantity
        move.move_line_ids.lot_id = lot
        self.validate(picking)
        return picking, lot

    def test_it_names_its_supplier(self):
        _picking, lot = self.receive_made("SUB-1")
        self.assertEqual(lot.supplier_id, self.supplier)

    def test_the_trace_names_him(self):
        picking, lot = self.receive_made("SUB-1")
        [supplied] = lot.trace("back")["suppliers"]
        self.assertEqual(
            (supplied["partner_id"], supplied["quantity"], supplied["returned"]),
            (self.supplier.id, 20, 0),
        )
        self.assertEqual(supplied["document"], picking.name)
        graph = lot.get_genealogy({"direction": "back"})
        suppliers = [node for node in graph["nodes"] if node["type"] == "supplier"]
        self.assertIn(self.supplier.name, [node["name"] for node in suppliers])

    def test_what_goes_back_to_him_counts_as_returned(self):
        picking, lot = self.receive_made("SUB-1")
        self.take_back(picking, 5)
        rows = lot.trace("back")["suppliers"]
        self.assertEqual(sum(row["quantity"] for row in rows), 20)
        self.assertEqual(sum(row["returned"] for row in rows), 5)
        self.assertEqual({row["partner_id"] for row in rows}, {self.supplier.id})

    def test_old_lots_of_his_find_him(self):
        _picking, lot = self.receive_made("SUB-1")
        lot.supplier_id = lot.production_date = False
        self.env["stock.lot"]._fill_origins()
        self.assertEqual(lot.supplier_id, self.supplier)
        self.assertTrue(lot.production_date)

    def test_his_records_contradict_nothing(self):
        """Core dates the production a second before the receipt."""
        _picking, lot = self.receive_made("SUB-1")
        nodes = self.batch.trace("forward")["nodes"]
        made = next(node for node in nodes if node["id"] == lot.id)
        self.assertFalse(made["too_early"])
        self.assertTrue(made["certain"])
