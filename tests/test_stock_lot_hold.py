from odoo.tests import BaseCase, get_db_name, tagged

from .races import Race, committed

TRIES = 40


@tagged("post_install", "-at_install")
class TestHoldAndReserve(BaseCase):
    """One person holds a lot at the moment in which another reserves it."""

    def test_the_lot_is_held_and_not_reserved(self):
        race = Race(get_db_name(), TRIES)
        self.addCleanup(race.clean_up)
        race.run()
        with committed(get_db_name()) as env:
            lots = env["stock.lot"].browse(race.lot_ids)
            self.assertEqual(set(lots.disposition_id.mapped("code")), {"HOLD"})
        self.assertEqual(race.misses(), [])

    def test_its_place_is_held_and_it_is_not_reserved(self):
        race = Race(get_db_name(), TRIES, by_place=True)
        self.addCleanup(race.clean_up)
        race.run()
        with committed(get_db_name()) as env:
            places = env["stock.location"].browse(race.place_ids)
            self.assertEqual(set(places.disposition_id.mapped("code")), {"HOLD"})
        self.assertEqual(race.misses(), [])
