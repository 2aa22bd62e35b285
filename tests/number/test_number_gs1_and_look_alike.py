from odoo.tests import BaseCase

from ...tools.gs1.batch import fits_gs1
from ...tools.number.look_alike import look_alike


class TestLookAlike(BaseCase):
    """Case, spaces, O/0 and I/1 are what people mix up."""

    def test_numbers_that_look_alike(self):
        for number, other, expected in [
            ("L-1 ", "l-1", True),
            ("LO-10", "L0-1O", True),
            ("I7", "17", True),
            ("A-1", "A1", False),
            ("5", "S", False),
        ]:
            is_alike = look_alike(number) == look_alike(other)
            self.assertEqual(is_alike, expected, (number, other))


class TestGs1Batch(BaseCase):
    """GS1 takes 1 to 20 characters of its set of 82."""

    def test_what_fits_a_barcode(self):
        for number, expected in [
            ("01-2129304", True),
            ("A" * 20, True),
            ("A" * 21, False),
            ("", False),
            ("LOT 1", False),
            ("L#1", False),
            ("L\u00e91", False),
            ("!\"%&'()*+,-./:;<=>?", True),
        ]:
            self.assertEqual(fits_gs1(number), expected, number)
