from odoo.tests import BaseCase

from ...tools.recall.paste import read_list

GTIN = "04006381333931"


class TestRecallPaste(BaseCase):
    """A list of numbers comes from anywhere, and is as long as it is."""

    def numbers(self, text):
        return [entry.number for entry in read_list(text).entries]

    def test_any_separator_and_no_empty_numbers(self):
        text = " A \r\nB;;C,,\tD\n\n E 1\u2028F\ufeff"
        self.assertEqual(self.numbers(text), ["A", "B", "C", "D", "E 1", "F"])
        for nothing in (None, "", " \n,;\t"):
            self.assertEqual(read_list(nothing), ([], [], []))

    def test_quotes_hold_separators_and_other_quotes(self):
        self.assertEqual(self.numbers('"A,1";"B""2" ,C"3'), ["A,1", 'B"2', 'C"3'])
        self.assertEqual(self.numbers('"A\nB"'), ['"A', 'B"'])

    def test_barcodes_give_their_batch(self):
        scanned = f"]C101{GTIN}17270131" + "10A,7\x1d21S"
        pasted = read_list(f"{scanned}\n(01){GTIN}(10)B;(01){GTIN}(21)S-9\n01{GTIN}")
        self.assertEqual(
            [(entry.number, entry.gtin) for entry in pasted.entries],
            [("A,7", GTIN), ("B", GTIN), ("S-9", GTIN)],
        )
        self.assertEqual(pasted.without_number, [f"01{GTIN}"])

    def test_a_number_counts_once_and_repetitions_are_told(self):
        pasted = read_list(f"A\nB\nA\na\nA\n(01){GTIN}(10)A")
        self.assertEqual(
            [(e.number, bool(e.gtin)) for e in pasted.entries],
            [("A", False), ("B", False), ("a", False), ("A", True)],
        )
        self.assertEqual(pasted.repeated, ["A", "A"])

    def test_long_lists_keep_their_order(self):
        names = [f"LOT-{n}" for n in range(20000)]
        self.assertEqual(self.numbers("\n".join(names)), names)
        self.assertEqual(self.numbers(",".join(names)), names)
        self.assertEqual(self.numbers(',"a' * 20000 + '"'), ['"a', "a"])
