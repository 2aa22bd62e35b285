import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date

from psycopg2 import IntegrityError

from odoo import SUPERUSER_ID, api, sql_db
from odoo.exceptions import ValidationError
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

from ..common import KitchenCase
from ..processes import in_processes

DAY = date(2021, 10, 20)
PROCESSES = 4
EACH = 20


def make_lots(registry, worker, product_id):
    """Create lots in transactions of their own; return the numbers given.

    Every seventh transaction is rolled back, and the first process dies half-way.
    """
    numbers = []
    for turn in range(EACH):
        if worker == 0 and turn == EACH // 2:
            os.kill(os.getpid(), signal.SIGKILL)
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            values = {"product_id": product_id, "production_date": DAY}
            numbers.append(env["stock.lot"].create(values).name)
            if turn % 7 == 0:
                cr.rollback()
    return numbers


@tagged("post_install", "-at_install")
class TestConcurrentNumbering(BaseCase):
    """Several people number lots at once, each in a transaction that is committed."""

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            pattern = {
                "name": "Together",
                "batch_pattern": "{product}-{yy}{doy}{seq:5}",
            }
            sequence = env["ir.sequence"].create(pattern)
            product = env["product.product"].create(
                {
                    "name": "Made together",
                    "is_storable": True,
                    "tracking": "lot",
                    "batch_code": "TOGETHER",
                    "lot_sequence_id": sequence.id,
                }
            )
            self.product_id, self.sequence_id = product.id, sequence.id
            self.company_id = env.company.id
        self.addCleanup(self.clean_up)

    @contextmanager
    def transaction(self):
        """Yield an environment whose changes are committed, or all undone."""
        with sql_db.db_connect(get_db_name()).cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            yield env
            env.flush_all()

    def clean_up(self):
        with self.transaction() as env:
            product = env["product.product"].browse(self.product_id)
            env["stock.lot"].search([("product_id", "=", product.id)]).unlink()
            product.product_tmpl_id.unlink()
            env["ir.sequence"].browse(self.sequence_id).unlink()
            env.cr.execute(
                "DELETE FROM stock_lot_counter WHERE scope LIKE 'TOGETHER-%'"
            )

    def test_nobody_gets_anothers_number_nor_waits_in_vain(self):
        arguments = [(worker, self.product_id) for worker in range(PROCESSES)]
        results = in_processes(get_db_name(), make_lots, arguments)
        numbers = [number for result in results for number in result]
        self.assertEqual(len(numbers), EACH * (PROCESSES - 1))
        self.assertEqual(len(set(numbers)), len(numbers))

    def save(self, env, company_id):
        values = {
            "product_id": self.product_id,
            "name": "TYPED",
            "company_id": company_id,
        }
        env["stock.lot"].create(values)
        env.flush_all()

    def save_late(self, company_id):
        """Save the same number in another transaction; return whether it is refused."""
        try:
            with mute_logger("odoo.sql_db"), self.transaction() as env:
                self.save(env, company_id)
        except (IntegrityError, ValidationError):
            return True
        return False

    def test_two_transactions_cannot_both_have_a_number(self):
        for first, second in [
            (self.company_id, self.company_id),
            (False, self.company_id),
            (self.company_id, False),
            (False, False),
        ]:
            with self.subTest(first=first, second=second):
                with ThreadPoolExecutor() as pool:
                    with self.transaction() as env:
                        self.save(env, first)
                        # It does not see our lot yet, and must wait for us.
                        late = pool.submit(self.save_late, second)
                        self.wait_for_a_waiting_one(env)
                    self.assertTrue(late.result())
                with self.transaction() as env:
                    lots = env["stock.lot"].search([("name", "=", "TYPED")])
                    self.assertEqual(len(lots), 1)
                    lots.unlink()

    def wait_for_a_waiting_one(self, env):
        waiting = SQL("SELECT 1 FROM pg_locks WHERE NOT granted")
        with closing(sql_db.db_connect(get_db_name()).cursor()) as cr:
            for _try in range(500):
                cr.execute(waiting)
                row = cr.fetchone()
                cr.execute(SQL("SELECT pg_sleep(0.01)"))
                cr.rollback()
                if row:
                    return
        self.fail("The second transaction does not wait for the first.")


@tagged("post_install", "-at_install")
class TestFromBefore(KitchenCase):
    """A database that had duplicates before the addon came."""

    def duplicate(self):
        lot = self.make_lot(self.chickpeas, "CP-1")
        self.env.flush_all()
        self.env.cr.execute("DROP INDEX stock_lot_number_uniq")
        self.env.cr.execute(
            "ALTER TABLE stock_lot DROP CONSTRAINT stock_lot_number_everywhere"
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO stock_lot (product_id, name, company_id)"
                " VALUES (%s, 'CP-1', %s) RETURNING id",
                self.chickpeas.id,
                self.company.id,
            )
        )
        return lot, lot.browse(self.env.cr.fetchone()[0])

    def has_rules(self):
        self.env.cr.execute(
            "SELECT COUNT(*) FROM pg_class WHERE relname IN"
            " ('stock_lot_number_uniq', 'stock_lot_number_everywhere')"
        )
        return self.env.cr.fetchone()[0] == 2

    def test_shared_numbers_are_found_and_unique_once_renamed(self):
        both = self.duplicate()
        lots = self.env["stock.lot"]
        shared = lots.search([("is_number_shared", "=", True)])
        self.assertEqual(shared, lots.union(*both))
        self.assertTrue(both[0].is_number_shared)
        lots._gc_shared_numbers()
        self.assertFalse(self.has_rules())
        both[1].name = "CP-2"
        self.assertFalse(lots.search([("is_number_shared", "=", True)]))
        lots._gc_shared_numbers()
        self.assertTrue(self.has_rules())

    def test_an_update_names_them_in_a_warning_and_lets_nothing_fail(self):
        self.duplicate()
        lots = self.env["stock.lot"]
        with self.assertNoLogs("odoo.sql_db"), self.assertNoLogs("odoo.schema"):
            lots._add_sql_constraints()
        with self.assertLogs("odoo.addons.batch_tracking", "WARNING") as logs:
            lots._warn_of_shared_numbers()
        [warning] = logs.output
        self.assertIn("Chickpeas has 2 batches numbered CP-1", warning)
        self.assertIn("Rename all but one", warning)

    def test_an_update_warns_for_this_addon_alone(self):
        asked = []
        self.patch(
            type(self.env.registry), "post_init", lambda _self, act: asked.append(act)
        )
        for module in ("batch_tracking_mrp", "batch_tracking"):
            self.env["stock.lot"].with_context(module=module).init()
        self.assertEqual(len(asked), 1)

    def test_nothing_is_said_where_no_number_is_shared(self):
        with self.assertNoLogs("odoo.addons.batch_tracking"):
            self.env["stock.lot"]._warn_of_shared_numbers()
