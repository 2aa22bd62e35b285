import math
from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.inspection.limits import (
    ABOVE,
    BELOW,
    Limits,
    as_number,
    as_text,
    mean,
)
from ...tools.inspection.plan_scope import (
    Goods,
    Scope,
    applying,
)
from ...tools.inspection.skip_lot import (
    AFTER_FAILURE,
    BY_RULE,
    EVERY,
    FIRST,
    ONE_IN,
    History,
    Rule,
)

#: What an instrument shows: up to six digits, of which three after the point.
readings = st.integers(-999_999, 999_999).map(lambda n: Decimal(n).scaleb(-3))
limits = st.none() | readings
ids = st.integers(0, 2)


# Several people share the machine: slow is no fault here.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


class TestVerdict(BaseCase):
    """A number, its limits, and the mean of several."""

    @patient
    @given(readings, limits, limits)
    def test_limits_are_those_of_exact_arithmetic(self, value, lower, upper):
        fault = Limits(
            None if lower is None else float(lower),
            None if upper is None else float(upper),
        ).fault(float(value))
        expected = None
        if upper is not None and value > upper:
            expected = ABOVE
        if lower is not None and value < lower:
            expected = BELOW
        self.assertEqual(fault, expected)

    @patient
    @given(st.lists(readings, min_size=1, max_size=20))
    def test_a_mean_is_that_of_exact_arithmetic(self, values):
        exact = sum(map(Fraction, values)) / len(values)
        average = mean([float(value) for value in values])
        self.assertTrue(math.isclose(average, exact, rel_tol=1e-9, abs_tol=1e-9))

    def test_a_mean_at_the_limit_is_within_it(self):
        self.assertIsNone(Limits(upper=0.2).fault(mean([0.1, 0.2, 0.3])))

    @patient
    @given(readings)
    def test_a_number_is_read_as_it_was_written(self, value):
        self.assertEqual(as_number(as_text(float(value))), float(value))

    def test_other_texts_are_no_numbers(self):
        for value in ("", "wet", "1,5", "1_000", "nan", "inf", True, None, [1], 1e999):
            with self.subTest(value=value):
                self.assertIsNone(as_number(value))


class TestSkipLot(BaseCase):
    """Which lots are inspected, against a rule counted by hand."""

    @patient
    @given(
        st.sampled_from([EVERY, FIRST, ONE_IN]),
        st.integers(1, 6),
        st.integers(0, 4),
        st.lists(st.booleans(), max_size=60),
    )
    def test_rules_against_a_naive_count(self, kind, every, after_failure, outcomes):
        rule = Rule(kind, every, after_failure)
        history, taken, failures = History(), [], []
        for place, is_bad in enumerate(outcomes):
            expected = self.expected(rule, taken, failures, place)
            reason = history.take(rule)
            self.assertEqual(reason, expected, (rule, place))
            taken.append(reason is not None)
            if reason and is_bad:
                failures.append(place)
                history.since_failure = 0

    def expected(self, rule, taken, failures, place):
        inspected = [at for at, was in enumerate(taken) if was]
        if rule.kind == EVERY or not inspected:
            return BY_RULE
        if rule.kind == ONE_IN and place - inspected[-1] >= rule.every:
            return BY_RULE
        if failures and place - failures[-1] <= rule.after_failure:
            return AFTER_FAILURE
        return None

    def test_one_in_three_begins_with_the_first(self):
        history, rule = History(), Rule(ONE_IN, 3)
        inspected = [bool(history.take(rule)) for _lot in range(7)]
        self.assertEqual(inspected, [True, False, False, True, False, False, True])


class TestPlanChoice(BaseCase):
    """Of the plans that fit, the most specific applies."""

    def applying(self, *scopes, **goods):
        known = {"product_id": 7, "category_ids": (3, 1), "supplier_id": 9}
        return applying(scopes, Goods("receipt", **{**known, **goods}))

    def test_the_product_wins_over_category_and_supplier(self):
        scopes = [
            Scope(1, "receipt", category_id=3, supplier_id=9),
            Scope(2, "receipt", product_id=7),
        ]
        self.assertEqual(self.applying(*scopes), [2])

    def test_the_nearer_category_wins(self):
        scopes = [
            Scope(1, "receipt", category_id=1, supplier_id=9),
            Scope(2, "receipt", category_id=3),
        ]
        self.assertEqual(self.applying(*scopes), [2])

    def test_equals_apply_together_and_additional_ones_beside(self):
        scopes = [
            Scope(1, "receipt", product_id=7),
            Scope(2, "receipt", product_id=7),
            Scope(3, "receipt"),
            Scope(4, "receipt", is_additional=True),
        ]
        self.assertEqual(self.applying(*scopes), [1, 2, 4])

    def test_another_moment_company_or_supplier_does_not_fit(self):
        scopes = [
            Scope(1, "production"),
            Scope(2, "receipt", company_id=5),
            Scope(3, "receipt", supplier_id=8),
        ]
        self.assertEqual(self.applying(*scopes, company_id=4), [])

    @patient
    @given(
        st.lists(
            st.builds(
                Scope,
                st.integers(1, 99),
                st.sampled_from(["receipt", "production"]),
                ids,
                ids,
                ids,
                ids,
                ids,
                st.booleans(),
            ),
            max_size=8,
            unique_by=lambda scope: scope.plan_id,
        ),
        st.builds(
            Goods,
            st.sampled_from(["receipt", "production"]),
            st.integers(1, 2),
            st.permutations([1, 2]).map(tuple),
            ids,
            ids,
            ids,
        ),
    )
    def test_nothing_that_applies_is_beaten(self, scopes, goods):
        chosen = applying(scopes, goods)
        fitting = [scope for scope in scopes if scope.fits(goods)]
        self.assertEqual(bool(chosen), bool(fitting))
        for scope in fitting:
            beaten = any(
                other.rank(goods) > scope.rank(goods)
                for other in fitting
                if not other.is_additional
            )
            expected = scope.is_additional or not beaten
            self.assertEqual(expected, scope.plan_id in chosen, (scope, goods))
