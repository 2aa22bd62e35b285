from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.batch_tracking.models.ledger.exceptions import (
    DoneLineIsEvidenceError,
)

from .common import ProductionCase


class QuarantineCase(ProductionCase):
    """All hummus goes into quarantine when it is made or received."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for moment in ("receipt", "production"):
            cls.env["stock.lot.inspection.plan"].create(
                {
                    "name": f"Hummus, {moment}",
                    "product_id": cls.hummus.id,
                    "moment": moment,
                    "quarantine_until_inspected": True,
                    "characteristic_ids": [
                        Command.create({"name": "Taste", "kind": "passfail"})
                    ],
                }
            )
        cls.clerk = cls.user("clerk", "mrp.group_mrp_user")

    def corrections(self, lot):
        return lot.event_ids.filtered(lambda event: event.kind == "correction")


@tagged("post_install", "-at_install")
class TestProduction(QuarantineCase):
    """Core pairs what was made with what went in, after both are done."""

    def test_links_are_written_while_an_order_is_finished(self):
        order = self.plan().with_user(self.clerk)
        lot = self.finish(order)
        self.assertEqual(order.state, "done")
        self.assertEqual(lot.disposition_id, self.disposition("quarantine"))
        made = order.move_finished_ids.move_line_ids
        self.assertEqual(made.consume_line_ids.lot_id, self.batch)
        self.assertFalse(self.corrections(lot.sudo()))

    def test_and_not_afterwards(self):
        lot = self.finish(self.plan())
        made = self.env["stock.move.line"].search([("lot_id", "=", lot.id)])
        for commands in ([Command.clear()], [Command.set(made.ids)]):
            with self.assertRaises(DoneLineIsEvidenceError):
                made.with_user(self.clerk).write({"consume_line_ids": commands})
        self.assertEqual(made.consume_line_ids.lot_id, self.batch)

    def test_an_order_made_in_two_parts_keeps_the_links_of_the_first(self):
        order = self.plan(quantity=20).with_user(self.clerk)
        order.lot_producing_ids = self.number_lot(self.hummus)
        order.qty_producing = 8
        order.set_qty_producing()
        order.move_raw_ids.picked = True
        order._post_inventory()
        lot = order.lot_producing_ids
        self.assertFalse(self.corrections(lot.sudo()))
        self.assertEqual(
            order.move_finished_ids.move_line_ids.consume_line_ids.lot_id, self.batch
        )


@tagged("post_install", "-at_install")
class TestSubcontractor(QuarantineCase):
    """A packer's production is dated a second before his delivery."""

    def test_the_date_is_shifted_although_the_batch_is_in_quarantine_by_then(self):
        packer = self.make_partner("Valley Packers")
        self.bom.write(
            {"type": "subcontract", "subcontractor_ids": [Command.set(packer.ids)]}
        )
        place = packer.property_stock_subcontractor
        place = place or self.company.subcontracting_location_id
        sent = self.make_lot(self.mash, "M-2")
        self.put_on_hand(sent, 50, place)
        picking = self.transfer(
            self.warehouse.in_type_id, self.suppliers, self.stock, packer
        )
        move = self.add_move(picking, self.hummus, 20)
        picking.action_confirm()
        move.move_line_ids.write({"lot_name": "H-1", "quantity": 20})
        self.validate(picking.with_user(self.clerk))
        lot = move.lot_ids
        self.assertEqual(lot.disposition_id, self.disposition("quarantine"))
        made = self.env["stock.move.line"].search(
            [("lot_id", "=", lot.id), ("location_id.usage", "=", "production")]
        )
        self.assertLess(made.date, move.move_line_ids.date)
        self.assertFalse(self.corrections(lot))
