from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .recall_case import RecallCase


@tagged("post_install", "-at_install")
class TestRecallStart(RecallCase):
    """A recall begins wherever somebody has found that something is wrong."""

    def wizard(self):
        return self.env["stock.lot.recall"].with_user(self.manager)

    def lots_of(self, action):
        return self.env["stock.lot"].browse(action["context"]["default_lot_ids"])

    def test_from_a_transfer(self):
        picking = self.env["stock.picking"].search(
            [("partner_id", "=", self.market.id)], limit=1
        )
        action = picking.with_user(self.manager).action_recall()
        self.assertEqual(action["res_model"], "stock.lot.recall")
        self.assertEqual(self.lots_of(action), self.first)

    def test_an_empty_transfer_has_nothing_to_recall(self):
        picking = self.transfer(
            self.warehouse.out_type_id, self.stock, self.customers, self.market
        )
        with self.assertRaisesRegex(UserError, "nothing to recall"):
            picking.with_user(self.manager).action_recall()

    def test_only_recall_managers_begin_one(self):
        picking = self.deliver(self.hummus, 1, self.market, lot=self.second)
        with self.assertRaises(AccessError):
            picking.with_user(self.user("clerk")).action_recall()

    def test_from_an_inspection(self):
        inspection = self.env["stock.lot.inspection"].new({"lot_id": self.second.id})
        inspection = inspection.with_user(self.manager)
        self.assertEqual(self.lots_of(inspection.lot_id.action_recall()), self.second)

    def test_siblings_by_what_they_have_in_common(self):
        form = Form(self.wizard().with_context(default_lot_ids=self.first.ids))
        form.with_common = True
        self.assertEqual(form.lot_ids.ids, self.first.ids)  # alone it shares nothing
        form.lot_ids.add(self.second)
        form.with_common = True
        self.assertEqual(set(form.lot_ids.ids), set(self.all_lots.ids))
        self.assertFalse(form.with_common)

    def test_what_shares_nothing_has_no_common_ancestors(self):
        other = self.receive(self.chickpeas, "CP-2", 20)
        made = self.produce(self.hummus, "H-3", 30, uses=[(other, 5)])
        recalls = self.recalls()
        self.assertFalse(recalls._common_ancestors(self.first | made))
        both = recalls._common_ancestors(self.first | self.second)
        self.assertEqual(both, self.bad | self.mash_lot)

    def test_all_that_was_made_on_a_line_in_some_days(self):
        today = fields.Date.context_today(self.env.company)
        self.first.write({"production_line": "Line 2", "production_date": today})
        self.second.write({"production_line": "Line 3", "production_date": today})
        form = Form(self.wizard())
        form.equipment = "line 2"
        form.made_from = today - timedelta(days=1)
        form.made_until = today
        self.assertEqual(form.lot_ids.ids, self.first.ids)
        self.assertFalse(form.equipment)

    def test_value_and_open_orders_of_each_scope(self):
        self.second.unit_cost = 2
        self.order(self.hummus, 5, self.bistro, lot=self.second)
        more = self.wizard().get_more(self.bad.ids, [])
        self.assertEqual(more["worst"]["open_orders"], 1)
        self.assertIn("100.00", more["worst"]["value"])
        more = self.wizard().get_more(self.bad.ids, self.second.ids)
        self.assertEqual(more["worst"], {"value": "", "open_orders": 0})
        with self.assertRaises(UserError):
            self.wizard().get_more("all", [])
