from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models.recall.exceptions import (
    RecallIsEvidenceError,
    RecallRightMissingError,
)
from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestRights(KitchenCase):
    """What each group may do, and nothing above it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.clerk = cls.user("clerk")
        cls.recall = cls.env["stock.recall"]._launch(cls.lot, "Drill", kind="drill")

    def test_nobody_is_a_manager_unasked(self):
        for name in ("quality_manager", "recall_manager"):
            group = self.env.ref(f"batch_tracking.group_{name}")
            self.assertFalse(
                group.implied_by_ids
                - self.env["res.groups"].search(
                    [("privilege_id.name", "=", "Batch Tracking")]
                )
            )
            self.assertFalse(self.clerk.has_group(f"batch_tracking.group_{name}"))

    def test_a_stock_user_is_a_batch_user(self):
        self.assertTrue(self.clerk.has_group("batch_tracking.group_batch_user"))

    def test_a_clerk_reads_recalls_and_changes_none(self):
        recall = self.recall.with_user(self.clerk)
        self.assertEqual(recall.lot_ids.lot_id.name, "CP-1")
        with self.assertRaises(AccessError):
            recall.reason = "Other"
        with self.assertRaises(AccessError):
            recall.lot_ids.on_hand = 0
        with self.assertRaises(RecallRightMissingError):
            recall.action_close()

    def test_not_even_a_recall_manager_forges_a_trace(self):
        """What launching has written stays, and closing is a step of its own."""
        manager = self.user("manager", "batch_tracking.group_recall_manager")
        recall = self.recall.with_user(manager)
        with self.assertRaises(AccessError):
            recall.lot_ids.unlink()
        with self.assertRaises(AccessError):
            recall.create({"reason": "By hand"})
        for forged in ({"accounted_percent": 100}, {"state": "closed"}):
            with self.assertRaises(RecallIsEvidenceError) as refusal:
                recall.write(forged)
            self.assertEqual(refusal.exception.names, forged.keys())
        recall.reason = "Stones found in a sack"

    def test_a_clerk_makes_no_links(self):
        with self.assertRaises(AccessError):
            self.env["stock.lot.link"].with_user(self.clerk).create({})

    def test_a_stranger_traces_nothing(self):
        stranger = self.env["res.users"].create(
            {
                "name": "Office",
                "login": "office",
                "group_ids": [(6, 0, self.env.ref("base.group_user").ids)],
            }
        )
        with self.assertRaises(AccessError):
            self.lot.with_user(stranger).trace("forward")


@tagged("post_install", "-at_install")
class TestCompanies(KitchenCase):
    """Two companies handle the same shared lot; neither sees the other's part."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.other = cls.env["res.company"].create({"name": "Other Kitchen"})
        cls.here = cls.user("here", "batch_tracking.group_recall_manager")
        cls.there = cls.user("there", "batch_tracking.group_recall_manager")
        cls.there.write(
            {"company_ids": [(6, 0, cls.other.ids)], "company_id": cls.other.id}
        )
        cls.deliver(cls.chickpeas, 4, cls.market, lot=cls.lot)
        cls.produce(cls.mash, "M-1", 3, uses=[(cls.lot, 2)])

    def test_quantities_and_consignees_stay_with_their_company(self):
        ours = self.env(user=self.here)
        theirs = (
            self.env["res.users"].with_user(self.there).with_company(self.other).env
        )
        self.assertTrue(ours["stock.lot.trace"]._consignees(self.lot))
        self.assertFalse(theirs["stock.lot.trace"]._consignees(self.lot))
        self.assertFalse(theirs["stock.lot.trace"]._on_hand(self.lot))
        for env, count in ((ours, 2), (theirs, 1)):
            levels = env["stock.lot.genealogy"]._levels(self.lot, "forward")
            self.assertEqual(len(levels), count)

    def test_recalls_stay_with_their_company(self):
        recall = (
            self.env["stock.recall"]
            .with_user(self.here)
            ._launch(self.lot, "Drill", kind="drill")
        )
        with self.assertRaises(AccessError):
            recall.with_user(self.there).read(["reason"])
