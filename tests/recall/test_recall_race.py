from odoo.tests import BaseCase, get_db_name, tagged

from .recall_race import RecallRace

SHIPPERS = 3
LOTS = 4
SECONDS = 8


@tagged("post_install", "-at_install")
class TestRecallRace(BaseCase):
    """Three people ship four batches as fast as they can, and one recalls them."""

    def test_the_launch_fails_never_and_nothing_leaves_after_it(self):
        race = RecallRace(get_db_name(), SHIPPERS, LOTS, SECONDS)
        try:
            shipped, failures = race.run()
            leaked, delivered, counted = race.outcome()
            self.assertGreater(shipped, SHIPPERS)
            self.assertEqual(failures, 0)
            self.assertEqual(leaked, 0)
            self.assertEqual((delivered, counted), (shipped, shipped))
        finally:
            race.clean_up()
