from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...models.base.exceptions import UnseenCharacterError
from ..common import KitchenCase

UNSEEN = {
    "\x00": "U\\+0000 NULL",
    "\u202e": "U\\+202E RIGHT-TO-LEFT OVERRIDE",
    "\u200b": "U\\+200B ZERO WIDTH SPACE",
    "\n": "U\\+000A LINE FEED",
    "\x1d": "U\\+001D CONTROL CHARACTER",
    "\u2028": "U\\+2028 LINE SEPARATOR",
    "\ufeff": "U\\+FEFF ZERO WIDTH NO-BREAK SPACE",
}


@tagged("post_install", "-at_install")
class TestCharactersThatNobodySees(KitchenCase):
    """A number that cannot be read from a label is refused wherever it is typed."""

    def assert_named(self, attempt, place=3):
        """Each character is refused by its name and place, in any text."""
        for character, name in UNSEEN.items():
            with self.subTest(character=name):
                sentence = f"character {place} is {name}"
                with self.assertRaisesRegex(UnseenCharacterError, sentence):
                    attempt(f"L-{character}1")
                self.env.invalidate_all()

    def test_in_a_new_batch(self):
        self.assert_named(lambda text: self.make_lot(self.chickpeas, text))

    def test_in_what_is_written_of_a_batch(self):
        lot = self.make_lot(self.chickpeas, "CP-1")
        for field in ("name", "ref", "supplier_lot_name", "production_line"):
            self.assert_named(lambda text, field=field: lot.write({field: text}))

    def test_in_a_line_of_a_receipt(self):
        lot = self.receive(self.chickpeas, "CP-1", 10)
        picking = self.transfer(
            self.warehouse.in_type_id, self.suppliers, self.stock, self.supplier
        )
        move = self.add_move(picking, self.chickpeas, 5)
        picking.action_confirm()
        for field in ("lot_name", "supplier_lot_name"):
            self.assert_named(
                lambda text, field=field: move.move_line_ids.write({field: text})
            )
        self.assertEqual(lot.name, "CP-1")

    def test_in_a_pattern(self):
        sequences = self.env["ir.sequence"]
        self.assert_named(
            lambda text: sequences.create(
                {"name": "Pattern", "batch_pattern": text + "{seq:3}"}
            )
        )
        sequence = sequences.create({"name": "Pattern", "batch_pattern": "A{seq:3}"})
        self.assert_named(
            lambda text: sequence.write({"batch_pattern": text + "{seq:3}"})
        )

    def test_in_a_file(self):
        columns = ["name", "product_id/.id"]
        product = str(self.chickpeas.id)
        rows = [["CP-1", product], ["CP-\x002", product], ["CP-\u202e3", product]]
        result = self.env["stock.lot"].load(columns, rows)
        self.assertFalse(result["ids"])
        told = {message["record"]: message["message"] for message in result["messages"]}
        self.assertEqual(set(told), {1, 2})
        self.assertIn("character 4 is U+0000 NULL", told[1])
        for unknown in ("\x00", "²", "9" * 5000):
            self.env["stock.lot"].load(columns, [["CP-9", unknown]])

    def test_letters_of_all_languages_and_spaces_stay(self):
        for number in ("Ä-1", "批次 7", "لوت-٣", "A\u00a01", "№ 5°"):
            self.assertEqual(self.make_lot(self.chickpeas, number).name, number)

    def test_an_old_batch_with_one_can_still_be_moved(self):
        lot = self.receive(self.chickpeas, "CP-1", 10)
        self.env.cr.execute(
            "UPDATE stock_lot SET name = %s WHERE id = %s", ["CP\u200b1", lot.id]
        )
        lot.invalidate_recordset()
        self.deliver(self.chickpeas, 4, self.market, lot=lot)
        lot.note = "Looked at"
        with self.assertRaises(ValidationError):
            lot.name = "CP\u200b2"
