from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import KitchenCase


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
        self.lot.with_context(batch_reason="New recipe").write(
            {"use_date": "2027-01-31 12:00:00"}
        )
        [event] = self.lot.event_ids
        self.assertEqual(event.new_value, "2027-01-31 12:00:00")
        self.assertEqual((event.kind, event.reason), ("dates", "New recipe"))

    def test_what_does_not_change_leaves_none(self):
        self.lot.write({"use_date": self.lot.use_date, "ref": "Shelf 4"})
        self.assertFalse(self.lot.event_ids)

    def test_nobody_changes_or_deletes_one(self):
        self.lot.name = "H-1B"
        event = self.lot.event_ids.sudo()
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            event.reason = "Other"
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            event.unlink()
        self.assertEqual((event.old_value, event.lot_name), ("H-1", "H-1B"))

    def test_nobody_says_who_and_when_himself(self):
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
        lot = self.make_lot(self.hummus, "H-9")
        lot.name = "H-10"
        event = lot.event_ids
        lot.unlink()
        event.invalidate_recordset()
        self.assertEqual((event.lot_id.ids, event.lot_name), ([], "H-10"))
