from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...models.answer.exceptions import AnswerRefusedError
from .answer_case import AnswerCase


@tagged("post_install", "-at_install")
class TestAnswerEntered(AnswerCase):
    """Somebody has phoned, and a recall manager types what they tell."""

    def enter(self, recall, partner, **values):
        wizards = self.env["stock.recall.answer.enter"].with_user(self.manager)
        form = Form(wizards.with_context(default_recall_id=recall.id))
        form.partner_id = partner
        for name, value in values.items():
            setattr(form, name, value)
        return form

    def test_what_was_told_by_phone(self):
        recall = self.launch()
        form = self.enter(recall, self.market, contact_name="Ann Lee")
        with form.line_ids.edit(0) as line:
            line.on_hand = 30
            line.used = 10
        form.save().enter()
        answer = recall.answer_ids
        self.assertEqual((answer.user_id, answer.channel), (self.manager, "phone"))
        row = self.row(recall, self.market, self.first)
        self.assertEqual((row.on_hand, row.used), (30, 10))
        self.assertFalse(self.row(recall, self.market, self.second).has_answered)

    def test_more_than_delivered_needs_a_reason(self):
        recall = self.launch()
        form = self.enter(recall, self.market)
        with form.line_ids.edit(1) as line:
            line.returned = 12
        wizard = form.save()
        with self.assertRaises(AnswerRefusedError):
            wizard.enter()
        wizard.accepted_reason = "They found three more"
        wizard.enter()
        self.assertEqual(self.row(recall, self.market, self.second).told_returned, 12)

    def test_none_left(self):
        recall = self.launch()
        self.enter(recall, self.market, kind="none_left").save().enter()
        rows = recall._rows_of(self.market)
        self.assertEqual(rows.mapped("used"), [40, 9])

    def test_only_consignees_are_offered(self):
        recall = self.launch()
        wizard = self.enter(recall, self.market).save()
        self.assertEqual(wizard.possible_partner_ids, self.market | self.bistro)

    def test_rows_of_another_consignee_are_not_answered(self):
        recall = self.launch()
        wizard = self.enter(recall, self.market).save()
        theirs = self.row(recall, self.bistro, self.first)
        wizard.line_ids[0].write({"consignee_id": theirs.id, "used": 5})
        wizard.line_ids[1].used = 9
        wizard.enter()
        self.assertFalse(theirs.has_answered)

    def test_a_clerk_enters_none(self):
        recall = self.launch()
        wizards = self.env["stock.recall.answer.enter"].with_user(self.user("clerk"))
        with self.assertRaises(AccessError):
            wizards.create({"recall_id": recall.id, "partner_id": self.market.id})
