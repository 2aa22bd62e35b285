from freezegun import freeze_time
from psycopg2.errors import RaiseException

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...models.disposition.disposition_change import (
    DispositionChange,
)
from ...models.history.exceptions import (
    HistoryIsAppendOnlyError,
)
from ...models.history.lot_change import LotChange
from ..common import KitchenCase
from .history_case import seal, write_events


@tagged("post_install", "-at_install")
class TestEvents(KitchenCase):
    """What happened to a lot stays written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.make_lot(cls.hummus, "H-1", expires_in=9)

    def test_a_disposition_leaves_an_event(self):
        self.lot._set_disposition(self.disposition("hold"), "Smells odd")
        [event] = self.lot.event_ids
        self.assertEqual((event.kind, event.reason), ("disposition", "Smells odd"))
        self.assertEqual((event.old_value, event.new_value), ("Released", "On hold"))
        self.assertEqual(
            (event.user_id, event.user_name), (self.env.user, self.env.user.name)
        )
        self.assertEqual(event.company_id, self.company)

    def test_a_date_leaves_an_event(self):
        change = LotChange("New recipe")
        self.lot._write_because({"use_date": "2027-01-31 12:00:00"}, change)
        [event] = self.lot.event_ids
        self.assertEqual(event.new_value, "2027-01-31 12:00:00")
        self.assertEqual((event.kind, event.reason), ("dates", "New recipe"))

    def test_a_caller_gives_a_reason_as_text_and_nothing_else(self):
        for number, (given, reason) in enumerate(
            [
                ("New recipe", "New recipe"),
                ({"reason": "Forged", "leave_touched": True}, False),
                (["Forged"], False),
                (True, False),
            ]
        ):
            lot = self.lot.with_context(batch_reason=given)
            lot.name = f"H-1-{number}"
            event = self.env["stock.lot.event"].search([("lot_id", "=", lot.id)])[0]
            self.assertEqual((event.new_value, event.reason), (lot.name, reason))
            self.assertFalse(DispositionChange.of(lot.env).leave_touched)

    def test_a_caller_gives_no_reason_to_what_is_no_change_of_a_lot(self):
        company = self.company.with_context(batch_reason="Told to")
        company.batch_sign = not company.batch_sign
        event = self.env["stock.lot.event"].search([("kind", "=", "setting")], limit=1)
        self.assertFalse(event.reason)

    def test_dates_are_shown_as_the_reader_writes_them(self):
        self.env.user.tz = "America/New_York"
        self.lot.write(
            {"use_date": "2027-01-31 23:30:00", "production_date": "2026-12-24"}
        )
        texts = set(self.lot.event_ids.mapped("new_text"))
        self.assertTrue(any("6:30" in text for text in texts), texts)
        self.assertFalse([text for text in texts if text.startswith("202")])

    def test_another_company_is_told_by_the_histories_of_both(self):
        sister = self.env["res.company"].create({"name": "Sister Kitchen"})
        self.lot.company_id = self.company
        seen = self.lot.event_ids
        self.lot.company_id = sister
        events = self.lot.event_ids - seen
        self.assertEqual(events.company_id, self.company | sister)
        self.assertEqual(
            {(event.old_value, event.new_value) for event in events},
            {(self.company.name, sister.name)},
        )
        lot = self.env["stock.lot"].with_company(self.company).browse(self.lot.id)
        lot.company_id = False
        self.assertEqual(
            (self.lot.event_ids - seen - events).company_id, self.company | sister
        )

    def test_a_products_company_takes_its_batches_along_and_is_told(self):
        self.assertFalse(self.lot.company_id)
        self.lot.product_id.company_id = self.company
        [event] = self.lot.event_ids
        self.assertEqual(self.lot.company_id, self.company)
        self.assertEqual((event.old_value, event.new_value), ("", self.company.name))

    def test_what_does_not_change_leaves_none(self):
        self.lot.write({"use_date": self.lot.use_date, "note": "Shelf 4"})
        self.assertFalse(self.lot.event_ids)

    def test_nobody_changes_or_deletes_one(self):
        self.lot.name = "H-1B"
        event = self.lot.event_ids.sudo()
        with self.assertRaisesRegex(HistoryIsAppendOnlyError, "cannot be changed"):
            event.reason = "Other"
        with self.assertRaises(HistoryIsAppendOnlyError) as refusal:
            event.unlink()
        self.assertEqual(refusal.exception.model, event._name)
        self.assertEqual((event.old_value, event.lot_name), ("H-1", "H-1B"))

    def test_who_and_when_are_not_the_caller_s_to_say(self):
        note = self.env["stock.lot.event"]._note(self.lot, "number", "Number")
        forged = {**note, "user_name": "Somebody", "date": "2001-01-01 00:00:00"}
        event = self.env["stock.lot.event"].create([forged])
        self.assertEqual(event.user_name, self.env.user.name)
        self.assertEqual(event.date.date(), self.env.cr.now().date())

    def test_users_read_and_do_not_write(self):
        user = self.user("sam")
        self.lot.name = "H-1B"
        self.assertTrue(self.lot.with_user(user).event_ids.mapped("what"))
        events = self.env["stock.lot.event"].with_user(user)
        with self.assertRaises(AccessError):
            events.create([events._note(self.lot, "number", "Number")])

    def test_an_event_outlives_its_lot(self):
        self.company.batch_retention_id = self.env["stock.lot.retention"].create(
            {"name": "One month", "months": 1}
        )
        with freeze_time("2020-01-01"):
            lot = self.make_lot(self.hummus, "H-9")
            lot.name = "H-10"
        event, lot_id = lot.event_ids, lot.id
        lot.unlink()
        event.invalidate_recordset()
        self.assertEqual((event.lot_id.ids, event.lot_name), ([], "H-10"))
        self.assertEqual(event.lot_key, lot_id)

    def test_the_orm_has_no_way_around(self):
        self.lot.name = "H-1B"
        event = self.lot.event_ids.sudo()
        for way in (
            lambda: event._write({"reason": "Other"}),
            lambda: event._write_multi([{"reason": "Other"}]),
            lambda: event.copy({"what": "Other"}),
            lambda: event.write({"lot_id": False}),
            lambda: self.lot.sudo().write({"event_ids": [Command.clear()]}),
            lambda: self.lot.sudo().write({"event_ids": [Command.delete(event.id)]}),
            lambda: self.lot.sudo().write(
                {"event_ids": [Command.update(event.id, {"what": "Other"})]}
            ),
        ):
            with self.subTest(way), self.assertRaises(HistoryIsAppendOnlyError):
                way()
                self.env.flush_all()
        loaded = self.env["stock.lot.event"].load(
            [".id", "reason"], [[str(event.id), "Other"]]
        )
        self.assertTrue(loaded["messages"])
        event.invalidate_recordset()
        self.assertEqual((event.reason, event.what), (False, "Lot/Serial Number"))

    def test_the_database_refuses_too(self):
        self.lot.name = "H-1B"
        event = self.lot.event_ids
        seal(event)
        for query in (
            SQL("UPDATE stock_lot_event SET reason = 'x' WHERE id = %s", event.id),
            SQL("UPDATE stock_lot_event SET lot_key = 1 WHERE id = %s", event.id),
            SQL("DELETE FROM stock_lot_event WHERE id = %s", event.id),
            SQL("TRUNCATE stock_lot_event"),
            SQL("UPDATE stock_lot_event_seal SET hash = '' "),
            SQL("DELETE FROM stock_lot_event_seal"),
        ):
            with (
                self.subTest(query.code),
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(RaiseException, "only ever added to"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query)

    def test_a_user_forges_none_through_its_lot_or_an_import(self):
        lot = self.lot.with_user(self.user("sam"))
        note = self.env["stock.lot.event"]._note(self.lot, "number", "Number")
        with self.assertRaises(AccessError):
            lot.write({"event_ids": [Command.create(note)]})
        events = self.env["stock.lot.event"].with_user(lot.env.user)
        loaded = events.load(
            ["what", "kind", "user_name", "date"], [["X", "Number", "Y", "2020-01-01"]]
        )
        self.assertIn("not allowed", str(loaded["messages"]))

    def test_defaults_of_a_caller_do_not_count(self):
        forged = {
            "default_signature": "Released",
            "default_identity": "password",
            "default_res_model": "stock.recall",
            "default_document": "RCL/1",
            "default_digest": "1:00",
            "batch_signature": "Released",
        }
        self.lot.with_context(**forged).name = "H-1B"
        event = self.lot.event_ids
        self.assertEqual((event.signature, event.identity), (False, False))
        self.assertEqual((event.res_model, event.document), (False, False))
        self.assertNotEqual(event.digest, "1:00")

    def test_a_user_sees_events_of_own_companies_only(self):
        other = self.env["res.company"].create({"name": "Seneca Sauces"})
        [event] = write_events(self.env, self.lot, other, 1)
        events = self.env["stock.lot.event"].with_user(self.user("sam"))
        self.assertFalse(events.search([("id", "=", event.id)]))

    def test_a_setting_leaves_an_event(self):
        self.company.batch_sign = True
        event = self.env["stock.lot.event"].search(
            [("res_model", "=", "res.company"), ("res_id", "=", self.company.id)],
            limit=1,
        )
        self.assertEqual((event.old_value, event.new_value), ("No", "Yes"))
        self.assertEqual(event.action_open_document()["res_id"], self.company.id)
