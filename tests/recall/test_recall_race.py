from psycopg2.errors import InvalidSavepointSpecification

from odoo import SUPERUSER_ID, api, sql_db
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ...models.recall.stock_lot_lock import GATE
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


@tagged("post_install", "-at_install")
class TestGate(BaseCase):
    """While somebody launches nobody moves goods, and everybody may afterwards."""

    def test_a_launch_that_breaks_its_transaction_lets_others_in(self):
        database = sql_db.db_connect(get_db_name())
        with database.cursor() as cr, database.cursor() as others:
            recall = api.Environment(cr, SUPERUSER_ID, {})["stock.recall"]
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(InvalidSavepointSpecification),
                recall._nobody_moving(),
            ):
                # As what breaks more than a savepoint: a commit, a hook that fails.
                cr.execute("ROLLBACK")
                cr.execute("BEGIN")
                cr.execute("SELECT 1 / 0")
            others.execute("SELECT pg_try_advisory_lock(%s)", [GATE])
            self.assertEqual(others.fetchone(), (True,))
            others.execute("SELECT pg_advisory_unlock(%s)", [GATE])
