from odoo.tests import HttpCase, new_test_user, tagged

from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestNumberTours(KitchenCase, HttpCase):
    """Numbers are designed and given by clicking."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # As core has it, sequences are designed by administrators.
        groups = (
            "base.group_system",
            "stock.group_stock_manager",
            "stock.group_production_lot",
        )
        cls.keeper = new_test_user(cls.env, login="keeper", groups=",".join(groups))
        cls.hummus.name = "Tour Hummus"

    def test_design_a_pattern(self):
        self.start_tour(
            "/odoo/action-batch_tracking.ir_sequence_batch_action/new",
            "batch_tracking_design",
            login="keeper",
        )
        designed = self.env["ir.sequence"].search([("name", "=", "Tour pattern")])
        self.assertEqual(designed.batch_pattern, "{product}/{yy}{doy}{seq:2}")

    def test_generate_the_lots_of_a_receipt(self):
        self.hummus.lot_sequence_id = self.env["ir.sequence"].create(
            {"name": "Day", "batch_pattern": "{product}/{yy}{doy}{seq:2}"}
        )
        self.start_tour(
            "/odoo/action-stock.action_picking_tree_incoming/new",
            "batch_tracking_generate",
            login="keeper",
        )
        lots = self.env["stock.lot"].search([("product_id", "=", self.hummus.id)])
        self.assertEqual(
            [name[-2:] for name in lots.mapped("name")], ["01", "02", "03"]
        )
        self.assertEqual(lots[0].supplier_lot_name, "FL-99")
        self.assertEqual(lots.supplier_id, self.supplier)
        self.assertEqual(lots.mapped("product_qty"), [10, 10, 10])
