from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ...models.inspection.exceptions import PlanAsksNothingError
from .inspection_case import InspectionCase


@tagged("post_install", "-at_install")
class TestInspectionPlan(InspectionCase):
    """A quality manager writes down what is looked at."""

    def assert_refused(self, message, *characteristics, **values):
        with self.assertRaisesRegex(ValidationError, message):
            self.plan(*characteristics, **values)

    def test_an_upper_limit_below_the_lower_one_is_refused(self):
        wrong = self.moisture(limits="both", lower=14)
        self.assert_refused("Moisture.*13 % is below.*14 %", wrong)

    def test_a_target_outside_of_the_limits_is_refused(self):
        wrong = self.moisture(has_target=True, target=15)
        self.assert_refused("Moisture.*target 15 % is outside", wrong)
        low = self.moisture(limits="lower", lower=2, has_target=True, target=1)
        self.assert_refused("target 1 % is outside.*beyond 2 %", low)

    def test_zero_is_a_limit_like_any_other(self):
        frozen = self.moisture(name="Core temperature", limits="upper", upper=0)
        plan = self.plan(frozen)
        self.assertEqual(plan.characteristic_ids.requirement, "at most 0 %")

    def test_a_choice_without_options_is_refused(self):
        self.assert_refused(
            "Colour.*without an option", self.colour(passing_options="")
        )
        twice = self.colour(failing_options="yellow")
        self.assert_refused("Colour.*an option twice", twice)

    def test_no_samples_are_refused(self):
        self.assert_refused("from 1 to 50", self.moisture(sample_size=0))
        self.assert_refused("from 1 to 50", self.moisture(sample_size=51))

    def test_a_plan_without_characteristics_is_refused(self):
        with self.assertRaises(PlanAsksNothingError):
            self.env["stock.lot.inspection.plan"].create({"name": "Empty"})
        plan = self.plan()
        with self.assertRaises(PlanAsksNothingError):
            plan.characteristic_ids.unlink()
        with self.assertRaises(PlanAsksNothingError):
            self.plan().characteristic_ids.active = False

    def test_no_caller_says_that_a_plan_is_just_being_saved(self):
        plan = self.plan().with_context(batch_plan_saving=True)
        with self.assertRaises(PlanAsksNothingError):
            plan.characteristic_ids.unlink()

    def test_the_last_characteristic_may_be_exchanged_in_one_save(self):
        plan = self.plan()
        old = plan.characteristic_ids
        plan.write(
            {
                "characteristic_ids": [
                    Command.delete(old.id),
                    Command.create(self.colour()),
                ]
            }
        )
        self.assertEqual(plan.characteristic_ids.name, "Colour")

    def test_a_rule_that_counts_nothing_is_refused(self):
        self.assert_refused("in how many", skip_rule="one_in", skip_every=0)
        self.assert_refused("after a failure", after_failure=-1)

    def test_a_list_of_plans_says_one_in_how_many(self):
        plan = self.plan(skip_rule="one_in", skip_every=7)
        self.assertEqual(plan.skip_label, "One batch in 7")
        plan.skip_rule = "every"
        self.assertEqual(plan.skip_label, "Every batch")

    def test_requirements_read_as_people_say_them(self):
        plan = self.plan(
            self.moisture(limits="both", lower=3.8, upper=4.6, unit="pH"),
            self.moisture(limits="lower", lower=2, has_target=True, target=2.5),
            self.colour(),
            self.stones(),
            {"name": "Remark", "kind": "text"},
        )
        self.assertEqual(
            plan.characteristic_ids.mapped("requirement"),
            [
                "3.8 to 4.6 pH",
                "at least 2 %, target 2.5 %",
                "Yellow, Beige",
                "Pass",
                "",
            ],
        )

    def test_what_has_results_is_archived_not_deleted(self):
        plan = self.plan(self.moisture(), self.stones())
        inspection = self.inspection(self.make_lot(self.chickpeas, "CP-1"), plan)
        self.enter(inspection, Moisture=12)
        with self.assertRaisesRegex(UserError, "Archive it"):
            plan.characteristic_ids[0].unlink()
        plan.characteristic_ids[0].active = False
        self.assertEqual(plan.characteristic_ids.name, "Free of stones")

    def test_a_copy_asks_for_the_same(self):
        copy = self.plan(self.moisture(), self.colour()).copy()
        self.assertEqual(copy.name, "Pulses (copy)")
        self.assertEqual(copy.characteristic_ids.mapped("name"), ["Moisture", "Colour"])

    def test_plans_are_chosen_by_what_the_goods_are(self):
        pulses = self.env["product.category"].create({"name": "Pulses"})
        self.chickpeas.categ_id = self.env["product.category"].create(
            {"name": "Chickpeas", "parent_id": pulses.id}
        )
        general = self.plan(product_id=False, category_id=pulses.id)
        special = self.plan(product_id=False, supplier_id=self.supplier.id)
        self.assertEqual(self.applying(), general)
        general.active = False
        self.assertEqual(self.applying(), special)
        self.assertFalse(self.applying(supplier=self.market))

    def applying(self, supplier=None):
        return self.env["stock.lot.inspection.plan"]._applying(
            "receipt",
            self.chickpeas,
            supplier or self.supplier,
            self.warehouse.in_type_id,
            self.company,
        )
