from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.batch_tracking.tests.common import KitchenCase


@tagged("post_install", "-at_install")
class TestBatchTour(KitchenCase, HttpCase):
    """A person at the kitchen does it all by clicking."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hummus.write(
            {
                "name": "Kitchen Hummus",
                "lot_sequence_id": cls.env.ref(
                    "batch_tracking.ir_sequence_product_day_batch"
                ).id,
            }
        )
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.hummus.product_tmpl_id.id,
                "product_qty": 20,
                "product_uom_id": cls.hummus.uom_id.id,
                "bom_line_ids": [
                    Command.create({"product_id": cls.mash.id, "product_qty": 5})
                ],
            }
        )
        cls.batch = cls.receive(cls.mash, "M-1", 50)
        groups = (
            "stock.group_stock_manager",
            "stock.group_production_lot",
            "mrp.group_mrp_user",
            "batch_tracking.group_recall_manager",
        )
        cls.cook = new_test_user(cls.env, login="cook", groups=",".join(groups))

    def test_number_produce_deliver_recall(self):
        self.start_tour(
            "/odoo/action-mrp.mrp_production_action/new",
            "batch_tracking_story",
            login="cook",
            timeout=120,
        )
        made = self.env["stock.lot"].search([("product_id", "=", self.hummus.id)])
        self.assertRegex(made.name, r"^01-\d{5}01$")
        self.assertEqual(made.disposition_id, self.disposition("recalled"))
        recall = self.env["stock.recall"].search([("lot_ids.lot_id", "=", made.id)])
        self.assertEqual(recall.consignee_ids.partner_id, self.market)
        self.assertEqual(recall.consignee_ids.net, 8)
