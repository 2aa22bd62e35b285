from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.privacy.exceptions import NothingToEraseError
from ...models.privacy.stock_recall import KEPT, OF_PEOPLE
from ...models.recall.exceptions import RecallStateError
from ...tools.answer.ledger import Onward
from ..answer.answer_case import AnswerCase

#: What people have told of themselves and of others.
PERSONAL = (
    "Ann Lee",
    "Head cook",
    "555 0100",
    "Ring Bob",
    "Carl Customer",
    "carl@home.example",
    "Dora",
    "Emil Cook",
    "market@example.com",
)


@tagged("post_install", "-at_install")
class TestPrivacy(AnswerCase):
    """What a closed recall knows of people is erased; what it proves is kept."""

    def setUp(self):
        super().setUp()
        self.market.email = "market@example.com"
        self.recall = self.launch()
        self.tell()
        told = {
            self.first: {
                "used": 30,
                "passed_on": 10,
                "note": "Ring Bob",
                "passed_to": (
                    Onward("Carl Customer", "carl@home.example", "555 0100", 4),
                    Onward("Deli Ltd", "deli@shop.example", "", 6),
                ),
            },
            self.second: {"destroyed": 9, "method": "Burnt by Emil Cook"},
        }
        contact = {
            "contact_name": "Ann Lee",
            "contact_function": "Head cook",
            "contact_phone": "555 0100",
            "note": "Ring Bob",
        }
        self.answer(self.recall, self.market, told, values=contact)
        self.name_the_next()
        self.check()
        self.env["stock.recall.token"]._issue(self.recall, self.market)
        self.work_off(self.recall)

    def tell(self):
        notices = self.recall.sudo().notice_ids
        mine = notices.filtered(lambda notice: notice.partner_id == self.market)
        mine._note_told("phone", True, note="Dora took the call")
        mine.attempt_ids.address = "market@example.com"

    def name_the_next(self):
        onward = self.env["stock.recall.answer.onward"].search(
            [("recall_id", "=", self.recall.id)]
        )
        onward.with_user(self.manager).action_add()
        deli = onward.filtered(lambda who: who.name == "Deli Ltd")
        deli.consignee_id.partner_id.is_company = True

    def check(self):
        self.recall.check_level = "A"
        self.recall.action_draw_checks()
        check = self.recall.check_ids.filtered(lambda c: c.partner_id == self.market)
        check.write({"contact_name": "Dora", "contact_phone": "555 0100"})

    def close(self):
        closer = self.user("closer", "batch_tracking.group_recall_manager")
        self.recall.with_user(closer).action_close()

    def everything(self):
        """Return all that the recall, its records and its history say, as one text."""
        records = [
            self.recall.answer_ids,
            self.recall.answer_ids.line_ids,
            self.recall.answer_ids.line_ids.onward_ids,
            self.recall.consignee_ids,
            self.recall.check_ids,
            self.recall.sudo().notice_ids,
            self.recall.sudo().notice_ids.attempt_ids,
            self.env["stock.lot.event"].search([("res_id", "=", self.recall.id)]),
        ]
        return " ".join(
            str([row[name] for row in group.read() for name in self.own_fields(group)])
            for group in records
        )

    def own_fields(self, records):
        """Return the names of fields that hold text here, and not with a contact."""
        return [
            name
            for name, field in records._fields.items()
            if field.store and field.type in ("char", "text")
        ]

    def test_what_people_have_told_of_themselves_is_gone(self):
        self.close()
        before = self.everything()
        for text in PERSONAL:
            self.assertIn(text, before)
        self.assertGreater(self.recall.personal_count, 0)
        self.recall.action_erase_personal()
        after = self.everything()
        for text in PERSONAL:
            self.assertNotIn(text, after)
        self.recall.invalidate_recordset()
        self.assertEqual(self.recall.personal_count, 0)
        self.assertEqual(self.recall.erased_by_id, self.manager)
        tokens = self.env["stock.recall.token"].sudo()
        self.assertFalse(tokens.search([("recall_id", "=", self.recall.id)]))

    def test_what_it_proves_is_kept(self):
        self.close()
        figures = self.recall.progress
        rows = self.recall.consignee_ids
        kept = ["partner_id", "lot_id", "delivered", "used", "destroyed", "state"]
        before = rows.read(kept)
        answered = self.recall.answer_ids.mapped("date")
        self.recall.action_erase_personal()
        self.recall.invalidate_recordset()
        self.assertEqual(rows.read(kept), before)
        self.assertEqual(self.recall.progress["units"], figures["units"])
        self.assertEqual(self.recall.answer_ids.mapped("date"), answered)
        lines = self.recall.answer_ids.line_ids
        names = lines.onward_ids.mapped("name")
        self.assertEqual(set(names), {"–", "Deli Ltd"})

    def test_it_leaves_an_event_that_names_nobody(self):
        self.close()
        self.recall.action_erase_personal()
        event = self.env["stock.lot.event"].search([], order="id desc", limit=1)
        self.assertEqual(event.what, "Personal data erased")
        self.assertIn("entries about people", event.new_value)

    def test_only_when_it_is_closed_and_once(self):
        with self.assertRaises(RecallStateError):
            self.recall.action_erase_personal()
        self.close()
        self.recall.action_erase_personal()
        with self.assertRaises(NothingToEraseError):
            self.recall.action_erase_personal()

    def test_others_erase_nothing(self):
        self.close()
        with self.assertRaises(AccessError):
            self.recall.with_user(self.user("clerk")).action_erase_personal()
        self.assertIn("Ann Lee", self.everything())

    def run_job_after(self, days):
        progress = "odoo.addons.base.models.ir_cron.IrCron._commit_progress"
        later = fields.Datetime.now() + timedelta(days=days)
        with freeze_time(later), patch(progress, return_value=60):
            self.env["stock.recall"]._cron_erase_personal()

    def test_by_itself_as_the_plan_says(self):
        self.close()
        plans = self.env["stock.recall.plan"]
        plan = plans._of(self.company) or plans.create({})
        self.run_job_after(4000)
        self.assertFalse(self.recall.date_erased)
        plan.erase_months = 6
        self.run_job_after(170)
        self.assertFalse(self.recall.date_erased)
        self.run_job_after(190)
        self.assertTrue(self.recall.date_erased)
        self.assertNotIn("Ann Lee", self.everything())

    def test_another_companys_plan_erases_nothing_of_ours(self):
        self.close()
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        self.env["stock.recall.plan"].create(
            {"company_id": other.id, "erase_months": 1}
        )
        self.run_job_after(400)
        self.assertFalse(self.recall.date_erased)

    def test_each_text_is_either_erased_or_kept_for_a_reason(self):
        """A field that comes later is decided on as well."""
        for model in {**OF_PEOPLE, **KEPT}:
            texts = {
                name
                for name, field in self.env[model]._fields.items()
                if field.type in ("char", "text", "html")
                and field.store
                and not field.compute
            }
            decided = {*OF_PEOPLE.get(model, ()), *KEPT.get(model, ())}
            self.assertEqual(texts, decided, model)
