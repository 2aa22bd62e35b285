from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .inspection_case import InspectionCase


@tagged("post_install", "-at_install")
class TestInspectedLot(InspectionCase):
    """Chickpeas that were inspected become mash, and mash becomes hummus."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pulses = cls.plan(cls.moisture(), cls.stones())
        cls.raw = cls.receive(cls.chickpeas, "CP-1", 100)
        cls.inspect(cls.raw.inspection_ids, Moisture=12, Free_of_stones="pass")
        cls.batch = cls.produce(cls.mash, "M-1", 50, uses=[(cls.raw, 30)])
        cls.pot = cls.produce(cls.hummus, "H-1", 10, uses=[(cls.batch, 20)])

    def test_a_lot_says_how_its_inspections_stand(self):
        second = self.inspection(self.raw, self.pulses)
        self.assertEqual(self.raw.inspection_state, "open")
        self.assertEqual(self.raw.inspection_count, 2)
        self.inspect(second, Moisture=14, Free_of_stones="pass")
        self.raw.invalidate_recordset()
        self.assertEqual(self.raw.inspection_state, "failed")
        self.assertFalse(self.pot.inspection_state)

    def test_a_finished_lot_shows_the_results_of_its_ingredients(self):
        action = self.pot.action_open_results()
        results = self.env["stock.lot.inspection.result"].search(action["domain"])
        self.assertEqual(results.lot_id, self.raw)
        self.assertEqual(results.mapped("value"), ["12 %", "Pass"])

    def test_the_genealogy_marks_inspected_lots(self):
        picture = self.pot.get_genealogy()
        marks = {
            node["name"]: node["inspection"]
            for node in picture["nodes"]
            if node["type"] == "lot"
        }
        self.assertEqual(marks, {"CP-1": "passed", "M-1": "", "H-1": ""})

    def test_a_trace_tells_other_systems(self):
        nodes = {node["name"]: node for node in self.pot.trace("back")["nodes"]}
        self.assertEqual(nodes["CP-1"]["inspection"], "passed")
        self.assertIsNone(nodes["H-1"]["inspection"])

    def test_the_trace_report_has_a_column_for_it(self):
        sheet = self.pot._ancestors_sheet(self.pot._trace())
        place = sheet.columns.index("Inspection")
        labels = {row[1]: row[place] for row in sheet.rows}
        self.assertEqual(labels, {"CP-1": "Passed", "M-1": None, "H-1": None})

    def test_the_life_of_a_lot_tells_its_inspection(self):
        story = [event["detail"] for event in self.raw.get_timeline()]
        number = self.raw.inspection_ids.name
        self.assertTrue([text for text in story if f"{number} Passed" in text])

    # -- on demand

    def wizard(self, lots, user=None):
        wizards = self.env["stock.lot.inspect"]
        wizards = wizards.with_user(user) if user else wizards
        return wizards.create({"lot_ids": lots.ids})

    def test_a_stock_user_inspects_on_demand(self):
        clerk = self.user("clerk")
        action = self.wizard(self.raw, clerk).apply()
        inspection = self.env["stock.lot.inspection"].browse(action["res_id"])
        self.assertEqual((inspection.moment, inspection.state), ("demand", "open"))
        self.assertEqual(inspection.plan_id, self.pulses)

    def test_only_plans_that_fit_are_offered_and_one_on_demand_first(self):
        special = self.plan(moment="demand", sequence=99)
        self.plan(product_id=self.hummus.id)
        wizard = self.wizard(self.raw)
        self.assertEqual(wizard.suited_plan_ids, self.pulses | special)
        self.assertEqual(wizard.plan_id, special)

    def test_a_plan_for_something_else_is_refused(self):
        wizard = self.wizard(self.raw)
        wizard.plan_id = self.plan(product_id=self.hummus.id)
        with self.assertRaisesRegex(UserError, "Choose a plan"):
            wizard.apply()
        with self.assertRaisesRegex(UserError, "No batch is chosen"):
            self.wizard(self.env["stock.lot"]).apply()

    def test_many_lots_open_one_grid(self):
        other = self.make_lot(self.chickpeas, "CP-2")
        action = self.wizard(self.raw | other).apply()
        ids = action["params"]["inspection_ids"]
        grids = self.env["stock.lot.inspection"].browse(ids).get_grids()
        self.assertEqual([grid["lot"] for grid in grids], ["CP-1", "CP-2"])

    def test_the_office_inspects_nothing(self):
        office = self.env["res.users"].create(
            {
                "name": "Office",
                "login": "office",
                "group_ids": [(6, 0, self.env.ref("base.group_user").ids)],
            }
        )
        with self.assertRaises(AccessError):
            self.raw.with_user(office).action_inspect()
