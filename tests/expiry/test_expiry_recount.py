from datetime import date, datetime

from freezegun import freeze_time

from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import SQL, file_path

from ..common import KitchenCase

SCRIPT = "batch_tracking/migrations/19.0.1.2.0/end-figures.py"
MADE = date(2026, 11, 24)


@tagged("post_install", "-at_install")
class TestEndsCountedAnew(KitchenCase):
    """A database in which lots end at midnight in UTC, as versions before had it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "America/Los_Angeles"
        cls.startClassPatcher(freeze_time("2026-11-25 12:00:00"))
        cls.hummus.product_tmpl_id.removal_time = 3
        cls.lot = cls.number_lot(cls.hummus, production_date=MADE)
        cls.right = (cls.lot.expiration_date, cls.lot.removal_date)
        cls.go_back(cls.lot)
        cls.job = cls.env.ref("batch_tracking.ir_cron_recount_ends")

    @classmethod
    def go_back(cls, lots):
        """Date them as the version before did, without an event."""
        cls.env.flush_all()
        cls.env.cr.execute(
            SQL(
                "UPDATE stock_lot SET expiration_date = production_date + 60,"
                " removal_date = production_date + 57 WHERE id = ANY(%s)",
                lots.ids,
            )
        )
        cls.env.invalidate_all()

    def migrate(self, version="19.0.1.1.0"):
        load_script(file_path(SCRIPT), "end-figures").migrate(self.env.cr, version)
        self.env.invalidate_all()

    def test_a_lot_ends_with_its_day_and_the_history_says_why(self):
        self.assertEqual(self.lot.expiration_date, datetime(2027, 1, 23))
        self.assertEqual(self.env["stock.lot"]._ends_counted_to_midnight(), self.lot)
        self.lot._recount_ends()
        self.assertEqual((self.lot.expiration_date, self.lot.removal_date), self.right)
        event = self.lot.event_ids.filtered(lambda event: event.kind == "dates")[:1]
        self.assertIn("UTC", event.reason)
        self.assertFalse(self.env["stock.lot"]._ends_counted_to_midnight())

    def test_what_a_person_wrote_stays(self):
        typed = self.number_lot(self.hummus, production_date=MADE)
        typed.expiration_date = "2027-01-23 00:00:00"
        labelled = self.number_lot(
            self.hummus, production_date=MADE, expiration_date="2027-01-10 00:00:00"
        )
        found = self.env["stock.lot"]._ends_counted_to_midnight()
        self.assertFalse(found & (typed | labelled))

    def test_what_is_over_stays_over(self):
        with freeze_time("2027-02-01 12:00:00"):
            self.assertFalse(self.env["stock.lot"]._ends_counted_to_midnight())

    def test_an_update_starts_the_job_where_there_is_something_to_do(self):
        self.migrate(version=None)
        self.assertFalse(self.job.active)
        self.migrate()
        self.assertTrue(self.job.active)
        self.job.active = False
        self.lot._recount_ends()
        self.migrate()
        self.assertFalse(self.job.active)
