from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import KitchenCase

CHECK = "odoo.addons.batch_tracking.wizards.genealogy.stock_lot_link_check"


@tagged("post_install", "-at_install")
class TestCheck(KitchenCase):
    """The genealogy is compared with Odoo's own records, and put right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.raw = cls.receive(cls.chickpeas, "CP-1", 10)
        water = cls.make_product("Water", tracking="none")
        cls.mash_lot = cls.produce(cls.mash, "M-1", 5, uses=[(cls.raw, 4)])
        cls.made = cls.produce(cls.hummus, "H-1", 20, uses=[(cls.mash_lot, 5)])
        place = cls.mash.property_stock_production
        wet = cls.bare_move(cls.make_lot(cls.mash, "M-2"), 3, place, cls.stock)
        poured = cls.env["stock.move"].create(
            {
                "product_id": water.id,
                "product_uom_qty": 2,
                "location_id": cls.stock.id,
                "location_dest_id": place.id,
            }
        )
        poured.quantity, poured.picked = 2, True
        (wet | poured)._action_done()
        wet.move_line_ids.consume_line_ids = poured.move_line_ids

    def check(self):
        action = self.env["stock.lot.link.check"].action_check()
        return self.env["stock.lot.link.check"].browse(action["res_id"])

    def found(self):
        return [
            (row.problem, row.parent_lot_id.name, row.child_lot_id.name)
            for row in self.check().difference_ids
        ]

    def links(self):
        return self.env["stock.lot.link"].search([])

    def rebuild(self):
        """Run the job, which must not commit in a test."""
        self.check().action_rebuild()
        self.assertTrue(self.check().is_rebuilding)
        with patch.object(
            self.env.registry["ir.cron"], "_commit_progress", return_value=60
        ):
            self.env["stock.lot.link.check"]._cron_rebuild()
        self.assertFalse(self.check().is_rebuilding)

    def test_all_is_well(self):
        self.assertFalse(self.found())

    def test_what_is_missing(self):
        self.links().filtered(lambda link: link.child_lot_id == self.made).unlink()
        self.env["stock.lot.gap"].search([]).unlink()
        self.assertEqual(
            self.found(), [("missing", "M-1", "H-1"), ("missing", False, "M-2")]
        )
        self.rebuild()
        self.assertFalse(self.found())
        self.assertEqual(len(self.links()), 2)
        self.assertEqual(len(self.env["stock.lot.gap"].search([])), 1)

    def test_what_is_wrong(self):
        link = self.links().filtered(lambda link: link.child_lot_id == self.made)
        link.parent_quantity = 4
        [row] = self.check().difference_ids
        self.assertEqual(
            (row.problem, row.right_quantity, row.stored_quantity), ("different", 5, 4)
        )
        self.rebuild()
        self.assertFalse(self.found())

    def test_what_is_too_much(self):
        link = self.links().filtered(lambda link: link.child_lot_id == self.made)
        link.copy({"consume_line_id": link.produce_line_id.id})
        self.assertEqual(self.found(), [("superfluous", "M-1", "H-1")])
        self.rebuild()
        self.assertFalse(self.found())

    def test_what_people_have_linked_stays(self):
        link = self.links()[0].copy(
            {"kind": "manual", "consume_line_id": False, "produce_line_id": False}
        )
        self.assertFalse(self.found())
        self.rebuild()
        self.env["stock.lot.link"]._rebuild()
        self.assertTrue(link.exists())

    def test_a_run_that_has_to_stop_goes_on_later(self):
        self.links().unlink()
        self.check().action_rebuild()
        checks = self.env["stock.lot.link.check"]
        commit = patch.object(self.env.registry["ir.cron"], "_commit_progress")
        batch = patch(f"{CHECK}.REBUILD_BATCH", 1)
        with batch, commit as commit_progress:
            commit_progress.side_effect = [60, 0]
            checks._cron_rebuild()
            self.assertTrue(self.check().is_rebuilding)
            self.assertEqual(commit_progress.call_args.kwargs, {"remaining": 1})
            commit_progress.side_effect = [60]
            checks._cron_rebuild()
        self.assertFalse(self.check().is_rebuilding)
        self.assertFalse(self.found())

    def test_each_company_sees_its_own(self):
        self.links().unlink()
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        self.env.user.company_ids |= other
        checks = self.env["stock.lot.link.check"].with_context(
            allowed_company_ids=other.ids
        )
        check = checks.browse(checks.action_check()["res_id"])
        self.assertFalse(check.difference_ids)

    def test_managers_only(self):
        user = self.user("sam")
        with self.assertRaises(AccessError):
            self.env["stock.lot.link.check"].with_user(user).action_check()
        manager = self.user("mia", "stock.group_stock_manager")
        self.env["stock.lot.link.check"].with_user(manager).action_check()
