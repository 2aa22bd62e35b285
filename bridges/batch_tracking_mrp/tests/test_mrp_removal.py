from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.batch_tracking.tests.common import KitchenCase


@tagged("post_install", "-at_install")
class TestProductionTakes(KitchenCase):
    """Mash is past its removal date, on hold, and good; hummus is made of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bom = cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.hummus.product_tmpl_id.id,
                "product_qty": 20,
                "bom_line_ids": [
                    Command.create({"product_id": cls.mash.id, "product_qty": 5})
                ],
            }
        )
        cls.mash.write(
            {
                "use_expiration_date": True,
                "removal_strategy_id": cls.env.ref("product_expiry.removal_fefo").id,
            }
        )
        cls.past = cls.put_on_hand(cls.make_lot(cls.mash, "PAST", -1), 9)
        cls.held = cls.put_on_hand(cls.make_lot(cls.mash, "HELD", 5), 9)
        cls.good = cls.put_on_hand(cls.make_lot(cls.mash, "GOOD", 20), 9)
        cls.held._set_disposition(cls.disposition("hold"), "Smells odd")

    def plan(self, quantity):
        order = self.env["mrp.production"].create(
            {
                "product_id": self.hummus.id,
                "product_qty": quantity,
                "bom_id": self.bom.id,
                "date_start": fields.Datetime.now() + timedelta(hours=1),
            }
        )
        order.action_confirm()
        return order

    def test_an_order_reserves_only_what_it_may_use(self):
        order = self.plan(20)
        order.action_assign()
        self.assertEqual(order.move_raw_ids.move_line_ids.lot_id, self.good)

    def test_setting_what_is_produced_takes_nothing_else(self):
        order = self.plan(20)
        order.qty_producing = 20
        order.set_qty_producing()
        self.assertEqual(order.move_raw_ids.move_line_ids.lot_id, self.good)

    def test_the_order_can_tell_why(self):
        order = self.plan(20)
        order.action_assign()
        action = order.move_raw_ids.action_explain_removal()
        lines = self.env[action["res_model"]].browse(action["res_id"]).line_ids
        verdicts = [(line.lot_id.name, line.verdict) for line in lines]
        expected = [("PAST", "skipped"), ("HELD", "skipped"), ("GOOD", "taken")]
        self.assertEqual(verdicts, expected)
