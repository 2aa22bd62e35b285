from datetime import date, datetime, timedelta

from odoo.tests import BaseCase

from ...tools.answer.balance import Line
from ...tools.reconcile.drill import LIMITS, Clock, clock_text
from ...tools.reconcile.kpi import (
    ages_of,
    cost_per_unit,
    elapsed,
    leakage,
    scope_precision,
    time_to_share,
)
from ...tools.reconcile.openfda import (
    Facts,
    LotCode,
    enforcement_report,
    is_recall_number,
)

NINE = datetime(2026, 11, 24, 9)


class TestReconcileFigures(BaseCase):
    """The clock of a drill, key figures, and the names of openFDA."""

    def test_a_drill_is_judged_by_its_clock(self):
        clock = Clock(NINE, NINE + timedelta(minutes=7), NINE + timedelta(minutes=100))
        self.assertEqual(clock_text(clock.to_list), "0:07")
        self.assertEqual(clock_text(clock.to_reconciled), "1:40")
        self.assertEqual([clock.passes(h) for h in LIMITS], [True] * 3)
        self.assertFalse(clock.passes(1))
        self.assertEqual(LIMITS, (2, 4, 24))
        self.assertTrue(Clock(NINE, None, NINE + timedelta(hours=2)).passes(2))
        self.assertFalse(Clock(NINE).passes(24))

    def test_half_of_the_consignees_are_told_before_all_are(self):
        told = [NINE + timedelta(hours=n) for n in (3, 1, 2)]
        self.assertEqual(time_to_share(NINE, told, 50), timedelta(hours=2))
        self.assertEqual(time_to_share(NINE, told, 100), timedelta(hours=3))
        self.assertIsNone(time_to_share(NINE, [*told, None], 100))
        many = [NINE + timedelta(hours=n) for n in range(1, 101)]
        self.assertEqual(time_to_share(NINE, many, 50), timedelta(hours=50))
        self.assertEqual(time_to_share(NINE, [*many, None], 99), timedelta(hours=100))
        self.assertIsNone(time_to_share(NINE, [], 100))

    def test_what_left_after_the_decision_has_leaked(self):
        moves = [(NINE, 5.0), (NINE + timedelta(seconds=1), 2.0)]
        self.assertEqual(leakage(moves, NINE), 2)

    def test_figures_of_nothing_are_none(self):
        self.assertIsNone(elapsed(NINE, None))
        self.assertIsNone(elapsed(None, NINE))
        self.assertEqual(elapsed(NINE, NINE.replace(hour=11)), timedelta(hours=2))
        self.assertIsNone(scope_precision(0, 0))
        self.assertIsNone(cost_per_unit(5, [Line(0)]))
        self.assertEqual(scope_precision(5, 20), 0.25)
        self.assertEqual(cost_per_unit(5, [Line(20, returned_before=10)]), 0.5)

    def test_non_responders_by_age(self):
        sent = [NINE - timedelta(days=days) for days in (0, 3, 4, 31)]
        self.assertEqual(ages_of(sent, NINE), {3: 2, 7: 1, 14: 0, 30: 0, None: 1})

    def test_a_recall_in_the_names_of_openfda(self):
        facts = Facts(
            firm="Pharmatech LLC",
            product="Docusate",
            kind="Drugs",
            lots=[LotCode("30661601", date(2018, 5, 31)), LotCode("7")],
            quantity="1,990 bottles",
            reason="Contamination",
            state="closed",
            initiated=date(2016, 8, 8),
            recall_class="II",
            classified=date(2016, 10, 25),
        )
        report = enforcement_report(facts)
        self.assertEqual(
            report["code_info"], "Lot No. 30661601, Exp. Date 05/2018; Lot No. 7"
        )
        self.assertEqual(report["classification"], "Class II")
        self.assertEqual(report["recall_initiation_date"], "20160808")
        self.assertEqual(report["center_classification_date"], "20161025")
        self.assertEqual(report["termination_date"], "")
        self.assertEqual(report["status"], "Completed")
        self.assertEqual(set(map(type, report.values())), {str})
        with self.assertRaises(ValueError):
            enforcement_report(facts._replace(state="draft"))

    def test_numbers_of_recalls_begin_with_what_they_are(self):
        self.assertTrue(is_recall_number("D-1234-2026", "Drugs"))
        for number in ("X-1234-2026", "D-1234-26", "", "D-1234-2026\n"):
            self.assertFalse(is_recall_number(number, "Drugs"))

    def test_the_fields_are_those_of_the_enforcement_reports(self):
        report = enforcement_report(
            Facts("F", "P", "Food", [], "", "", "in_progress", date(2026, 1, 1))
        )
        self.assertEqual(" ".join(sorted(report)), FIELDS)


FIELDS = (
    "address_1 address_2 center_classification_date city classification code_info"
    " country distribution_pattern event_id initial_firm_notification more_code_info"
    " postal_code product_code product_description product_quantity product_type"
    " reason_for_recall recall_initiation_date recall_number recalling_firm"
    " report_date state status termination_date voluntary_mandated"
)
