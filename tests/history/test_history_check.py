from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ...models.history import stock_lot_event_check
from ..common import KitchenCase
from .history_case import seal, unlocked, write_events

QUALITY = "batch_tracking.group_quality_manager"


@tagged("post_install", "-at_install")
class TestCheck(KitchenCase):
    """A quality manager checks the history of a company that has ten events."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.env["res.company"].create({"name": "Seneca Sauces"})
        cls.lot = cls.make_lot(cls.hummus, "H-1")
        cls.events = write_events(cls.env, cls.lot, cls.firm, 10)
        seal(cls.events)
        cls.quality = cls.user("quality", QUALITY)
        cls.quality.write({"company_ids": cls.firm.ids, "company_id": cls.firm.id})

    def setUp(self):
        super().setUp()
        self.checks = self.env["stock.lot.event.check"].with_user(self.quality)
        self.checks = self.checks.with_company(self.firm)

    def check(self, **values):
        check = self.checks.create(values)
        check.action_check()
        return check

    def tamper(self, query, *values):
        with unlocked(self.env.cr):
            self.env.cr.execute(query, values)
        self.env.invalidate_all()

    def test_an_untouched_history_is_intact(self):
        check = self.check()
        self.assertEqual((check.state, check.number), ("intact", 10))
        self.assertEqual((check.user_id, check.faults), (self.quality, False))
        self.assertRegex(check.head, "^10 [0-9a-f]{64}$")

    def test_an_empty_history_is_intact_and_has_no_head(self):
        other = self.env["res.company"].create({"name": "Cayuga Cider"})
        check = self.env["stock.lot.event.check"].with_company(other).create({})
        check.action_check()
        self.assertEqual((check.state, check.head), ("intact", False))

    def test_what_is_wrong_is_said_in_the_order_of_the_history(self):
        self.tamper("DELETE FROM stock_lot_event WHERE id = %s", self.events[7].id)
        self.tamper(
            "UPDATE stock_lot_event SET reason = 'x' WHERE id = %s", self.events[2].id
        )
        check = self.check()
        self.assertEqual((check.state, check.fault_count), ("tampered", 2))
        first, second = check.faults.splitlines()
        self.assertRegex(first, f"^Event {self.events[2].id} of .* H-1 was changed")
        self.assertRegex(second, f"^Event {self.events[7].id}, sealed on .* removed")

    def test_a_thousand_faults_do_not_fill_the_screen(self):
        self.tamper("UPDATE stock_lot_event SET reason = 'x'")
        with patch.object(stock_lot_event_check, "NAMED", 3):
            check = self.check()
        self.assertEqual((check.fault_count, len(check.faults.splitlines())), (10, 3))

    def test_what_was_written_just_now_waits_for_its_seal(self):
        write_events(self.env, self.lot, self.firm, 2)
        check = self.check()
        self.assertEqual((check.state, check.waiting), ("intact", 2))

    def test_a_history_cut_off_at_its_end_shows_by_the_head_that_was_kept(self):
        kept = self.check().head
        last = self.events[9].id
        self.tamper("DELETE FROM stock_lot_event_check")
        self.tamper("DELETE FROM stock_lot_event WHERE id = %s", last)
        self.tamper("DELETE FROM stock_lot_event_seal WHERE event_key = %s", last)
        self.assertEqual(self.check().state, "intact")
        check = self.check(known_head=kept)
        self.assertRegex(check.faults, "once reached number 10 .* cut off")

    def test_heads_of_earlier_checks_are_compared_too(self):
        self.check()
        last = self.events[9].id
        self.tamper("DELETE FROM stock_lot_event WHERE id = %s", last)
        self.tamper("DELETE FROM stock_lot_event_seal WHERE event_key = %s", last)
        self.assertRegex(self.check().faults, "once reached number 10")

    def test_a_history_written_anew_shows_by_the_head_that_was_kept(self):
        kept = self.check().head
        self.tamper("DELETE FROM stock_lot_event_check")
        self.tamper("DELETE FROM stock_lot_event_seal")
        self.tamper("DELETE FROM stock_lot_event WHERE id = %s", self.events[0].id)
        seal(write_events(self.env, self.lot, self.firm, 1) | self.events[1:])
        self.assertEqual(self.check().state, "intact")
        self.assertRegex(self.check(known_head=kept).faults, "was written anew")

    def test_a_head_that_is_none_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "“about ten” is no head"):
            self.check(known_head="about ten")

    def test_a_long_history_goes_on_in_the_background(self):
        progress = []
        cron = type(self.env["ir.cron"])

        def commit(_self, processed=0, *, remaining=None, deactivate=False):
            progress.append(remaining)
            return 60

        with (
            patch.object(stock_lot_event_check, "READ_BATCH", 4),
            patch.object(stock_lot_event_check, "PATIENCE", 0),
            patch.object(cron, "_commit_progress", commit),
        ):
            check = self.check()
            self.assertEqual((check.state, check.progress), ("running", 40))
            self.env["stock.lot.event.check"]._cron_check()
        self.assertEqual((check.state, check.number), ("intact", 10))
        self.assertEqual(progress, [2, 1, 0])

    def test_a_check_that_fails_stops_no_other(self):
        checks = self.env["stock.lot.event.check"].sudo()
        asked = {"company_id": self.firm.id}
        poisoned, good = checks.create([asked, asked])
        (poisoned | good).write({"state": "running", "hash": "0" * 64})
        read = type(checks)._read_batch

        def fail(check):
            if check == poisoned:
                raise ValueError("poison")
            return read(check)

        cron = type(self.env["ir.cron"])
        with (
            patch.object(type(checks), "_read_batch", fail),
            patch.object(cron, "_commit_progress", return_value=60),
            self.assertLogs("odoo.addons.batch_tracking.models.base.job", "WARNING"),
        ):
            checks._cron_check()
        self.assertEqual((poisoned.state, good.state), ("running", "intact"))
        failure = self.env["batch.job.failure"].search([])
        self.assertEqual(failure.res_id, poisoned.id)

    def test_what_was_found_is_nobody_s_to_write(self):
        check = self.check()
        with self.assertRaisesRegex(AccessError, "written by the check"):
            check.state = "intact"
        with self.assertRaisesRegex(UserError, "was done"):
            check.known_head = "1"
        with self.assertRaisesRegex(UserError, "are kept"):
            check.unlink()
        forged = self.checks.with_context(default_state="intact", default_number=9)
        forged = forged.create({"state": "intact", "fault_count": 0, "number": 3})
        self.assertEqual((forged.state, forged.number), ("draft", 0))
        forged.unlink()
        with self.assertRaisesRegex(UserError, "was done"):
            check.action_check()

    def test_a_clerk_cannot_check(self):
        clerk = self.user("clerk")
        with self.assertRaises(AccessError):
            self.checks.with_user(clerk).create({})

    def test_nobody_sees_another_company_s_checks_or_seals(self):
        check = self.check()
        manager = self.user("manager", QUALITY, "stock.group_stock_manager")
        with self.assertRaises(AccessError):
            check.with_user(manager).read(["head"])
        with self.assertRaises(AccessError):
            self.checks.with_user(manager).create({"company_id": self.firm.id})
        seals = self.env["stock.lot.event.seal"].with_user(manager)
        self.assertFalse(seals.search([("company_id", "=", self.firm.id)]))

    def test_the_form_takes_a_head(self):
        form = Form(self.checks)
        form.known_head = "10 " + "0" * 64
        check = form.save()
        check.action_check()
        self.assertRegex(check.faults, "is another one now")
        report = self.env["ir.actions.report"]
        html, _kind = report._render_qweb_html(
            "batch_tracking.report_stock_lot_event_head", check.ids
        )
        self.assertIn(check.head, html.decode())
