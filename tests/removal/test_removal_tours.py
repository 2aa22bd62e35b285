from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged

from .explained_case import ExplainedCase


@tagged("post_install", "-at_install")
class TestRemovalTours(ExplainedCase, HttpCase):
    """Why this batch, why another one, and what another strategy would have cost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = (
            "stock.group_stock_manager",
            "stock.group_production_lot",
            "base.group_partner_manager",
        )
        new_test_user(cls.env, login="keeper", groups=",".join(groups))

    def tour(self, action, record, name):
        self.env.flush_all()
        self.start_tour(f"/odoo/{action}/{record}", name, login="keeper")

    def test_ask_why(self):
        picking = self.order(self.hummus, 25, self.market)
        action = "action-stock.action_picking_tree_all"
        self.tour(action, picking.id, "batch_tracking_why")

    def test_give_a_reason(self):
        self.warehouse.out_type_id.removal_override = "reason"
        picking = self.order(self.hummus, 4, self.bistro, lot=self.good)
        action = "action-stock.action_picking_tree_all"
        self.tour(action, picking.id, "batch_tracking_override")
        override = self.env["stock.removal.override"].search(
            [("picking_id", "=", picking.id)]
        )
        self.assertEqual(override.reason, "The cold room was locked")

    def test_compare_strategies(self):
        self.receive(self.hummus, "H-1", 10)
        self.deliver(self.hummus, 4, self.bistro)
        today = fields.Date.today()
        simulation = self.env["stock.removal.simulation"].create(
            {
                "date_from": today - timedelta(days=30),
                "date_to": today + timedelta(days=1),
                "product_ids": [fields.Command.set(self.hummus.ids)],
            }
        )
        action = "action-batch_tracking.stock_removal_simulation_action"
        self.tour(action, simulation.id, "batch_tracking_simulate")
        self.assertEqual(simulation.state, "done")

    def test_ask_for_life(self):
        action = "action-base.action_partner_form"
        self.tour(action, self.bistro.id, "batch_tracking_ask")
        self.assertEqual(self.bistro.transit_days, 2)
        self.assertEqual(self.bistro.shelf_life_ids.min_days, 30)
