from odoo.tests import BaseCase

from ...tools.genealogy.came_back import Flow, came_back

MILK, CURD, WHEY, CREAM = "milk", "curd", "whey", "cream"


class TestCameBack(BaseCase):
    """What comes back of a lot counts once, however many lots say that it does."""

    def made(self, quantity, *products):
        """Return that one line of milk was made into a lot of each product."""
        return [
            Flow(product, "used", MILK, product, product, quantity, quantity, False)
            for product in products
        ]

    def unbuilt(self, line, quantity, *products):
        """Return that one line of milk was won of a lot of each product."""
        return [
            Flow(line, (line, lot), lot, MILK, MILK, quantity, quantity, False)
            for lot in products
        ]

    def assert_milk_back(self, flows, quantity):
        self.assertEqual(came_back(flows)[MILK].quantity, quantity)

    def test_what_is_won_of_a_product_and_its_by_products_counts_once(self):
        for products in ((CURD,), (CURD, WHEY), (CURD, WHEY, CREAM)):
            for quantity in (1, 2, 3, 4):
                with self.subTest(products=products, quantity=quantity):
                    flows = self.made(4, *products)
                    flows += self.unbuilt("unbuilt", quantity, *products)
                    self.assert_milk_back(flows, quantity)

    def test_one_by_one_counts_as_at_once(self):
        flows = self.made(4, CURD, WHEY)
        for line in range(3):
            flows += self.unbuilt(line, 1, CURD, WHEY)
        self.assert_milk_back(flows, 3)

    def test_no_more_comes_back_than_was_used(self):
        """Four litres made curd and whey: eight are not away."""
        flows = self.made(4, CURD, WHEY)
        flows += self.unbuilt("unbuilt", 8, CURD, WHEY)
        self.assert_milk_back(flows, 4)

    def test_several_lots_of_a_product_share_what_was_used(self):
        flows = [
            Flow(lot, "used", MILK, lot, CURD, quantity, quantity, False)
            for lot, quantity in (("C-1", 1), ("C-2", 3))
        ]
        flows += self.unbuilt("unbuilt", 4, "C-1")
        self.assert_milk_back(flows, 4)

    def test_parents_of_its_product_share_what_is_merged(self):
        split = [
            Flow(lot, "used", MILK, lot, MILK, 5, 5, True) for lot in ("M-1", "M-2")
        ]
        merged = [
            Flow("merged", lot, lot, MILK, MILK, 5, 5, True) for lot in ("M-1", "M-2")
        ]
        found = came_back(split + merged)[MILK]
        self.assertEqual((found.quantity, found.of_alike), (10, 10))
