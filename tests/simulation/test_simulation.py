import math
from datetime import timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestSimulation(KitchenCase):
    """Two lots of hummus came in; the bistro took some of the later one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.receive(cls.hummus, "H-1", 10)
        cls.second = cls.receive(cls.hummus, "H-2", 10)
        cls.deliver(cls.hummus, 4, cls.bistro, lot=cls.second)

    def simulate(self, **values):
        today = fields.Date.today()
        simulation = self.env["stock.removal.simulation"].create(
            {
                "date_from": today - timedelta(days=30),
                "date_to": today + timedelta(days=1),
                "product_ids": [fields.Command.set(self.hummus.ids)],
                **values,
            }
        )
        simulation.action_run()
        return simulation

    def line(self, simulation, method):
        return simulation.line_ids.filtered(lambda line: line.method == method)

    def test_the_companys_own_movements_are_replayed(self):
        simulation = self.simulate()
        self.assertEqual(simulation.state, "done")
        self.assertEqual(len(simulation.line_ids), 7)
        fifo = self.line(simulation, "fifo")
        self.assertEqual((fifo.received, fifo.sold, fifo.lost), (20, 4, 0))
        self.assertAlmostEqual(fifo.mean_life, 60, 0)

    def test_what_a_customer_asks_counts(self):
        self.env["res.partner.shelf.life"].create(
            {"partner_id": self.bistro.id, "min_days": 90}
        )
        self.assertEqual(self.line(self.simulate(), "fefo").lost, 4)

    def test_another_margin_can_be_tried(self):
        simulation = self.simulate(own_settings=True, margin_days=90)
        self.assertEqual(self.line(simulation, "femal").lost, 4)
        self.assertEqual(self.line(simulation, "fefo").lost, 0)

    def test_days_that_are_no_number_are_refused_by_a_sentence(self):
        for days in (math.nan, math.inf, 1e300, -1):
            with (
                self.subTest(days=days),
                self.assertRaisesRegex(ValidationError, "from 0 to"),
            ):
                self.simulate(own_settings=True, window_days=days)

    @mute_logger("odoo.sql_db")
    def test_a_product_keeps_no_days_that_are_no_number(self):
        for days in (math.nan, math.inf):
            with (
                self.subTest(days=days),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.hummus.femal_margin_days = days
                self.env.flush_all()

    def test_what_is_in_use_and_what_is_best_are_marked(self):
        lifo = self.env.ref("stock.removal_lifo")
        self.hummus.categ_id = self.env["product.category"].create(
            {"name": "Last in, first out", "removal_strategy_id": lifo.id}
        )
        lines = self.simulate(own_settings=True, margin_days=90).line_ids
        in_use = lines.filtered("is_in_use")
        self.assertEqual(in_use.mapped("method"), ["lifo"])
        self.assertIn("in use", in_use.note)
        best = lines.filtered("is_best")
        self.assertNotIn("femal", best.mapped("method"))
        self.assertEqual(len(best), 6)

    def test_where_it_makes_no_difference_none_is_best(self):
        lines = self.simulate().line_ids
        self.assertFalse(any(lines.mapped("is_best")))
        for line in lines:
            self.assertIn("no difference", line.note)

    def test_each_unit_of_measure_has_its_best_or_says_that_there_is_none(self):
        self.chickpeas.uom_id = self.env.ref("uom.product_uom_kgm")
        self.receive(self.chickpeas, "CP-1", 7)
        self.deliver(self.chickpeas, 3, self.bistro)
        both = self.hummus | self.chickpeas
        lines = self.simulate(
            product_ids=[fields.Command.set(both.ids)],
            own_settings=True,
            margin_days=90,
        ).line_ids
        notes = {
            unit.name: {line.note for line in alike}
            for unit, alike in lines.grouped("uom_id").items()
        }
        self.assertEqual(len(notes), 2)
        self.assertTrue(all("no difference" in note for note in notes["kg"]))
        hummus = notes[self.hummus.uom_id.name]
        self.assertTrue(any("best" in (note or "") for note in hummus))
        self.assertFalse(any("no difference" in (note or "") for note in hummus))

    def test_units_of_measure_are_not_added_up(self):
        self.chickpeas.uom_id = self.env.ref("uom.product_uom_kgm")
        self.receive(self.chickpeas, "CP-1", 7)
        self.deliver(self.chickpeas, 3, self.bistro)
        both = self.hummus | self.chickpeas
        simulation = self.simulate(product_ids=[fields.Command.set(both.ids)])
        fifo = self.line(simulation, "fifo")
        self.assertEqual(
            {line.uom_id: (line.received, line.sold) for line in fifo},
            {self.hummus.uom_id: (20, 4), self.chickpeas.uom_id: (7, 3)},
        )

    def test_nothing_in_stock_changes(self):
        before = self.hummus.stock_quant_ids.mapped("quantity")
        self.simulate()
        self.assertEqual(self.hummus.stock_quant_ids.mapped("quantity"), before)

    def happen(self, moment):
        """Let everything have happened at a moment in UTC."""
        self.env.flush_all()
        for table in ("stock_move_line", "stock_move"):
            self.env.cr.execute(
                f"UPDATE {table} SET date = %s WHERE product_id = %s",
                [moment, self.hummus.id],
            )
        self.env.invalidate_all()

    def test_its_days_are_those_of_the_companys_zone(self):
        moment, evening, morning = "2026-05-21 02:30:00", "2026-05-20", "2026-05-21"
        for zone, day, other in (
            ("America/New_York", evening, morning),
            ("Pacific/Auckland", morning, evening),
            ("UTC", morning, evening),
        ):
            with self.subTest(zone):
                self.company.partner_id.tz = zone
                self.happen(moment)
                simulation = self.simulate(date_from=day, date_to=day)
                self.assertEqual(self.line(simulation, "fifo").sold, 4)
                with self.assertRaisesRegex(UserError, "Nothing was delivered"):
                    self.simulate(date_from=other, date_to=other)

    def test_a_production_day_is_counted_from_the_first_of_the_period(self):
        self.first.production_date = "2026-05-18"
        for zone in ("America/New_York", "Pacific/Auckland"):
            self.company.partner_id.tz = zone
            self.happen("2026-05-20 22:00:00")
            day = "2026-05-21" if zone == "Pacific/Auckland" else "2026-05-20"
            simulation = self.simulate(date_from=day, date_to=day)
            lots = simulation._lots(self.hummus)[self.hummus.id]
            made = {lot.key: lot.produced for lot in lots}[self.first.id]
            self.assertEqual(made, -3 if zone == "Pacific/Auckland" else -2)

    def test_its_name_has_days_as_people_write_them(self):
        simulation = self.env["stock.removal.simulation"].new(
            {"date_from": "2024-02-01", "date_to": "2024-02-29"}
        )
        self.assertEqual(simulation.name, "Feb 1, 2024 to Feb 29, 2024")

    def test_a_period_at_the_end_of_time_is_refused(self):
        for period in (
            {"date_from": "0001-01-01"},
            {"date_to": "9999-12-31"},
        ):
            with self.assertRaises(ValidationError):
                self.simulate(**period)

    def test_the_last_day_of_the_period_counts(self):
        today = self.env["stock.removal.simulation"]._today()
        simulation = self.simulate(date_from=today, date_to=today)
        self.assertEqual(self.line(simulation, "fifo").sold, 4)

    def test_an_empty_period_says_so(self):
        with self.assertRaisesRegex(UserError, "Nothing was delivered"):
            self.simulate(product_ids=[fields.Command.set(self.mash.ids)])

    def test_it_runs_in_the_background_step_by_step(self):
        simulation = self.simulate()
        simulation._start()
        self.assertEqual(simulation.state, "running")
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 1)
        simulation._cron_simulate()
        self.assertEqual((simulation.state, simulation.progress), ("done", 100))
        self.assertEqual(self.line(simulation, "fifo").sold, 4)

    def test_a_product_that_cannot_be_replayed_is_named_and_left_out(self):
        raw = self.receive(self.chickpeas, "CP-1", 10)
        self.deliver(self.chickpeas, 3, self.market, lot=raw)
        both = self.hummus | self.chickpeas
        simulations = type(self.env["stock.removal.simulation"])
        lots = simulations._lots

        def broken(simulation, products):
            if self.chickpeas in products:
                self.env.cr.execute("SELECT 1 / 0", log_exceptions=False)
            return lots(simulation, products)

        with (
            patch.object(simulations, "_lots", broken),
            self.assertLogs("odoo.addons.batch_tracking", "WARNING"),
        ):
            simulation = self.simulate(product_ids=[fields.Command.set(both.ids)])
        self.assertEqual(simulation.state, "done")
        self.assertEqual(self.line(simulation, "fifo").sold, 4)
        self.assertRegex(simulation.left_out, r"Chickpeas: .*\(DivisionByZero: ")
        simulation.action_run()
        self.assertFalse(simulation.left_out)
        self.assertEqual(self.line(simulation, "fifo").sold, 7)

    def test_a_simulation_that_fails_stops_no_other(self):
        first, second = self.simulate(), self.simulate()
        (first | second).state = "running"
        first.waiting = second.waiting = self.hummus.ids
        add = type(first.line_ids)._add

        def broken(line, outcome):
            if line.simulation_id == first:
                raise ValueError("poison")
            return add(line, outcome)

        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 1)
        self.patch(type(first.line_ids), "_add", broken)
        with self.assertLogs("odoo.addons.batch_tracking", "WARNING"):
            first._cron_simulate()
        self.assertEqual((first.state, second.state), ("running", "done"))
        failure = self.env["batch.job.failure"].search([])
        self.assertEqual(failure.res_id, first.id)

    def test_it_belongs_to_the_stock_manager(self):
        clerk = self.user("clerk")
        with self.assertRaises(AccessError):
            self.env["stock.removal.simulation"].with_user(clerk).create({})
