from freezegun import freeze_time
from lxml import etree
from lxml.html import fromstring

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ...models.number.exceptions import OwnNumberMissingError
from ...models.origin.exceptions import SameNumberError
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestSuppliersNumbers(KitchenCase):
    """What the supplier calls a batch is kept, and becomes our number if so decided."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_supplier = cls.make_partner("Seneca Seeds")
        cls.receipts = cls.warehouse.in_type_id
        cls.sequence = cls.env.ref("batch_tracking.ir_sequence_product_day_batch")
        cls.hummus.lot_sequence_id = cls.sequence

    def arrive(self, product, *numbers, supplier=None, name=False, made=False):
        """Receive 5 of each of the supplier's batches and return their lots."""
        picking = self.transfer(
            self.receipts, self.suppliers, self.stock, supplier or self.supplier
        )
        move = self.add_move(picking, product, 5 * len(numbers))
        picking.action_confirm()
        move.move_line_ids.unlink()
        lines = [
            {
                "move_id": move.id,
                "picking_id": picking.id,
                "product_id": product.id,
                "quantity": 5,
                "supplier_lot_name": number,
                "lot_name": name,
                "production_date": made,
            }
            for number in numbers
        ]
        self.env["stock.move.line"].create(lines)
        self.validate(picking)
        return move.move_line_ids.lot_id

    def test_a_suppliers_number_alone_says_what_to_do(self):
        with self.assertRaisesRegex(OwnNumberMissingError, "TLC-1.*becomes yours"):
            self.arrive(self.hummus, "TLC-1")
        self.receipts.batch_number_lots = True
        self.assertTrue(self.arrive(self.hummus, "TLC-1"))

    def test_a_line_is_entered_in_the_form_that_phones_open(self):
        picking = self.transfer(
            self.receipts, self.suppliers, self.stock, self.supplier
        )
        move = self.add_move(picking, self.hummus, 5)
        picking.action_confirm()
        move.move_line_ids.unlink()
        lines = self.env["stock.move.line"].with_user(self.user("clerk"))
        lines = lines.with_context(
            default_move_id=move.id,
            default_picking_id=picking.id,
            default_product_id=self.hummus.id,
            default_location_id=move.location_id.id,
            default_location_dest_id=move.location_dest_id.id,
            default_company_id=move.company_id.id,
        )
        with Form(lines, view="stock.view_move_line_mobile_form") as form:
            form.lot_name = "OURS-1"
            form.supplier_lot_name = "TLC-1"
            form.production_date = "2024-02-29"
            form.quantity = 5
        line = move.move_line_ids
        self.assertEqual(line.lot_name, "OURS-1")
        self.assertEqual(line.supplier_lot_name, "TLC-1")
        self.assertEqual(str(line.production_date), "2024-02-29")
        cards = lines.get_view(view_type="kanban")["arch"]
        self.assertIn("supplier_lot_name", cards)

    def test_the_form_that_phones_open_says_what_a_batch_is_picked_for(self):
        form = self.env["stock.move.line"].get_view(
            self.env.ref("stock.view_move_line_mobile_form").id, "form"
        )["arch"]
        lot = etree.fromstring(form).find(".//field[@name='lot_id']")
        self.assertIn("'batch_move_id': move_id", lot.get("context"))

    def test_the_day_on_the_suppliers_label_is_kept(self):
        self.receipts.batch_supplier_number = "ours"
        lot = self.arrive(self.chickpeas, "TLC-1", made="2024-02-29")
        self.assertEqual(str(lot.production_date), "2024-02-29")

    def test_a_receipt_ends_with_its_new_batches(self):
        self.receipts.batch_supplier_number = "ours"
        lots = self.arrive(self.chickpeas, "TLC-1", "TLC-2")
        line = self.env["stock.move.line"].search([("lot_id", "=", lots[0].id)])
        self.assertIn("New batches: 2 (TLC-1, TLC-2)", self.summary_of(line.picking_id))

    def test_each_number_leads_to_its_batch(self):
        self.receipts.batch_supplier_number = "ours"
        lots = self.arrive(self.chickpeas, "A&B", "<b>C</b>")
        line = self.env["stock.move.line"].search([("lot_id", "=", lots[0].id)])
        links = fromstring(line.picking_id.batch_summary).findall(".//a")
        self.assertEqual(
            {link.text: link.get("href") for link in links},
            {lot.name: f"/odoo/batches/{lot.id}" for lot in lots},
        )
        self.assertEqual({lot.name for lot in lots}, {"A&B", "<b>C</b>"})

    def test_of_many_the_first_and_the_last_are_links(self):
        self.receipts.batch_supplier_number = "ours"
        lots = self.arrive(self.chickpeas, *(f"M-{number:02}" for number in range(12)))
        line = self.env["stock.move.line"].search([("lot_id", "=", lots[0].id)])
        links = fromstring(line.picking_id.batch_summary).findall(".//a")
        self.assertEqual([link.text for link in links], ["M-00", "M-11"])
        summary = self.summary_of(line.picking_id)
        self.assertIn("New batches: 12 (M-00 … M-11)", summary)

    def test_more_of_a_batch_is_not_a_new_batch(self):
        self.receipts.batch_supplier_number = "ours"
        self.arrive(self.chickpeas, "TLC-1")
        lots = self.arrive(self.chickpeas, "TLC-1", "TLC-2")
        line = self.env["stock.move.line"].search([("lot_id", "=", lots[1].id)])
        self.assertIn("New batches: 1 (TLC-2)", self.summary_of(line.picking_id))

    def test_a_receipt_says_what_its_place_holds(self):
        self.receipts.batch_supplier_number = "ours"
        self.stock.disposition_id = self.disposition("hold")
        lot = self.arrive(self.chickpeas, "TLC-1")
        line = self.env["stock.move.line"].search([("lot_id", "=", lot.id)])
        self.assertIn("“On hold”: 1 (TLC-1)", self.summary_of(line.picking_id))

    def test_the_suppliers_number_becomes_ours(self):
        self.receipts.batch_supplier_number = "ours"
        lot = self.arrive(self.chickpeas, "TLC-1")
        self.assertEqual((lot.name, lot.supplier_lot_name), ("TLC-1", "TLC-1"))
        self.assertEqual(lot.supplier_id, self.supplier)

    def test_receiving_it_again_finds_the_same_lot(self):
        self.receipts.batch_supplier_number = "ours"
        lot = self.arrive(self.chickpeas, "TLC-1")
        self.assertEqual(self.arrive(self.chickpeas, " TLC-1 "), lot)
        self.assertEqual(lot.product_qty, 10)

    def test_receiving_must_not_invent_a_code(self):
        self.receipts.batch_supplier_number = "ours"
        self.receipts.batch_number_lots = True
        with self.assertRaisesRegex(UserError, "supply a Lot"):
            self.arrive(self.hummus, False)

    def test_a_number_that_was_typed_is_the_suppliers_too(self):
        self.receipts.batch_supplier_number = "ours"
        lot = self.arrive(self.chickpeas, False, name="TLC-7")
        self.assertEqual(lot.supplier_lot_name, "TLC-7")

    def test_two_suppliers_with_the_same_number_are_told_apart(self):
        self.receipts.batch_supplier_number = "ours"
        self.arrive(self.chickpeas, "1001")
        with self.assertRaisesRegex(SameNumberError, "two suppliers use the same"):
            self.arrive(self.chickpeas, "1001", supplier=self.other_supplier)
        lot = self.arrive(
            self.chickpeas, "1001", supplier=self.other_supplier, name="SS-1001"
        )
        self.assertEqual((lot.name, lot.supplier_lot_name), ("SS-1001", "1001"))

    @freeze_time("2021-10-20 15:00:00")
    def test_it_stays_beside_our_number_and_finds_the_lot_again(self):
        self.receipts.batch_number_lots = True
        lot = self.arrive(self.hummus, "CP-7731")
        self.assertEqual((lot.name, lot.supplier_lot_name), ("01-2129301", "CP-7731"))
        self.assertEqual(self.arrive(self.hummus, "CP-7731"), lot)
        other = self.arrive(self.hummus, "CP-7731", supplier=self.other_supplier)
        self.assertEqual(other.name, "01-2129302")

    @freeze_time("2021-10-20 15:00:00")
    def test_pallets_of_one_batch_are_one_lot(self):
        self.receipts.batch_number_lots = True
        lots = self.arrive(self.hummus, "A", "A", "B", False, False)
        self.assertEqual(
            lots.sorted("name").mapped("supplier_lot_name"), ["A", "B", False, False]
        )

    def test_a_product_may_say_otherwise_than_the_operation(self):
        self.receipts.batch_supplier_number = "ours"
        self.chickpeas.batch_supplier_number = "beside"
        with self.assertRaises(OwnNumberMissingError):
            self.arrive(self.chickpeas, "TLC-1")
        lot = self.arrive(self.chickpeas, "TLC-1", name="OWN-1")
        self.assertEqual((lot.name, lot.supplier_lot_name), ("OWN-1", "TLC-1"))

    def test_a_lot_that_was_there_learns_its_supplier(self):
        lot = self.make_lot(self.chickpeas, "CP-1")
        self.arrive(self.chickpeas, "X-9", name="CP-1")
        self.assertEqual(
            (lot.supplier_id, lot.supplier_lot_name), (self.supplier, "X-9")
        )

    def test_another_pallet_of_a_new_batch_tells_its_number(self):
        lot = self.arrive(self.chickpeas, False, "X-9", name="CP-1")
        self.assertEqual(
            (lot.supplier_id, lot.supplier_lot_name), (self.supplier, "X-9")
        )

    def test_a_batch_that_is_born_held_does_not_leave_at_once(self):
        deliveries = self.warehouse.out_type_id
        deliveries.use_create_lots = True
        sent = self.transfer(deliveries, self.stock, self.customers, self.market)
        move = self.add_move(sent, self.chickpeas, 2)
        sent.action_confirm()
        move.move_line_ids.unlink()
        line = {"move_id": move.id, "product_id": self.chickpeas.id, "quantity": 2}
        self.env["stock.move.line"].create({**line, "lot_name": "CP-1"})
        held = sent.with_context(default_disposition_id=self.disposition("hold").id)
        refused = self.assertRaisesRegex(UserError, "CP-1 .* is “On hold”")
        with refused, self.env.cr.savepoint():
            self.validate(held)
        self.validate(sent)
        self.assertEqual(move.lot_ids.name, "CP-1")

    def test_a_lot_is_found_by_its_suppliers_number(self):
        lot = self.arrive(self.chickpeas, "X-9", name="CP-1")
        lots, lines = self.env["stock.lot"], self.env["stock.move.line"]
        self.assertIn(lot.id, [id_ for id_, _name in lots.name_search("x-9")])
        self.assertIn(lot, lines.search([("lot_id", "ilike", "X-9")]).lot_id)
        self.assertIn(
            lot, self.env["stock.quant"].search([("lot_id", "ilike", "X-9")]).lot_id
        )
        # What imports rely on: an exact match is one of our own number.
        self.assertFalse(lots.name_search("X-9", operator="="))
