import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.inspection.exceptions import (
    InspectionIncompleteError,
    ResultNotAcceptedError,
)
from ...tools.ids import GREATEST_ID
from .inspection_case import DOT
from .planned_case import PlannedCase


@tagged("post_install", "-at_install")
class TestInspection(PlannedCase):
    """A sack of chickpeas is looked at, and the lot follows."""

    # -- passing and failing

    def test_a_stock_user_types_completes_and_thereby_releases(self):
        self.inspect_now(self.clerk)
        self.assertEqual(self.looked_at.state, "passed")
        self.assertEqual(self.looked_at.completed_by, self.clerk)
        self.assertEqual(self.lot.disposition_id, self.disposition("released"))
        result = self.result(self.looked_at, "Moisture")
        self.assertEqual((result.value, result.user_id), ("12.5 %", self.clerk))
        self.assertTrue(result.date)

    def test_a_value_beyond_its_limit_fails_the_lot_and_says_which(self):
        self.inspect_now(Moisture=14.2)
        self.assertEqual(self.looked_at.state, "failed")
        self.assertEqual(self.lot.disposition_id, self.disposition("hold"))
        failure = "Moisture: 14.2 % (at most 13 %)"
        self.assertEqual(self.looked_at.failure, failure)
        self.assertIn(failure, self.last_event().new_value)
        changed = self.lot.event_ids.filtered(
            lambda event: (
                event.kind == "disposition" and failure in (event.reason or "")
            )
        )
        self.assertIn(self.looked_at.name, changed.reason)

    def test_a_failing_option_and_a_failing_check_fail(self):
        self.inspect_now(Colour="Brown", Free_of_stones="fail")
        self.assertEqual(
            self.looked_at.failure.splitlines(),
            ["Colour: Brown (Yellow, Beige)", "Free of stones: Fail (Pass)"],
        )

    def test_a_value_at_its_limit_passes(self):
        self.inspect_now(Moisture=13)
        self.assertEqual(self.looked_at.state, "passed")

    def test_zero_is_a_value(self):
        self.inspect_now(Moisture=0)
        self.assertEqual(self.result(self.looked_at, "Moisture").value, "0 %")

    def test_what_is_missing_is_named(self):
        self.enter(self.looked_at, Moisture=12)
        message = "CP-1.*Colour, Free of stones"
        with self.assertRaisesRegex(InspectionIncompleteError, message) as refusal:
            self.looked_at.action_complete()
        self.assertEqual(refusal.exception.inspection, self.looked_at)
        self.assertEqual(refusal.exception.missing, ["Colour", "Free of stones"])

    def test_what_is_not_required_may_be_missing(self):
        plan = self.plan(self.moisture(), self.colour(is_required=False))
        lot = self.make_lot(self.chickpeas, "CP-2")
        inspection = self.inspect(self.inspection(lot, plan), Moisture=12)
        self.assertEqual(inspection.state, "passed")

    # -- samples

    def test_each_sample_must_pass_and_the_mean_is_shown(self):
        plan = self.plan(self.moisture(sample_size=3))
        inspection = self.inspection(self.make_lot(self.chickpeas, "CP-3"), plan)
        [grid] = self.enter(inspection, Moisture=[12, 13, 14])
        [row] = grid["rows"]
        self.assertEqual(row["mean"], "13")
        self.assertEqual(
            [cell["fault"] for cell in row["cells"]], ["", "", "above 13 %"]
        )
        inspection.action_complete()
        self.assertEqual(inspection.state, "failed")

    def test_the_mean_alone_may_count(self):
        plan = self.plan(self.moisture(sample_size=3, judged_by="mean"))
        inspection = self.inspection(self.make_lot(self.chickpeas, "CP-3"), plan)
        self.inspect(inspection, Moisture=[12, 13, 14])
        self.assertEqual(inspection.state, "passed")
        worse = self.inspection(self.make_lot(self.chickpeas, "CP-4"), plan)
        self.inspect(worse, Moisture=[13, 13, 14.5])
        self.assertEqual(worse.failure, "Moisture: mean 13.5 % (at most 13 %)")

    # -- values that are none

    def refused_entry(self, message, name, value):
        """Return the refusal of a value."""
        entry = self.entry(self.looked_at, name, value)
        with self.assertRaisesRegex(ResultNotAcceptedError, message) as refusal:
            self.looked_at.enter_results([entry])
        return refusal.exception

    def test_values_of_another_kind_are_refused(self):
        self.enter(self.looked_at, Moisture=12)
        for name, value, message in (
            ("Moisture", "wet", "Moisture.*is no number"),
            ("Moisture", "13,5", "Moisture.*is no number"),
            ("Moisture", "nan", "Moisture.*is no number"),
            ("Moisture", [12], "Moisture.*is no number"),
            ("Moisture", True, "Moisture.*is no number"),
            ("Colour", "Blue", "Choose one of: Yellow, Beige, Brown"),
            ("Colour", 3, "Choose one of"),
            ("Free of stones", "maybe", "neither"),
        ):
            refusal = self.refused_entry(message, name, value)
            self.assertEqual((refusal.result.name, refusal.value), (name, value))

    def test_a_text_and_a_photo(self):
        plan = self.plan(
            {"name": "Remark", "kind": "text"}, {"name": "Sack", "kind": "photo"}
        )
        inspection = self.inspection(self.make_lot(self.chickpeas, "CP-5"), plan)
        with self.assertRaisesRegex(ResultNotAcceptedError, "Sack.*no picture"):
            self.enter(inspection, Sack=base64.b64encode(b"no").decode())
        with self.assertRaisesRegex(ResultNotAcceptedError, "Sack.*no picture"):
            self.enter(inspection, Sack=5)
        with self.assertRaisesRegex(ResultNotAcceptedError, "Remark.*2000"):
            self.enter(inspection, Remark="x" * 2001)
        self.inspect(inspection, Remark="Two torn sacks", Sack=DOT)
        self.assertEqual(
            inspection.result_ids.mapped("value"), ["Two torn sacks", "Photo"]
        )

    def test_cells_that_do_not_exist_are_refused(self):
        entry = self.entry(self.looked_at, "Moisture", 12)
        for cell in ({"sample": 2}, {"characteristic_id": GREATEST_ID}):
            with self.assertRaisesRegex(UserError, "does not ask for"):
                self.looked_at.enter_results([{**entry, **cell}])
        with self.assertRaisesRegex(UserError, "needs the inspection"):
            self.looked_at.enter_results([{"value": 3}])

    def test_a_value_can_be_taken_away(self):
        self.enter(self.looked_at, Moisture=12)
        [grid] = self.enter(self.looked_at, Moisture=None)
        self.assertEqual(grid["entered"], 0)
        self.assertFalse(self.result(self.looked_at, "Moisture").user_id)

    def test_who_measured_stays_when_another_looks(self):
        self.enter(self.looked_at, self.clerk, Moisture=12)
        self.enter(self.looked_at, self.quality, Moisture=12)
        self.assertEqual(self.result(self.looked_at, "Moisture").user_id, self.clerk)

    def test_equipment_stands_beside_a_result(self):
        entry = self.entry(self.looked_at, "Moisture", 12, equipment=" MA-3 ")
        [grid] = self.looked_at.enter_results([entry])
        self.assertEqual(grid["rows"][0]["equipment"], "MA-3")

    def test_limits_stay_as_they_were_when_it_began(self):
        self.enter(self.looked_at, Moisture=12.5)
        self.pulses.characteristic_ids[0].upper = 10
        self.looked_at.enter_results([self.entry(self.looked_at, "Moisture", 12.8)])
        self.assertEqual(self.result(self.looked_at, "Moisture").verdict, "pass")

    # -- several inspections, and what others have decided

    def test_a_lot_is_released_when_the_last_inspection_has_passed(self):
        second = self.inspection(self.lot, self.plan(name="Metal"))
        self.inspect_now()
        self.assertEqual(self.lot.disposition_id, self.disposition("quarantine"))
        self.inspect(second, Moisture=1)
        self.assertEqual(self.lot.disposition_id, self.disposition("released"))

    def test_a_failure_is_not_undone_by_another_plan(self):
        second = self.inspection(self.lot, self.plan(name="Metal"))
        self.inspect_now(Moisture=15)
        self.inspect(second, Moisture=1)
        self.assertEqual(self.lot.disposition_id, self.disposition("hold"))

    def test_what_somebody_holds_or_recalls_stays_so(self):
        self.lot._set_disposition(self.disposition("recalled"), "Stones")
        self.inspect_now()
        self.assertEqual(self.looked_at.state, "passed")
        self.assertEqual(self.lot.disposition_id, self.disposition("recalled"))

    def test_a_failure_makes_a_held_lot_stricter_never_milder(self):
        self.lot._set_disposition(self.disposition("restricted"), "Stones")
        self.inspect_now(Moisture=15)
        self.assertFalse(self.lot.disposition_id.allow_return)
        self.assertFalse(self.lot.disposition_id.allow_deliver)

    # -- lots that are gone or elsewhere

    def test_a_lot_that_was_deleted_does_not_stop_its_inspection(self):
        lot = self.make_lot(self.chickpeas, "CP-9")
        inspection = self.inspection(lot, self.pulses)
        self.delete_lot(lot)
        self.inspect(inspection, **self.GOOD)
        self.assertEqual((inspection.state, inspection.lot_name), ("passed", "CP-9"))
        event = self.env["stock.lot.event"].search([("document", "=", inspection.name)])
        self.assertEqual((event.lot_name, event.lot_id.id), ("CP-9", False))
        self.assertEqual(inspection.get_grids()[0]["lot"], "CP-9")

    def test_an_inspection_that_is_gone_is_said_to_be(self):
        with self.assertRaisesRegex(UserError, "does not exist any more"):
            self.looked_at.enter_results(
                [{"inspection_id": GREATEST_ID, "characteristic_id": 1, "value": 2}]
            )

    def test_a_lot_that_belongs_elsewhere_is_left_alone(self):
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        lot = self.make_lot(self.chickpeas, "CP-8")
        inspection = self.inspection(lot, self.pulses)
        lot.company_id = other
        self.inspect(inspection, self.clerk, **{**self.GOOD, "Moisture": 15})
        self.assertEqual(inspection.state, "failed")
        self.assertEqual(lot.disposition_id, self.disposition("released"))
