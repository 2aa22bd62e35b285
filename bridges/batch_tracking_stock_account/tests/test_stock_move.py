from odoo.tests import tagged

from odoo.addons.batch_tracking.tests.operation.operation_case import OperationCase


@tagged("post_install", "-at_install")
class TestCost(OperationCase):
    """The cost goes with the goods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pot = cls.make_product("Hummus, pot")
        cls.both = cls.hummus | cls.pot

    def value_by(self, method, lot_valuated=False):
        self.both.categ_id = self.env["product.category"].create(
            {"name": method, "property_cost_method": method}
        )
        self.both.product_tmpl_id.lot_valuated = lot_valuated
        self.hummus.standard_price = 4
        if lot_valuated:
            self.lot.standard_price = 4

    def repack(self):
        return self.operate(
            "repack", self.lot, product_id=self.pot.id, made_quantity=400
        )

    def test_average_cost_goes_with_the_goods(self):
        self.value_by("average")
        operation = self.repack()
        self.assertAlmostEqual(self.pot.standard_price, 1)
        self.assertEqual(sum(operation.made_line_ids.move_id.mapped("value")), 400)

    def test_fifo_cost_goes_with_the_goods(self):
        tub = self.make_product("Hummus, tub")
        self.both |= tub
        self.value_by("fifo")
        tub.standard_price = 4
        self.lot = self.receive(tub, "T-1", 100)
        operation = self.repack()
        taken = sum(operation.taken_line_ids.move_id.mapped("value"))
        made = sum(operation.made_line_ids.move_id.mapped("value"))
        self.assertEqual(made, taken)
        self.assertGreater(made, 0)

    def test_parts_keep_the_price_of_a_lot_that_is_valued_by_lot(self):
        self.value_by("average", lot_valuated=True)
        operation = self.operate("split", self.lot, parts=[(30, "H-1A"), (20, "H-1B")])
        prices = self.made(operation).mapped("standard_price")
        self.assertEqual(prices, [4, 4])

    def test_undoing_gives_the_value_back(self):
        self.value_by("average")
        before = self.hummus.total_value
        self.repack().action_undo()
        self.assertAlmostEqual(self.hummus.total_value, before)
        self.assertAlmostEqual(self.pot.total_value, 0)
