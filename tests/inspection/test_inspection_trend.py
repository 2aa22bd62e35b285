import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .inspection_case import InspectionCase


@tagged("post_install", "-at_install")
class TestTrend(InspectionCase):
    """Moisture of chickpeas over lots and suppliers, with its limit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pulses = cls.plan(cls.moisture(), cls.stones())
        cls.asked = cls.pulses.characteristic_ids[0]
        for number, (moisture, supplier) in enumerate(
            [(12, cls.supplier), (14, cls.bistro), (13, cls.supplier)]
        ):
            lot = cls.receive(cls.chickpeas, f"CP-{number}", 10, supplier)
            cls.inspect(lot.inspection_ids, Moisture=moisture, Free_of_stones="pass")
        cls.results = cls.env["stock.lot.inspection.result"]

    def trend(self, **options):
        chosen = {"characteristic_id": self.asked.id, **options}
        return self.results.get_trend(chosen)

    def values(self, **options):
        return [point["value"] for point in self.trend(**options)["points"]]

    def test_only_numbers_are_offered(self):
        choices = {choice["id"]: choice for choice in self.results.get_trend_choices()}
        self.assertEqual(choices[self.asked.id]["count"], 3)
        self.assertNotIn(self.pulses.characteristic_ids[1].id, choices)

    def test_points_come_in_order_with_their_limits(self):
        trend = self.trend()
        self.assertEqual([point["value"] for point in trend["points"]], [12, 14, 13])
        self.assertEqual({point["upper"] for point in trend["points"]}, {13})
        self.assertEqual({point["lower"] for point in trend["points"]}, {None})
        faults = [point["fault"] for point in trend["points"]]
        self.assertEqual(faults, ["", "above 13 %", ""])
        self.assertEqual(json.loads(json.dumps(trend)), trend)

    def test_figures_are_those_of_the_points(self):
        self.assertEqual(
            self.trend()["figures"],
            {
                "count": 3,
                "outside": 1,
                "mean": "13",
                "deviation": "1",
                "lowest": "12",
                "highest": "14",
            },
        )

    def test_a_limit_that_changes_stays_with_its_points(self):
        self.asked.upper = 12
        lot = self.receive(self.chickpeas, "CP-9", 10)
        self.inspect(lot.inspection_ids, Moisture=11, Free_of_stones="pass")
        limits = [point["upper"] for point in self.trend()["points"]]
        self.assertEqual(limits, [13, 13, 13, 12])

    def test_it_is_narrowed_by_supplier_product_line_and_period(self):
        self.assertEqual(self.values(supplier_id=self.bistro.id), [14])
        self.assertEqual(self.values(product_id=self.mash.id), [])
        lot = self.env["stock.lot"].search([("name", "=", "CP-2")])
        lot.production_line = "LINE2"
        self.assertEqual(self.trend()["lines"], ["LINE2"])
        self.assertEqual(self.values(line="LINE2"), [13])
        self.assertEqual(self.values(date_to="2000-01-01"), [])
        self.assertEqual(len(self.values(date_from="2000-01-01")), 3)
        names = {supplier["name"] for supplier in self.trend()["suppliers"]}
        self.assertEqual(names, {self.supplier.name, self.bistro.name})

    def test_what_is_no_day_is_refused(self):
        with self.assertRaisesRegex(UserError, "is no day"):
            self.trend(date_from="soon")

    def test_a_lot_that_was_deleted_still_has_its_point(self):
        lot = self.make_lot(self.chickpeas, "CP-8")
        inspection = self.inspection(lot, self.pulses)
        self.inspect(inspection, Moisture=10, Free_of_stones="pass")
        self.delete_lot(lot)
        last = self.trend()["points"][-1]
        self.assertEqual((last["lot"], last["lot_id"]), ("CP-8", False))

    def test_another_company_and_the_office_see_nothing(self):
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        stranger = self.user("stranger")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        results = self.results.with_user(stranger).with_company(other)
        chosen = {"characteristic_id": self.asked.id}
        self.assertFalse(results.get_trend(chosen)["points"])
        office = self.env.ref("base.public_user")
        with self.assertRaises(AccessError):
            self.results.with_user(office).get_trend(chosen)
