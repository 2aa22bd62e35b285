from datetime import datetime, timedelta

from odoo.tests import BaseCase

from ...tools.expiry.intervals import (
    Held,
    Reading,
    between,
    celsius_of,
    held,
    longest_outside,
)
from ...tools.expiry.kinetic_temperature import (
    DAY,
    HOUR,
    highest_kinetic,
    judge,
    mean_kinetic,
)
from ...tools.expiry.life import (
    Q10,
    Arrhenius,
    SquareRoot,
    consumed,
    effective_expiration,
    lost,
)

NOON = datetime(2026, 11, 30, 12)


def hours(*pairs):
    return [Held(count * HOUR, celsius) for count, celsius in pairs]


def kinetic(*pairs):
    return round(mean_kinetic(hours(*pairs)), 4)


class TestMeanKineticTemperature(BaseCase):
    """How warm a product was kept, as pharmacopoeias count it."""

    def test_vectors_of_the_pharmacopoeia(self):
        self.assertEqual(kinetic((1, 25)), 25)
        self.assertEqual(kinetic((1, 20), (1, 25), (1, 30)), 25.8582)
        self.assertEqual(kinetic((1, 15), (1, 25)), 21.3004)
        self.assertEqual(kinetic((1, 2), (1, 8)), 5.5364)
        self.assertEqual(kinetic((4, 4), (1, 16)), 8.1089)
        self.assertEqual(kinetic((23, 5), (1, 25)), 7.7564)
        self.assertEqual(kinetic((71, 5), (1, 30)), 6.7712)
        self.assertEqual(kinetic((8736, 22), (24, 40)), 22.1424)
        year = (20, 21, 22, 24, 26, 28, 30, 29, 26, 24, 22, 20)
        self.assertEqual(kinetic(*((1, month) for month in year)), 24.9279)

    def test_intervals_count_by_their_length(self):
        self.assertEqual(kinetic((717, 22), (3, 29)), 22.0432)
        self.assertEqual(kinetic((1, 20), (3, 30), (1, 20)), 27.133)

    def test_a_month_at_room_temperature(self):
        verdict = judge(hours((696, 22), (24, 40)), "crt")
        self.assertEqual(round(verdict.kinetic, 4), 23.5996)
        self.assertTrue(verdict.passes, "24 hours at 40 °C are the limit")
        self.assertEqual(verdict.outside, DAY)
        self.assertEqual(judge(hours((695, 22), (25, 40)), "crt").broken, ("long",))
        self.assertEqual(judge(hours((700, 22), (1, 41)), "crt").broken, ("warm",))

    def test_a_day_in_the_cold(self):
        for pairs, figure, passes in (
            (((23, 5), (1, 15)), 5.7635, True),
            (((20, 5), (4, 12)), 6.6501, True),
            (((22, 5), (2, 25)), 9.8252, False),
        ):
            verdict = judge(hours(*pairs), "cct")
            self.assertEqual(
                (round(verdict.kinetic, 4), verdict.passes), (figure, passes)
            )

    def test_a_bad_afternoon_does_not_disappear_in_a_month(self):
        month = hours((400, 5), (4, 15), (316, 5))
        self.assertEqual(round(mean_kinetic(month), 4), 5.106)
        self.assertEqual(
            round(highest_kinetic(month, DAY), 4),
            kinetic((20, 5), (4, 15)),
        )

    def test_the_mean_says_nothing_of_frozen_goods(self):
        verdict = judge(hours((24, -18), (1, -2)), "frozen")
        self.assertIsNone(verdict.kinetic)
        self.assertIsNone(verdict.passes)
        self.assertEqual((verdict.coldest, verdict.warmest), (-18, -2))

    def test_without_time_there_is_nothing_to_judge(self):
        self.assertIsNone(mean_kinetic([]))
        self.assertIsNone(highest_kinetic([], DAY))
        with self.assertRaises(ValueError):
            judge([], "cct")


