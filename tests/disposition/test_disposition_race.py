from odoo.tests import BaseCase, get_db_name, tagged

from .races import Race
from .widen_race import WidenRace

TRIES = 40
FEWER = 12
FEWEST = 3


@tagged("post_install", "-at_install")
class TestHoldAndReserve(BaseCase):
    """One person holds a lot at the moment in which another reserves it."""

    def test_the_lot_is_held_and_not_reserved(self):
        self.race(TRIES)

    def test_its_place_is_held_and_it_is_not_reserved(self):
        self.race(TRIES, hold="place")

    def test_its_disposition_forbids_by_now_and_it_is_not_reserved(self):
        self.race(TRIES, hold="disposition")

    def test_its_disposition_is_new_and_it_is_not_reserved(self):
        """The process that reserves has never heard of it."""
        self.race(TRIES, hold="anew")

    def test_a_line_typed_during_a_hold_does_not_go_around_what_is_locked(self):
        for hold in ("lot", "place", "disposition", "anew"):
            with self.subTest(hold=hold):
                self.race(FEWER, hold=hold, take="type", pause=0.08)

    def test_a_hold_that_waits_for_a_third_person_is_not_passed(self):
        """The third has locked the stock: core goes around it, and the hold waits."""
        for hold in ("lot", "place", "disposition", "anew"):
            for take in ("reserve", "type"):
                with self.subTest(hold=hold, take=take):
                    self.race(FEWEST, hold=hold, take=take, locked=0.4)

    def race(self, tries, locked=0, **how):
        """Let both run, and see that all are held and nothing is reserved."""
        race = Race(get_db_name(), tries, **how)
        race.locked = locked
        try:
            race.run()
            self.assertEqual(race.may_go(), [False] * tries)
            self.assertEqual(race.misses(), [])
        finally:
            race.clean_up()


@tagged("post_install", "-at_install")
class TestHoldAndWiden(BaseCase):
    """One puts a lot under a disposition at the moment in which it is widened."""

    def test_who_widens_alone_sees_what_was_put_under_it_a_moment_ago(self):
        self.assertEqual(self.race(is_late=True), {(True, False)})

    def test_who_puts_a_lot_under_it_meets_what_it_permits_by_then(self):
        """The second is told of the first, and does it knowing that."""
        self.assertEqual(self.race(is_late=False), {(True, True)})

    def race(self, **how):
        race = WidenRace(get_db_name(), FEWER, **how)
        try:
            race.run()
            return race.outcomes()
        finally:
            race.clean_up()
