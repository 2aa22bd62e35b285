from odoo.exceptions import AccessError
from odoo.tests import tagged

from .inspection_case import InspectionCase


@tagged("post_install", "-at_install")
class TestInspectionRights(InspectionCase):
    """A stock user inspects; a quality manager says how; companies stay apart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pulses = cls.plan()
        lot = cls.make_lot(cls.chickpeas, "CP-1")
        cls.looked_at = cls.inspection(lot, cls.pulses)
        cls.clerk = cls.user("clerk")
        cls.quality = cls.user("quality", "batch_tracking.group_quality_manager")
        cls.enter(cls.looked_at, Moisture=12)

    def test_a_stock_user_edits_no_plan(self):
        plan = self.pulses.with_user(self.clerk)
        self.assertEqual(plan.characteristic_ids.upper, 13)
        with self.assertRaises(AccessError):
            plan.fail_disposition_id = self.disposition("released")
        with self.assertRaises(AccessError):
            plan.characteristic_ids.upper = 99
        with self.assertRaises(AccessError):
            plan.copy()

    def test_a_quality_manager_edits_plans(self):
        plan = self.pulses.with_user(self.quality)
        plan.characteristic_ids.upper = 12
        self.assertEqual(self.pulses.characteristic_ids.upper, 12)
        copied = plan.copy()
        copied.active = False
        self.assertFalse(copied.active)
        self.assertEqual(copied.characteristic_ids.upper, 12)
        self.assertNotIn(copied, plan.search([]))

    def test_nobody_writes_results_or_verdicts_past_the_checks(self):
        for user in (self.clerk, self.quality):
            inspection = self.looked_at.with_user(user)
            with self.assertRaises(AccessError):
                inspection.state = "passed"
            with self.assertRaises(AccessError):
                inspection.result_ids.number = 1
            with self.assertRaises(AccessError):
                inspection.result_ids.unlink()
            with self.assertRaises(AccessError):
                inspection.create({"name": "Mine"})

    def test_the_office_sees_no_inspection(self):
        office = self.env["res.users"].create(
            {
                "name": "Office",
                "login": "office",
                "group_ids": [(6, 0, self.env.ref("base.group_user").ids)],
            }
        )
        with self.assertRaises(AccessError):
            self.enter(self.looked_at, office, Moisture=1)
        with self.assertRaises(AccessError):
            self.looked_at.with_user(office).get_grids()

    def test_another_company_sees_and_types_nothing(self):
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        stranger = self.user("stranger", "batch_tracking.group_quality_manager")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        inspection = self.looked_at.with_user(stranger).with_company(other)
        self.assertFalse(inspection.search([]))
        for act in (
            lambda: self.enter(self.looked_at, stranger, Moisture=1),
            inspection.action_complete,
            inspection.get_grids,
            lambda: inspection._accept("Mine"),
            lambda: inspection.result_ids.read(["number"]),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_plans_of_another_company_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        foreign_plan = self.plan(company_id=other.id, product_id=False)
        plans = self.env["stock.lot.inspection.plan"].with_user(self.quality)
        self.assertNotIn(foreign_plan, plans.search([]))
        self.assertFalse(
            self.env["stock.lot.inspection.characteristic"]
            .with_user(self.quality)
            .search([("plan_id", "=", foreign_plan.id)])
        )
