from unittest.mock import patch

from odoo import fields
from odoo.exceptions import LockError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ...models.base.job import PAUSE, JobRun

CRON = "batch_tracking.ir_cron_expire"
PROGRESS = "odoo.addons.base.models.ir_cron.IrCron._commit_progress"
LOG = "odoo.addons.batch_tracking.models.base.job"


@tagged("post_install", "-at_install")
class TestJobRun(TransactionCase):
    """What a job could not do is tried again, and told as long as it fails."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = ("one", "two", "three")
        cls.partners = cls.env["res.partner"].create([{"name": n} for n in names])
        cls.cron = cls.env.ref(CRON)

    def run_job(self, *steps, seconds=60):
        """Run a job of some steps: what, how, and how much there is left then."""
        job = JobRun(self.env, CRON)
        with patch(PROGRESS, return_value=seconds), mute_logger(LOG):
            for records, work, left in steps:
                job.do(records, work, 1, beyond=lambda left=left: left)

    def fails(self, _records):
        raise ValueError("Poisoned")

    def works(self, _records):
        pass

    def listed(self):
        failures = self.env["batch.job.failure"].search(
            [("cron_id", "=", self.cron.id)]
        )
        return {(failure.record_name, failure.tries) for failure in failures}

    def test_what_is_in_use_is_tried_again_also_if_the_last_took_long(self):
        def is_locked(records):
            if records == self.partners[0]:
                raise LockError("In use")

        triggers = self.env["ir.cron.trigger"]
        known = triggers.search([])
        self.run_job((self.partners, is_locked, 0), seconds=0)
        self.run_job((self.partners[:1], is_locked, 0), seconds=0)
        new = (triggers.search([]) - known).filtered(lambda t: t.cron_id == self.cron)
        self.assertTrue(new)
        self.assertGreater(
            min(new.mapped("call_at")), fields.Datetime.now() + PAUSE / 2
        )

    def test_a_step_leaves_on_the_list_what_the_next_tries(self):
        for tries in (1, 2, 3):
            self.run_job(
                (self.partners[:2], self.works, 1),
                (self.partners[2:], self.fails, 0),
            )
            self.assertEqual(self.listed(), {("three", tries)})
        self.run_job(
            (self.partners[:2], self.works, 1),
            (self.partners[2:], self.works, 0),
        )
        self.assertFalse(self.listed())
