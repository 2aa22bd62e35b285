from datetime import datetime, timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

from ...tools.history import chain as event_chain
from .chain_case import ChainCase
from .history_case import faults, unlocked


@tagged("post_install", "-at_install")
class TestChainInserted(ChainCase):
    """What somebody writes into a sealed history is found."""

    def test_an_event_inserted_with_an_old_date_never_gets_a_seal(self):
        self.tamper(
            """
            INSERT INTO stock_lot_event (company_id, date, user_name, kind, what)
            VALUES (%s, '2020-01-01', 'Nobody', 'dates', 'Expiration')
            """,
            self.firm.id,
        )
        seals = self.env["stock.lot.event.seal"]
        self.assertFalse(seals._leftovers(self.firm.id, 10))
        self.assertRegex(self.found()[0], "Expiration has no seal and cannot get one")

    def test_who_seals_an_old_event_himself_is_found(self):
        """No secret is needed for a seal: its place in time tells."""
        for written, sealed in ((-90, 0), (-90, -90), (0, -90)):
            with self.subTest(written=written), self.env.cr.savepoint() as savepoint:
                event = self.plant(
                    {
                        "company_id": self.firm.id,
                        "date": self.days_on(written),
                        "user_name": "Nobody",
                        "kind": "dates",
                        "what": "Expiration",
                    }
                )
                self.plant_seal(event, self.days_on(sealed) + timedelta(minutes=1))
                self.assertRegex(self.found()[0], "it was added later")
                savepoint.rollback()

    def test_what_was_left_is_sealed_before_what_comes_later(self):
        """A server that stood still has left something, and is none who plants it."""
        seals = self.env["stock.lot.event.seal"]
        self.tamper(
            "UPDATE stock_lot_event_seal SET date = date - interval '9 days', hash ="
            " hash WHERE company_id = %s",
            self.firm.id,
        )
        left, new = (
            self.plant(
                {
                    "company_id": self.firm.id,
                    "date": self.days_on(days),
                    "user_name": "Somebody",
                    "kind": "dates",
                    "what": "Expiration",
                }
            )
            for days in (-8, 0)
        )
        job = self.env.ref("batch_tracking.ir_cron_seal_events")
        job.lastcall = self.days_on(-9)
        seals._seal(self.firm.id, [new])
        rows = seals.search([("event_key", "in", [left, new])], order="number")
        self.assertEqual(rows.mapped("event_key"), [left, new])
        self.assertFalse([fault for fault in self.found() if "added later" in fault])

    def test_what_was_left_for_days_does_not_accuse_itself(self):
        """The server was killed before it sealed three events, and stood still."""
        quiet = self.env["res.company"].create({"name": "Quiet Kitchen"})
        left = [
            self.plant(self.event_of(quiet, self.days_on(days)))
            for days in (-3, -3, -2)
        ]
        # One by one, as where one that fails makes a job do each by itself.
        for second, event in enumerate(left):
            self.plant_seal(event, self.days_on(0) + timedelta(seconds=second), quiet)
        self.assertEqual(faults(self.env, quiet), [])
        late = self.plant(self.event_of(quiet, self.days_on(-20)))
        self.plant_seal(late, self.days_on(0) + timedelta(seconds=9), quiet)
        self.assertRegex(faults(self.env, quiet)[0], "it was added later")

    def test_events_of_one_moment_do_not_accuse_each_other(self):
        """A story that is told at once, as the demonstration's, or brought along."""
        quiet = self.env["res.company"].create({"name": "Quiet Kitchen"})
        told = [
            self.plant(self.event_of(quiet, self.days_on(days)))
            for days in (-900, -1, -200, -3, 0)
        ]
        self.env["stock.lot.event.seal"]._seal(quiet.id, told)
        for batch in (1, 2, 4):
            self.assertEqual(faults(self.env, quiet, batch), [])

    def event_of(self, company, moment):
        return {
            "company_id": company.id,
            "date": moment,
            "user_name": "Somebody",
            "kind": "dates",
            "what": "Expiration",
        }

    def days_on(self, days):
        return fields.Datetime.now() + timedelta(days=days)

    def plant_seal(self, event_id, moment, company=None):
        seals = self.env["stock.lot.event.seal"]
        firm = company or self.firm
        number, previous, _sealed = seals._head(firm.id)
        [(_id, digest)] = seals._to_seal(firm.id, [event_id])
        hash_ = event_chain.link(previous, number + 1, event_id, digest, moment)
        seals._insert_seals(firm.id, [(number + 1, event_id, hash_)], moment)

    def test_in_a_quiet_company_an_old_event_with_its_digest_gets_no_seal(self):
        """Nothing has happened there for long: not the last event says what is old."""
        quiet = self.env["res.company"].create({"name": "Quiet Kitchen"})
        values = {
            "company_id": quiet.id,
            "date": datetime(2020, 1, 2, 9),
            "user_name": "Nobody",
            "kind": "dates",
            "what": "Expiration",
        }
        for history in ("none", "one as old"):
            with self.subTest(history), self.env.cr.savepoint() as savepoint:
                if history != "none":
                    first = self.plant({**values, "what": "First"})
                    self.env["stock.lot.event.seal"]._seal(quiet.id, [first])
                self.plant(values)
                seals = self.env["stock.lot.event.seal"]
                self.assertFalse(seals._leftovers(quiet.id, 10))
                self.assertIn("cannot get one", faults(self.env, quiet)[-1])
                savepoint.rollback()

    def test_what_a_server_left_that_stood_still_is_sealed_later(self):
        job = self.env.ref("batch_tracking.ir_cron_seal_events")
        now = fields.Datetime.now()
        job.lastcall = now - timedelta(days=9)
        quiet = self.env["res.company"].create({"name": "Quiet Kitchen"})
        event = self.plant(
            {
                "company_id": quiet.id,
                "date": now - timedelta(days=8),
                "user_name": "Somebody",
                "kind": "dates",
                "what": "Expiration",
            }
        )
        seals = self.env["stock.lot.event.seal"]
        self.assertEqual(seals._leftovers(quiet.id, 10), [event])
        self.assertEqual(faults(self.env, quiet), [])

    def plant(self, values):
        """Insert an event as somebody does who knows how its digest is made."""
        row = {**values, "digest": event_chain.digest(values)}
        names = SQL(", ").join(map(SQL.identifier, row))
        self.env.flush_all()
        with unlocked(self.env.cr):
            [[event_id]] = self.env.execute_query(
                SQL(
                    "INSERT INTO stock_lot_event (%s) VALUES %s RETURNING id",
                    names,
                    tuple(row.values()),
                )
            )
        return event_id

    def test_an_event_inserted_today_without_its_digest_gets_no_seal(self):
        self.tamper(
            """
            INSERT INTO stock_lot_event
                (company_id, date, user_name, kind, what, digest)
            SELECT company_id, date, user_name, kind, 'Other', digest
            FROM stock_lot_event WHERE id = %s
            """,
            self.events[11].id,
        )
        seals = self.env["stock.lot.event.seal"]
        ids = seals._leftovers(self.firm.id, 10)
        self.assertEqual((len(ids), seals._seal(self.firm.id, ids)), (1, 0))
        self.assertRegex(self.found()[0], "has no seal and cannot get one")
