from pathlib import Path
from unittest.mock import patch

from odoo.modules.module import get_module_path
from odoo.tests import tagged

from ...models.base.ir_module_module import BRIDGES
from ...models.number.exceptions import NumberingError
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestMissingBridges(KitchenCase):
    """An app is there, and the addon that follows batches in it is not."""

    def without(self, *bridges):
        loaded = self.env.registry._init_modules
        apps = {app for app, bridge in BRIDGES.items() if bridge in bridges}
        self.startPatcher(
            patch.object(
                self.env.registry, "_init_modules", (loaded | apps) - set(bridges)
            )
        )

    def overview(self, *groups):
        boss = self.user("boss", *groups)
        return self.env["batch.overview"].with_user(boss).get_overview()

    def test_every_bridge_is_known(self):
        folder = Path(get_module_path("batch_tracking"), "bridges")
        if not folder.is_dir():
            self.skipTest("A package holds the addon alone.")
        manifests = folder.glob("*/__manifest__.py")
        self.assertEqual(
            set(BRIDGES.values()), {path.parent.name for path in manifests}
        )

    def test_nothing_is_said_where_all_are_there(self):
        self.assertFalse(self.overview("stock.group_stock_manager")["notices"])

    def test_administrators_are_told_which_and_how_it_comes(self):
        self.without("batch_tracking_mrp")
        [notice] = self.overview("stock.group_stock_manager")["notices"]
        self.assertIn("Manufacturing is used without batch_tracking_mrp", notice)
        self.assertIn("addons path", notice)

    def test_nobody_else_is_told(self):
        self.without("batch_tracking_mrp")
        self.assertFalse(self.overview()["notices"])

    def test_the_check_of_the_genealogy_says_so(self):
        self.without("batch_tracking_mrp", "batch_tracking_repair")
        action = self.env["stock.lot.link.check"].action_check()
        check = self.env["stock.lot.link.check"].browse(action["res_id"])
        self.assertIn("batch_tracking_mrp, batch_tracking_repair", check.missing_addons)

    def test_an_order_that_gets_no_number_says_why(self):
        """Without its addon, an order does not tell for which product it asks."""
        sequence = self.env.ref("batch_tracking.ir_sequence_product_day_batch")
        (self.mash | self.hummus).lot_sequence_id = sequence
        with self.assertRaises(NumberingError) as refusal:
            sequence.next_by_id()
        self.assertIn("Several products", str(refusal.exception))
        self.without("batch_tracking_mrp")
        with self.assertRaises(NumberingError) as refusal:
            sequence.next_by_id()
        self.assertIn("batch_tracking_mrp", str(refusal.exception))
        self.assertNotIn("Several products", str(refusal.exception))
