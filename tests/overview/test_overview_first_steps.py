from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..base.roles import worker
from .overview_case import OverviewCase


@tagged("post_install", "-at_install")
class TestFirstSteps(OverviewCase):
    """The first steps say what is done, and who may take them."""

    def steps(self, user=None):
        steps = self.env["batch.overview"].with_user(user or self.env.user)
        return {step["key"]: step for step in steps._first_steps()}

    def test_a_step_is_done_once_the_data_say_so(self):
        plan = self.env["stock.lot.inspection.plan"]
        plan.search([]).active = False
        self.assertFalse(self.steps()["plan"]["done"])
        asked = {"name": "Free of stones", "kind": "passfail"}
        plan.create({"name": "Pulses", "characteristic_ids": [Command.create(asked)]})
        self.assertTrue(self.steps()["plan"]["done"])
        self.assertTrue(self.steps()["shelf_life"]["done"], "hummus has one")
        categories = self.env["product.category"]
        categories.search([]).removal_strategy_id = False
        self.assertFalse(self.steps()["strategy"]["done"])
        fefo = self.env.ref("product_expiry.removal_fefo")
        categories.create({"name": "Fresh", "removal_strategy_id": fefo.id})
        self.assertTrue(self.steps()["strategy"]["done"])
        sequence = self.env.ref("batch_tracking.ir_sequence_product_day_batch")
        categories.create({"name": "Numbered", "batch_sequence_id": sequence.id})
        self.assertTrue(self.steps()["number"]["done"])

    def test_a_step_opens_for_who_may_take_it(self):
        quality = self.steps(worker(self.env, "quality"))
        opens = {key for key, step in quality.items() if step["action"]}
        self.assertEqual(opens, {"plan"})
        administrator = self.steps(worker(self.env, "administrator"))
        opens = {key for key, step in administrator.items() if step["action"]}
        self.assertEqual(opens, {"plan", "number"})

    def test_who_may_not_take_one_reads_who_may(self):
        manager = self.user("manager", "stock.group_stock_manager")
        plan = {step["key"]: step for step in self.overview(manager)["steps"]}["plan"]
        self.assertFalse(plan["action"])
        self.assertIn("Quality", plan["who"])
        self.assertFalse([step for step in self.steps().values() if step["who"]])

    def test_all_actions_exist(self):
        for step in self.steps().values():
            self.assertTrue(self.env.ref(step["action"]).res_model)

    def test_who_sets_up_a_fresh_database_sees_them(self):
        """Nothing is set up yet, whoever begins."""
        self.env["stock.lot.inspection.plan"].search([]).active = False
        products = self.env["product.template"].search([])
        products.write({"expiration_time": 0, "lot_sequence_id": False})
        categories = self.env["product.category"].search([])
        categories.write({"removal_strategy_id": False, "batch_sequence_id": False})
        manager = self.user("manager", "stock.group_stock_manager")
        system = self.user("system", "base.group_system")
        for user in (worker(self.env, "administrator"), manager, system):
            with self.subTest(user.login):
                steps = self.overview(user)["steps"]
                self.assertEqual(len(steps), 4)
                self.assertFalse([step for step in steps if step["done"]])

    def test_who_may_take_none_sees_none(self):
        self.assertFalse(self.overview(worker(self.env, "viewer"))["steps"])

    def test_only_administrators_hide_them_for_their_company(self):
        self.env["stock.lot.inspection.plan"].search([]).active = False
        administrator = worker(self.env, "administrator")
        quality = worker(self.env, "quality")
        self.assertTrue(self.overview(quality)["steps"])
        self.assertFalse(self.overview(quality)["may_hide_steps"])
        with self.assertRaises(AccessError):
            self.env["batch.overview"].with_user(quality).hide_first_steps()
        self.env["batch.overview"].with_user(administrator).hide_first_steps()
        self.assertFalse(self.overview(quality)["steps"])
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        self.assertFalse(other.batch_hide_first_steps)
