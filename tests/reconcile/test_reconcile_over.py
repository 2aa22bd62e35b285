from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.recall.exceptions import RecallIsOverError, RecallStateError
from ..answer.answer_case import AnswerCase

#: What people may still do with a recall that is over.
ABOUT_PEOPLE = ("message_", "activity_", "website_message")


@tagged("post_install", "-at_install")
class TestReconcileOver(AnswerCase):
    """Closed is closed, and cancelled as well: whatever fields there will be."""

    def setUp(self):
        super().setUp()
        self.recall = self.launch(self.second)
        self.recall.check_level = "A"
        self.recall.action_draw_checks()
        self.check = self.recall.check_ids
        self.recall.sudo().state = "closed"

    def fields(self):
        """Return the names of all that a client can send for a recall."""
        return [
            name
            for name in self.recall._fields
            if name != "id" and not name.startswith(ABOUT_PEOPLE)
        ]

    def test_nothing_of_it_is_written_any_more(self):
        for state in ("closed", "cancelled"):
            self.recall.sudo().state = state
            for name in self.fields():
                with self.assertRaises(AccessError, msg=name), self.cr.savepoint():
                    self.recall.write({name: False})

    def test_it_says_so(self):
        with self.assertRaisesRegex(RecallIsOverError, "Closed"):
            self.recall.recall_class = "III"

    def test_an_open_one_is_worked_on(self):
        self.recall.sudo().state = "monitoring"
        self.recall.write({"recall_class": "III", "hazard": "Less than was thought"})
        self.assertEqual(self.recall.recall_class, "III")

    def test_people_go_on_talking(self):
        thanks = "The authority has thanked us"
        self.recall.message_post(body=thanks)
        self.recall.activity_schedule("mail.mail_activity_data_todo", summary="File it")
        self.assertTrue(self.recall.activity_ids)

    def test_its_checks_stay_as_they_are(self):
        check = self.check.with_user(self.manager)
        for step in (
            lambda: check.write({"got_notice": "yes"}),
            check.action_verify,
            check.action_fail,
            lambda: check._waive("Out of business"),
        ):
            with self.assertRaises(RecallStateError), self.cr.savepoint():
                step()

    def test_its_gaps_stay_as_they_are(self):
        with self.assertRaises(RecallStateError):
            self.recall.lot_ids.with_user(self.manager)._explain_gap("Weighed short")
