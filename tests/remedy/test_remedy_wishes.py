from odoo.tests import Form, tagged

from .remedy_case import RemedyCase


@tagged("post_install", "-at_install")
class TestWishes(RemedyCase):
    """Consignees say whether they want new goods, or their money back."""

    def answers_on_the_page(self, partner, row, **form):
        form = {
            "action": "told",
            "contact_name": "Ann",
            "version": str(self.recall.version),
            f"{row.id}-destroyed": "8",
            **form,
        }
        recall = self.recall.sudo()
        recall._take_answer(partner, recall._read_answer(partner, form))

    def test_what_is_chosen_on_the_page_stands_with_the_line(self):
        row = self.row(self.recall, self.bistro, self.first)
        self.answers_on_the_page(self.bistro, row, wish="credit")
        self.assertEqual(row.wish, "credit")
        self.assertFalse(self.mine.wish)

    def test_nothing_is_chosen_and_nothing_kept(self):
        row = self.row(self.recall, self.bistro, self.first)
        self.answers_on_the_page(self.bistro, row, wish="")
        self.assertFalse(row.wish)

    def test_what_is_no_wish_is_none(self):
        row = self.row(self.recall, self.bistro, self.first)
        self.answers_on_the_page(self.bistro, row, wish="<b>a car</b>")
        self.assertFalse(row.wish)

    def test_a_person_enters_it_who_was_phoned(self):
        wizard = self.env["stock.recall.answer.enter"].with_user(self.manager)
        with Form(wizard.with_context(default_recall_id=self.recall.id)) as form:
            form.partner_id = self.bistro
            form.wish = "replacement"
            with form.line_ids.edit(0) as line:
                line.destroyed = 8
        form.record.enter()
        row = self.row(self.recall, self.bistro, self.first)
        self.assertEqual((row.wish, row.destroyed), ("replacement", 8))

    def test_only_those_who_asked_are_served(self):
        row = self.row(self.recall, self.bistro, self.first)
        self.answers_on_the_page(self.bistro, row, wish="replacement")
        wizard = self.env["stock.recall.make.good"].with_user(self.manager)
        wizard = wizard.create({"recall_id": self.recall.id, "whom": "asked"})
        self.assertIn("8 Units. Consignees: 1.", wizard.summary)
        action = wizard.make_good()
        pickings = self.env["stock.picking"].search(action["domain"])
        self.assertEqual(pickings.partner_id, self.bistro)
