from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestOwnScreens(KitchenCase):
    """What one person chooses on a screen, nobody else reads or changes."""

    def screens(self):
        """Return the names of our models that are screens, and of lines on them."""
        return {
            name
            for name, model in self.env.registry.items()
            if model._transient
            and not model._abstract
            and str(model._original_module).startswith("batch_tracking")
        }

    def test_every_screen_is_ones_own(self):
        rules = self.env["ir.rule"].search(
            [
                ("global", "=", True),
                ("domain_force", "=", "[('create_uid', '=', user.id)]"),
            ]
        )
        self.assertGreater(len(self.screens()), 15)
        self.assertEqual(self.screens() - {*rules.model_id.mapped("model")}, set())

    def test_what_another_is_about_to_do_is_not_rewritten(self):
        lot = self.receive(self.chickpeas, "CP-1", 5)
        other = self.receive(self.chickpeas, "CP-2", 5)
        quality = self.user("quality", "batch_tracking.group_quality_manager")
        clerk = self.user("clerk")
        screens = self.env["stock.lot.set.disposition"]
        screen = screens.with_user(quality).create(
            {
                "lot_ids": lot.ids,
                "disposition_id": self.disposition("hold").id,
                "reason": "Stones",
            }
        )
        theirs = screen.with_user(clerk)
        for act in (
            lambda: theirs.write({"lot_ids": [(6, 0, other.ids)]}),
            lambda: theirs.read(["reason"]),
            theirs.unlink,
        ):
            with self.assertRaises(AccessError):
                act()
        self.assertFalse(screens.with_user(clerk).search([("id", "=", screen.id)]))
        screen.reason = "Sand"
        self.assertEqual(screen.lot_ids, lot)
