from datetime import date, timedelta

from odoo import fields
from odoo.tests import tagged

from ...models.answer.exceptions import AnswerRefusedError
from .answer_case import AnswerCase


@tagged("post_install", "-at_install")
class TestAnswerRefused(AnswerCase):
    """What cannot be so is refused; what must be looked at is a task, and one alone."""

    def setUp(self):
        super().setUp()
        self.recall = self.launch()

    def tell(self, lot=None, **told):
        return self.answer(self.recall, self.market, {lot or self.first: told})

    def tasks(self, summary):
        tasks = self.recall.activity_ids
        return tasks.filtered(lambda task: summary in task.summary)

    # -- corrected where it is

    def test_only_a_correction_has_goods_that_were_corrected(self):
        with self.assertRaisesRegex(AnswerRefusedError, "corrected"):
            self.tell(corrected=3)
        self.assertFalse(self.recall.answer_ids)
        correction = self.launch(kind="correction")
        row = self.row(correction, self.market, self.first)
        self.answer(correction, self.market, {self.first: {"corrected": 3}})
        self.assertEqual(row.corrected, 3)

    def test_whatever_the_page_is_sent(self):
        row = self.row(self.recall, self.market, self.first)
        form = {f"{row.id}-corrected": "3", "contact_name": "Ann", "action": "told"}
        form["version"] = str(self.recall.version)
        answer = self.recall._read_answer(self.market, form)
        with self.assertRaises(AnswerRefusedError):
            self.recall._take_answer(self.market, answer)

    # -- days

    def test_goods_are_destroyed_on_a_day_that_can_be(self):
        now = fields.Date.today()
        for day in (date(9999, 12, 31), date(1, 1, 1), now + timedelta(days=2)):
            with self.assertRaisesRegex(AnswerRefusedError, "the day on which"):
                self.tell(destroyed=3, method="Burnt", day=day)
        for day in (now, now - timedelta(days=400)):
            self.tell(destroyed=3, method="Burnt", day=day)
        self.assertEqual(len(self.recall.answer_ids), 2)

    # -- tasks

    def test_who_declines_five_times_is_one_dispute(self):
        for _time in range(5):
            self.tell(is_declined=True, note="Not ours")
        self.assertEqual(len(self.tasks("dispute")), 1)
        self.tell(self.second, is_declined=True, note="Not ours")
        self.assertEqual(len(self.tasks("dispute")), 1)
        self.assertIn("H-2", self.tasks("dispute").note)
        told = {self.first: {"is_declined": True, "note": "Not ours"}}
        self.answer(self.recall, self.bistro, told)
        self.assertEqual(len(self.tasks("dispute")), 2)

    def test_the_responsible_reads_it_in_their_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.recall.user_id.sudo().lang = "en_US"
        visitor = self.recall.sudo().with_context(lang="fr_FR")
        rows = self.row(visitor, self.market, self.first)
        visitor._open_dispute(self.market, rows)
        self.recall.sudo()._open_dispute(self.market, rows)
        self.assertEqual(len(self.tasks("dispute")), 1)

    def test_more_than_was_delivered_asks_which_batch_it_is(self):
        """As R12: staff takes it with a reason, and somebody looks."""
        with self.assertRaises(AnswerRefusedError):
            self.tell(returned=42)
        for reason in (".", "  "):
            with self.assertRaises(AnswerRefusedError):
                self.answer(
                    self.recall,
                    self.market,
                    {self.first: {"returned": 42}},
                    accepted_reason=reason,
                )
        self.answer(
            self.recall,
            self.market,
            {self.first: {"destroyed": 42}},
            accepted_reason="They have counted twice",
        )
        row = self.row(self.recall, self.market, self.first)
        self.assertEqual((row.excess, row.recovered), (2, 40))
        self.assertEqual(len(self.tasks("which batch")), 1)
        self.assertIn("H-1", self.tasks("which batch").note)

    def test_more_that_comes_back_asks_as_well(self):
        self.tell(used=30, on_hand=10)
        self.assertFalse(self.tasks("which batch"))
        self.take_back(self.to_market, 25)
        self.assertEqual(len(self.tasks("which batch")), 1)
