from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import file_path, mute_logger

from ..common import KitchenCase

JOB_LOG = "odoo.addons.batch_tracking.models.base.job"
REBUILD = "odoo.addons.batch_tracking.models.genealogy.stock_lot_link_rebuild"


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
            self.env["stock.lot.link"]._cron_rebuild()
        self.assertFalse(self.check().is_rebuilding)

    def test_links_as_derived_are_no_differences(self):
        self.assertFalse(self.found())

    def test_missing_links_and_gaps_are_found_and_rebuilt(self):
        self.links().filtered(lambda link: link.child_lot_id == self.made).unlink()
        self.env["stock.lot.gap"].search([]).unlink()
        self.assertEqual(
            self.found(), [("missing", "M-1", "H-1"), ("missing", False, "M-2")]
        )
        self.rebuild()
        self.assertFalse(self.found())
        self.assertEqual(len(self.links()), 2)
        self.assertEqual(len(self.env["stock.lot.gap"].search([])), 1)

    def test_a_wrong_quantity_is_found_and_rebuilt(self):
        link = self.links().filtered(lambda link: link.child_lot_id == self.made)
        link.parent_quantity = 4
        [row] = self.check().difference_ids
        self.assertEqual(
            (row.problem, row.right_quantity, row.stored_quantity), ("different", 5, 4)
        )
        self.rebuild()
        self.assertFalse(self.found())

    def test_a_superfluous_link_is_found_and_deleted(self):
        link = self.links().filtered(lambda link: link.child_lot_id == self.made)
        link.copy({"consume_line_id": link.produce_line_id.id})
        self.assertEqual(self.found(), [("superfluous", "M-1", "H-1")])
        self.rebuild()
        self.assertFalse(self.found())

    def test_a_rebuild_keeps_manual_links(self):
        link = self.links()[0].copy(
            {"kind": "manual", "consume_line_id": False, "produce_line_id": False}
        )
        self.assertFalse(self.found())
        self.rebuild()
        self.env["stock.lot.link"]._rebuild()
        self.assertTrue(link.exists())

    def test_a_rebuild_that_runs_out_of_time_goes_on_later(self):
        self.links().unlink()
        self.check().action_rebuild()
        links = self.env["stock.lot.link"]
        commit = patch.object(self.env.registry["ir.cron"], "_commit_progress")
        batch = patch(f"{REBUILD}.REBUILD_BATCH", 1)
        with batch, commit as commit_progress:
            commit_progress.side_effect = [60, 0]
            links._cron_rebuild()
            self.assertTrue(self.check().is_rebuilding)
            self.assertEqual(commit_progress.call_args.kwargs, {"remaining": 1})
            commit_progress.side_effect = [60]
            links._cron_rebuild()
        self.assertFalse(self.check().is_rebuilding)
        self.assertFalse(self.found())

    def test_a_line_that_cannot_be_linked_stops_no_other(self):
        self.links().unlink()
        self.check().action_rebuild()
        links = self.env.registry["stock.lot.link"]
        insert, poison = links._insert, self.raw_used().ids

        def refuse(link, consumed_ids=None):
            if set(poison) & set(consumed_ids):
                link.env.cr.execute("SELECT 1 / 0")
            return insert(link, consumed_ids)

        commit = patch.object(
            self.env.registry["ir.cron"], "_commit_progress", return_value=60
        )
        failures = self.env["batch.job.failure"]
        with commit:
            with patch.object(links, "_insert", refuse), self.expect_failures():
                self.env["stock.lot.link"]._cron_rebuild()
            self.assertEqual(self.links().child_lot_id, self.made)
            self.assertFalse(self.check().is_rebuilding)
            failure = failures.search([])
            self.assertEqual((failure.res_model, failure.res_id), self.poisoned())
            self.env["stock.lot.link"]._cron_rebuild()
        self.assertFalse(failure.exists(), "tried again, and done")
        self.assertFalse(self.found())

    def raw_used(self):
        return self.env["stock.move.line"].search(
            [
                ("lot_id", "=", self.raw.id),
                ("location_dest_id.usage", "=", "production"),
            ]
        )

    def poisoned(self):
        return "stock.move.line", self.raw_used().id

    @contextmanager
    def expect_failures(self):
        with mute_logger("odoo.sql_db"), self.assertLogs(JOB_LOG, "WARNING"):
            yield

    def test_an_update_points_the_job_to_the_links(self):
        job = self.env.ref("batch_tracking.ir_cron_rebuild_links")
        job.model_id = self.env["ir.model"]._get("stock.lot.link.check")
        migration = load_script(
            file_path("batch_tracking/migrations/19.0.1.1.0/post-genealogy_job.py"),
            "batch_tracking_post_genealogy_job",
        )
        migration.migrate(self.env.cr, "19.0.1.0.0")
        self.assertEqual(job.model_id.model, "stock.lot.link")

    def test_a_check_compares_the_chosen_companies_only(self):
        self.links().unlink()
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        self.env.user.company_ids |= other
        checks = self.env["stock.lot.link.check"].with_context(
            allowed_company_ids=other.ids
        )
        check = checks.browse(checks.action_check()["res_id"])
        self.assertFalse(check.difference_ids)

    def test_only_managers_may_check(self):
        user = self.user("sam")
        with self.assertRaises(AccessError):
            self.env["stock.lot.link.check"].with_user(user).action_check()
        manager = self.user("mia", "stock.group_stock_manager")
        self.env["stock.lot.link.check"].with_user(manager).action_check()
