from odoo.tests import BaseCase, tagged

from ...tools.gs1.barcode import read_gs1
from ..common import KitchenCase

GTIN = "04006381333931"
GS = "\x1d"


class TestReadGs1(BaseCase):
    """What scanners send, and what is none of it."""

    def test_all_that_may_stand_before_the_batch(self):
        expected = {"01": GTIN, "10": "A/1"}
        for text, others in [
            (f"01{GTIN}10A/1", {}),
            (f"]d201{GTIN}10A/1{GS}", {}),
            (f"{GS}01{GTIN}10A/1", {}),
            (f"01{GTIN}1126010117270131310300175010A/1", {"3103": "001750"}),
            (f"01{GTIN}37{24}{GS}10A/1", {"37": "24"}),
            (f"01{GTIN}7003280229153010A/1", None),
            (f"01{GTIN}70032802291530{GS}10A/1", {"7003": "2802291530"}),
            (f"(01){GTIN}(17)270131(10)A/1", {"17": "270131"}),
        ]:
            with self.subTest(text):
                values = read_gs1(text)
                if others is None:
                    self.assertNotIn("10", values)
                else:
                    self.assertEqual({**values, **expected, **others}, values)

    def test_every_identifier_of_gs1_may_stand_twice_before_the_batch(self):
        """The families that food, medicine and logistics labels carry."""
        for first, second in [
            ("4331000200-", "4333000100"),
            ("4308+4912345", "43002+Rue"),
            ("4324999999999", "4320Two+days"),
            ("710123", "711456"),
            ("7230EM1", "7231EM2"),
            ("70052024/27", "7030056BE-1"),
            ("8008260101", "8200http://example.com"),
            ("81110012", "8110A"),
            ("253401234500000112", "25512345"),
            ("9112", "99x"),
        ]:
            with self.subTest(first):
                text = GS.join([f"01{GTIN}{first}", second, "10A/1"])
                self.assertEqual((read_gs1(text) or {}).get("10"), "A/1")

    def test_brackets_of_the_number_itself(self):
        self.assertEqual(read_gs1(f"01{GTIN}10A(1)")["10"], "A(1)")
        self.assertEqual(read_gs1(f"01{GTIN}10A(21)B")["10"], "A(21)B")
        self.assertEqual(read_gs1(f"(01){GTIN}(10)A(1)")["10"], "A(1)")

    def test_what_is_no_such_barcode(self):
        for text in [
            None,
            "",
            " ",
            "LOT-1",
            "4006381333931",
            "01",
            f"01{GTIN[:-1]}",
            f"01{GTIN}10",
            f"01{GTIN}10{'A' * 21}",
            f"01{GTIN}10A#B",
            f"01{GTIN}10A{GS}10B",
            f"01{GTIN[:-1]}010A",
            f"(01){GTIN}(10)",
            "(01)x",
            f"01{GTIN}17 27011",
            f"01{GTIN}(10)A",
            "]C1",
            "(((",
            "²1" + GTIN,
            f"(01){GTIN}(100)A",
            f"01{GTIN}4331{GS}10A",
            f"01{GTIN}0110A",
        ]:
            with self.subTest(text):
                self.assertIsNone((read_gs1(text) or {}).get("10"))


@tagged("post_install", "-at_install")
class TestScan(KitchenCase):
    """Two products have a lot of the same number; only the barcode tells them apart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hummus.barcode = GTIN.lstrip("0")
        cls.lot = cls.make_lot(cls.hummus, "L-7")
        cls.other = cls.make_lot(cls.mash, "L-7")
        cls.barcode = f"01{GTIN}1727013110L-7"

    def find(self, text):
        numbers = self.env["stock.lot"].find_by_number(text)
        return self.env["stock.lot"].browse([lot["id"] for lot in numbers])

    def test_the_genealogy_finds_it(self):
        self.assertEqual(self.find(self.barcode), self.lot)
        self.assertEqual(self.find("L-7"), self.lot | self.other)

    def test_the_list_of_batches_finds_it(self):
        lots = self.env["stock.lot"]
        self.assertEqual(lots.search([("scan", "ilike", self.barcode)]), self.lot)
        self.assertEqual(lots.search([("scan", "=", self.barcode)]), self.lot)
        both = self.lot | self.other
        self.assertEqual(lots.search([("scan", "ilike", "l-7")]) & both, both)

    def test_choosing_a_batch_finds_it(self):
        pairs = self.env["stock.lot"].name_search(f"(01){GTIN}(10)L-7")
        self.assertEqual([id_ for id_, _name in pairs], self.lot.ids)

    def test_a_serial_number_and_a_packaging_count_too(self):
        self.hummus.barcode = False
        case = "14006381333938"
        unit = self.env["uom.uom"].create(
            {
                "name": "Case of 6",
                "relative_factor": 6,
                "relative_uom_id": self.hummus.uom_id.id,
            }
        )
        self.env["product.uom"].create(
            {"product_id": self.hummus.id, "uom_id": unit.id, "barcode": case}
        )
        self.assertEqual(self.find(f"01{case}21L-7"), self.lot)

    def test_the_suppliers_number_counts_too(self):
        self.lot.supplier_lot_name = "SUP-9"
        self.assertEqual(self.find(f"01{GTIN}10SUP-9"), self.lot)

    def test_a_barcode_of_nothing_finds_nothing(self):
        self.assertFalse(self.find(f"01{GTIN}10L-8"))
        self.assertFalse(self.find("0195012345678900" + "10L-7"))
