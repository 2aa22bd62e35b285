from psycopg2.errors import LockNotAvailable

from odoo import sql_db
from odoo.tests import BaseCase, get_db_name, tagged

from ...models.recall.stock_lot_lock import GATE
from ..disposition.races import committed
from .recall_case import RecallCase


@tagged("post_install", "-at_install")
class TestRecallNumbers(RecallCase):
    """An auditor asks where the recall is whose number is missing."""

    def test_a_launch_that_is_begun_anew_loses_no_number(self):
        for kind in ("recall", "drill"):
            with self.subTest(kind):
                with self.env.cr.savepoint() as savepoint:
                    lost = self.env["stock.recall"]._next_name(kind)
                    savepoint.rollback()
                self.assertEqual(self.env["stock.recall"]._next_name(kind), lost)
                self.assertNotEqual(self.env["stock.recall"]._next_name(kind), lost)


@tagged("post_install", "-at_install")
class TestRecallWaits(BaseCase):
    """Somebody moves goods for longer than a job waits."""

    def test_that_is_no_error(self):
        name = get_db_name()
        with (
            sql_db.db_connect(name).cursor() as other,
            committed(name) as env,
        ):
            other.execute("SELECT pg_advisory_xact_lock_shared(%s)", [GATE])
            env.cr.execute("SELECT set_config('lock_timeout', '100ms', true)")
            with (
                self.assertNoLogs("odoo.sql_db", "ERROR"),
                self.assertRaises(LockNotAvailable),
                env["stock.recall"].new()._nobody_moving(),
            ):
                self.fail("Nobody was waited for")
            env.cr.rollback()
            other.rollback()
