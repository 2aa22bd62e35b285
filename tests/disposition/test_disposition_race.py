from odoo.tests import BaseCase, get_db_name, tagged

from .races import Race, committed

TRIES = 40


@tagged("post_install", "-at_install")
class TestHoldAndReserve(BaseCase):
    """One person holds a lot at the moment in which another reserves it."""

    def test_the_lot_is_held_and_not_reserved(self):
        self.race("stock.lot")

    def test_its_place_is_held_and_it_is_not_reserved(self):
        self.race("stock.location", by_place=True)

    def race(self, model, **how):
        """Let both run, and see that all of ``model`` are held and nothing reserved."""
        race = Race(get_db_name(), TRIES, **how)
        self.addCleanup(race.clean_up)
        race.run()
        with committed(get_db_name()) as env:
            held = env[model].browse(race.place_ids if how else race.lot_ids)
            self.assertEqual(len(held), TRIES)
            codes = set(held.mapped("disposition_id.code"))
        self.assertEqual(codes, {"HOLD"})
        self.assertEqual(race.misses(), [])
