from odoo.tests import HttpCase, new_test_user, tagged

from .inspection_case import InspectionCase


@tagged("post_install", "-at_install")
class TestInspectionTours(InspectionCase, HttpCase):
    """Results are typed by keyboard, for one lot and for many, and looked at."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = ("stock.group_stock_user", "stock.group_production_lot")
        cls.clerk = new_test_user(cls.env, login="clerk", groups=",".join(groups))
        cls.pulses = cls.plan(
            cls.moisture(sample_size=3),
            cls.colour(),
            cls.stones(),
            quarantine_until_inspected=True,
        )

    def arrive(self, *names):
        lots = [self.receive(self.chickpeas, name, 10) for name in names]
        return [lot.inspection_ids for lot in lots]

    def test_one_inspection_by_keyboard(self):
        [inspection] = self.arrive("TOUR-CP1")
        self.start_tour(
            "/odoo/inspections", "batch_tracking_inspection_grid", login="clerk"
        )
        self.assertEqual(inspection.state, "passed")
        moisture = inspection.result_ids.filtered(
            lambda result: result.name == "Moisture"
        )
        self.assertEqual(moisture.mapped("number"), [12.2, 12.1, 12.3])
        self.assertEqual(moisture.user_id, self.clerk)

    def test_many_lots_in_one_grid(self):
        first, second = self.arrive("TOUR-CP1", "TOUR-CP2")
        self.start_tour(
            "/odoo/inspections", "batch_tracking_inspection_lots", login="clerk"
        )
        self.assertEqual((first.state, second.state), ("passed", "open"))
        self.assertEqual(self.result(second, "Moisture").number, 19)

    def test_a_trend_is_narrowed(self):
        plan = self.plan(self.moisture())
        self.pulses.active = False
        for name, moisture, supplier in (
            ("TOUR-CP1", 12, self.supplier),
            ("TOUR-CP2", 14, self.bistro),
        ):
            lot = self.receive(self.chickpeas, name, 10, supplier)
            self.inspect(lot.inspection_ids, Moisture=moisture)
        self.assertTrue(plan.characteristic_ids.result_ids)
        self.start_tour(
            "/odoo/inspection-trends", "batch_tracking_inspection_trend", login="clerk"
        )