class TestReadings(BaseCase):
    """What loggers say becomes times at temperatures."""

    def readings(self, *pairs):
        return [Reading(NOON + timedelta(hours=h), celsius) for h, celsius in pairs]

    def test_a_reading_holds_until_the_next_or_is_in_between(self):
        readings = self.readings((2, 10), (0, 4))
        end = NOON + timedelta(hours=3)
        self.assertEqual(held(readings, end), hours((2, 4), (1, 10)))
        self.assertEqual(between(readings, end), hours((2, 7), (1, 10)))
        self.assertEqual(held([], end), [])

    def test_the_same_reading_twice_is_one_and_two_at_a_moment_are_a_fault(self):
        end = NOON + timedelta(hours=1)
        self.assertEqual(held(self.readings((0, 4), (0, 4)), end), hours((1, 4)))
        with self.assertRaisesRegex(ValueError, "two readings: 4 and 5 °C"):
            held(self.readings((0, 4), (0, 5)), end)

    def test_a_unit_is_never_guessed(self):
        self.assertEqual(celsius_of(77, "F"), 25)
        for unit in ("", "f", "R"):
            with self.assertRaises(ValueError):
                celsius_of(77, unit)

    def test_what_is_no_temperature_is_refused(self):
        for celsius in (-273.15, -400, float("nan"), float("inf")):
            with self.assertRaises(ValueError):
                held(self.readings((0, celsius)), NOON + timedelta(hours=1))

    def test_the_longest_time_outside_at_a_stretch(self):
        self.assertEqual(
            longest_outside(hours((2, 9), (1, 5), (3, 1)), 2, 8), (10800, 1)
        )
        self.assertEqual(longest_outside(hours((2, 9), (1, 1)), 2, 8)[0], 3 * HOUR)
        self.assertEqual(longest_outside(hours((2, 8), (1, 2)), 2, 8)[0], 0)


class TestLifeConsumed(BaseCase):
    """How fast life goes by in the warmth."""

    def test_rates_beside_four_degrees(self):
        rate = Q10(4, 2).rate
        expected = {
            0: 0.7579,
            2: 0.8706,
            8: 1.3195,
            10: 1.5157,
            14: 2,
            20: 3.0314,
            25: 4.2871,
        }
        for celsius, times in expected.items():
            self.assertEqual(round(rate(celsius), 4), times)

    def test_ten_days_at_four_degrees(self):
        for pairs, used in (
            (((48, 4),), 2.0),
            (((36, 4), (12, 14)), 2.5),
            (((24, 4), (24, 24)), 5.0),
        ):
            self.assertAlmostEqual(consumed(hours(*pairs), Q10(4, 2)) / DAY, used)

    def test_rates_by_the_energy_of_a_reaction(self):
        rate = Arrhenius(5, 83.144).rate
        expected = {0: 0.5178, 2: 0.6757, 8: 1.4676, 15: 3.4822, 20: 6.2939}
        expected |= {25: 11.1523, 30: 19.3914, 40: 55.6018}
        for celsius, times in expected.items():
            self.assertEqual(round(rate(celsius), 4), times)
        days = consumed(hours((48, 25)), Arrhenius(5, 83.144)) / DAY
        self.assertAlmostEqual(days, 22.3045, places=3)
        self.assertEqual(round(rate(30) / rate(20), 4), 3.081)

    def test_bacteria_do_not_grow_below_their_minimum(self):
        rate = SquareRoot(reference=4, minimum=-8).rate
        expected = {0: 0.4444, 2: 0.6944, 8: 1.7778, 10: 2.25, 15: 3.6736, 20: 5.4444}
        for celsius, times in expected.items():
            self.assertEqual(round(rate(celsius), 4), times)
        self.assertEqual(rate(-10), 0)
        sea = SquareRoot(reference=0, minimum=-10).rate
        self.assertEqual([round(sea(c), 4) for c in (0, 5, 10, 15)], [1, 2.25, 4, 6.25])

    def test_cold_does_not_lengthen_what_is_printed(self):
        model, cold = Arrhenius(5, 83.144), hours((240, 0))
        self.assertAlmostEqual(consumed(cold, model) / DAY, 5.1784, places=3)
        self.assertEqual(lost(cold, model), 0)
        now = NOON + timedelta(days=10)
        printed = NOON + timedelta(days=12)
        kept = effective_expiration(printed, timedelta(days=12), now, cold, model)
        self.assertEqual(kept, printed)

    def test_warmth_shortens_it(self):
        now, life = NOON + timedelta(days=2), timedelta(days=10)
        path = hours((24, 4), (24, 24))
        until = effective_expiration(NOON + life, life, now, path, Q10(4, 2))
        self.assertEqual(until, now + timedelta(days=5))
        spoilt = hours((480, 24))
        until = effective_expiration(NOON + life, life, now, spoilt, Q10(4, 2))
        self.assertEqual(until, now, "nothing is left")

    def test_parameters_that_cannot_be_are_refused(self):
        for build in (
            lambda: Q10(4, 0.5),
            lambda: Q10(4, float("nan")),
            lambda: Q10(-300, 2),
            lambda: Arrhenius(5, 83144),
            lambda: Arrhenius(5, 0),
            lambda: SquareRoot(-8, -8),
        ):
            with self.assertRaises(ValueError):
                build()
