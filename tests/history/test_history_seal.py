from unittest.mock import patch

from psycopg2 import InternalError

from odoo import SUPERUSER_ID, api
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ...models.history import stock_lot_event_seal
from ...models.history.exceptions import HistoryIsAppendOnlyError
from ..common import KitchenCase
from ..disposition.races import committed
from ..processes import in_processes
from .history_case import faults, forget_lots, write_events

WRITERS = 6
EACH = 15


@tagged("post_install", "-at_install")
class TestSealAlone(KitchenCase):
    """Seals are Odoo's own."""

    def test_nobody_sets_changes_or_deletes_one(self):
        lot = self.make_lot(self.hummus, "H-1")
        event = write_events(self.env, lot, self.company, 1)
        seals = self.env["stock.lot.event.seal"].sudo()
        seals._seal(self.company.id, event.ids)
        seal = seals.search([("event_key", "=", event.id)])
        for way in (
            lambda: seals.create({"event_key": 1}),
            lambda: seal.write({"number": 9}),
            lambda: seal._write({"number": 9}),
            seal.unlink,
        ):
            with (
                self.subTest(way),
                self.assertRaises(HistoryIsAppendOnlyError) as error,
            ):
                way()
            self.assertEqual(error.exception.model, seals._name)


@tagged("post_install", "-at_install")
class TestSealTogether(BaseCase):
    """Real transactions, which commit."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.clean_up)
        with committed(get_db_name()) as env:
            product = env["product.product"].create(
                {"name": "Sealed", "is_storable": True, "tracking": "lot"}
            )
            self.product_id = product.id
            self.lot_id = env["stock.lot"].create({"product_id": product.id}).id
            self.company_id = env.company.id

    def clean_up(self):
        with committed(get_db_name()) as env:
            forget_lots(env, env["stock.lot"].browse(self.lot_id))
            env["product.product"].browse(self.product_id).product_tmpl_id.unlink()

    def chain(self):
        """Return events of the lot without a seal, and the faults of the company."""
        with committed(get_db_name()) as env:
            events = env["stock.lot"].browse(self.lot_id).event_ids
            seals = env["stock.lot.event.seal"]
            unsealed = set(events.ids) - set(seals.search([]).mapped("event_key"))
            return len(events), len(unsealed), faults(env, env.company)

    def test_what_several_people_write_at_once_is_one_chain(self):
        arguments = [(self.lot_id, self.company_id)] * WRITERS
        in_processes(get_db_name(), _write, arguments)
        self.assertEqual(self.chain(), (WRITERS * EACH, 0, []))

    def test_what_was_undone_leaves_nothing(self):
        with committed(get_db_name()) as env, env.cr.savepoint() as savepoint:
            write_events(env, env["stock.lot"].browse(self.lot_id), env.company, 3)
            savepoint.rollback()
        self.assertEqual(self.chain(), (0, 0, []))

    def test_what_was_left_is_sealed_by_the_job(self):
        with (
            patch.object(stock_lot_event_seal, "_seal_pending"),
            committed(get_db_name()) as env,
        ):
            write_events(env, env["stock.lot"].browse(self.lot_id), env.company, 5)
        self.assertEqual(self.chain(), (5, 5, []))
        with committed(get_db_name()) as env:
            env["stock.lot.event.seal"]._cron_seal()
        self.assertEqual(self.chain(), (5, 0, []))

    def test_an_event_that_cannot_be_sealed_stops_no_other(self):
        with (
            patch.object(stock_lot_event_seal, "_seal_pending"),
            committed(get_db_name()) as env,
        ):
            lot = env["stock.lot"].browse(self.lot_id)
            bad = write_events(env, lot, env.company, 3)[1].id
        whole = stock_lot_event_seal.StockLotEventSeal._insert_seals

        def insert(seals, company_id, rows, now):
            if bad in [event_id for _number, event_id, _hash in rows]:
                raise InternalError("Poisoned")
            whole(seals, company_id, rows, now)

        with (
            patch.object(
                stock_lot_event_seal.StockLotEventSeal, "_insert_seals", insert
            ),
            mute_logger("odoo.addons.batch_tracking.models.base.job"),
            committed(get_db_name()) as env,
        ):
            env["stock.lot.event.seal"]._cron_seal()
            listed = env["batch.job.failure"].search(
                [("res_model", "=", "stock.lot.event")]
            )
            self.assertEqual(listed.mapped("res_id"), [bad])
        self.assertEqual(self.chain(), (3, 1, []))
        with committed(get_db_name()) as env:
            env["stock.lot.event.seal"]._cron_seal()
            self.assertFalse(listed.with_env(env).exists())
        self.assertEqual(self.chain(), (3, 0, []))

    def test_whoever_waits_too_long_leaves_it_to_the_job(self):
        with committed(get_db_name()) as env:
            lock = "SELECT pg_advisory_xact_lock(%s, %s)"
            env.cr.execute(lock, [stock_lot_event_seal.LOCK, self.company_id])
            with (
                patch.object(stock_lot_event_seal, "WAIT", "50ms"),
                self.assertLogs(stock_lot_event_seal.__name__, "WARNING") as logs,
                committed(get_db_name()) as other,
            ):
                lot = other["stock.lot"].browse(self.lot_id)
                write_events(other, lot, other.company, 1)
        self.assertIn("sealed by the next job", logs.output[0])
        self.assertEqual(self.chain(), (1, 1, []))

    def test_a_failure_to_seal_does_not_undo_what_was_done(self):
        with (
            patch.object(stock_lot_event_seal, "link", lambda *_: None),
            mute_logger("odoo.sql_db"),
            self.assertLogs(stock_lot_event_seal.__name__, "WARNING"),
            committed(get_db_name()) as env,
        ):
            write_events(env, env["stock.lot"].browse(self.lot_id), env.company, 1)
        self.assertEqual(self.chain(), (1, 1, []))


def _write(registry, lot_id, company_id):
    for _turn in range(EACH):
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env["res.company"].browse(company_id)
            write_events(env, env["stock.lot"].browse(lot_id), company, 1)
