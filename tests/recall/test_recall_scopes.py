from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged

from ...models.recall.exceptions import LeftOutWithoutReasonError, NotTakenOverError
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestRecallScopes(KitchenCase, HttpCase):
    """Bad chickpeas went for certain into M-1, and perhaps from there into H-2.

    CP-1 20 kg -> M-1 (15 used, 5 left) -> H-1 (for certain), H-2 (possibly).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bad = cls.receive(cls.chickpeas, "CP-1", 20)
        cls.mash_lot = cls.produce(cls.mash, "M-1", 10, uses=[(cls.bad, 15)])
        cls.sure = cls.produce(cls.hummus, "H-1", 40, uses=[(cls.mash_lot, 4)])
        cls.doubtful = cls.produce(cls.hummus, "H-2", 50, uses=[(cls.mash_lot, 5)])
        cls.deliver(cls.hummus, 12, cls.market, lot=cls.sure)
        cls.deliver(cls.hummus, 8, cls.bistro, lot=cls.doubtful)
        link = cls.env["stock.lot.link"].search(
            [("child_lot_id", "=", cls.doubtful.id)]
        )
        link.attribution = "possible"
        cls.manager = cls.user("recaller", "batch_tracking.group_recall_manager")

    def wizard(self):
        wizard = self.env["stock.lot.recall"].with_user(self.manager)
        return wizard.with_context(default_lot_ids=self.bad.ids)

    def launch(self, **how):
        recalls = self.env["stock.recall"].with_user(self.manager)
        return recalls._launch(self.bad, "Stones", **how)

    def test_what_nobody_has_received_is_proposed_as_stock_recovery(self):
        self.assertEqual(Form(self.wizard()).kind, "recall")
        inside = self.make_lot(self.chickpeas, "CP-INSIDE")
        wizard = self.env["stock.lot.recall"].with_user(self.manager)
        form = Form(wizard.with_context(default_lot_ids=inside.ids))
        self.assertEqual(form.kind, "stock_recovery")

    def test_three_scopes_side_by_side(self):
        preview = Form(self.wizard()).preview
        shown = [(scope["lots"], scope["consignees"]) for scope in preview.values()]
        self.assertEqual(shown, [(3, 1), (3, 1), (4, 2)])
        units = self.hummus.uom_id.name
        self.assertEqual(
            [scope["with_customers"].get(units) for scope in preview.values()],
            [12, 12, 20],
        )

    def test_the_figures_are_those_of_the_launched_recall(self):
        preview = Form(self.wizard()).preview
        for scope, shown in preview.items():
            outcome = self.launch(kind="drill", scope=scope)._outcome()
            for name in ("lots", "consignees"):
                self.assertEqual(shown[name], outcome[name], scope)
            for name in ("on_hand", "with_customers"):
                amounts = {unit: q for unit, q in outcome[name].items() if q}
                expected = {unit: q for unit, q in shown[name].items() if q}
                self.assertEqual(expected, amounts, (scope, name))

    def test_who_only_sent_goods_back_is_no_consignee(self):
        stranger = self.make_partner("Stranger")
        back = self.transfer(
            self.warehouse.in_type_id, self.customers, self.stock, stranger
        )
        move = self.add_move(back, self.hummus, 2)
        back.action_confirm()
        move.move_line_ids.unlink()
        self.add_line(move, self.sure, 2)
        self.validate(back)
        self.assertEqual(back.move_line_ids.consignment, "returned")
        self.assertEqual(back.move_line_ids.consignee_id, stranger)
        preview = Form(self.wizard()).preview
        shown = [scope["consignees"] for scope in preview.values()]
        self.assertEqual(shown, [1, 1, 2])
        self.test_the_figures_are_those_of_the_launched_recall()

    def test_on_the_screen(self):
        self.start_tour(
            "/odoo/action-batch_tracking.stock_lot_recall_action",
            "batch_tracking_recall",
            login=self.manager.login,
        )
        drill = self.env["stock.recall"].search([("is_drill", "=", True)], limit=1)
        self.assertEqual((drill.scope, drill.lot_count), ("certain", 3))

    def test_only_what_the_chosen_scope_reaches_is_stopped(self):
        recall = self.launch(scope="certain")
        self.assertEqual(recall.scope, "certain")
        self.assertEqual(recall.lot_ids.lot_id, self.bad | self.mash_lot | self.sure)
        self.assertEqual(self.doubtful.disposition_id, self.disposition("released"))

    def test_each_batch_says_how_sure_it_is(self):
        scopes = {line.lot_id: line.scope for line in self.launch().lot_ids}
        self.assertEqual(scopes[self.sure], "certain")
        self.assertEqual(scopes[self.doubtful], "worst")

    def test_what_is_taken_out_stays_free_and_is_told(self):
        with Form(self.wizard()) as form:
            form.reason = "Stones"
            form.left_out_lot_ids.add(self.sure)
            form.left_out_reason = "Sieved afterwards"
        recall = self.env["stock.recall"].browse(form.record.launch()["res_id"])
        self.assertNotIn(self.sure, recall.lot_ids.lot_id)
        self.assertEqual(self.sure.disposition_id, self.disposition("released"))
        self.assertEqual(recall.left_out_ids.lot_id, self.sure)
        self.assertEqual(recall.left_out_ids.reason, "Sieved afterwards")
        events = self.env["stock.lot.event"].search([("lot_id", "=", self.sure.id)])
        self.assertIn("Sieved afterwards", events.mapped("reason"))

    def test_nothing_goes_on_through_what_is_taken_out(self):
        recall = self.launch(left_out={self.mash_lot: "Never opened"})
        self.assertEqual(recall.lot_ids.lot_id, self.bad)

    def test_taking_out_needs_a_reason_and_leaves_something(self):
        with self.assertRaises(LeftOutWithoutReasonError) as refusal:
            self.launch(left_out={self.sure: " "})
        self.assertEqual(refusal.exception.lot, self.sure)
        with self.assertRaisesRegex(UserError, "Leave one in"):
            self.launch(left_out={self.bad: "A mistake"})

    def test_lists_come_page_by_page(self):
        recalls = self.env["stock.recall"].with_user(self.manager)
        found = recalls._reached(self.bad)
        pages = [recalls._page(found, "lots", offset, 3) for offset in (0, 3, 9)]
        self.assertEqual([page["total"] for page in pages], [4, 4, 4])
        self.assertEqual([len(page["rows"]) for page in pages], [3, 1, 0])

    def test_only_recall_managers_ask_for_pages(self):
        clerk = self.env["stock.lot.recall"].with_user(self.user("clerk"))
        with self.assertRaises(AccessError):
            clerk.get_reached(self.bad.ids, [], "worst", "lots")

    # -- which batches are suspect

    def test_a_pasted_list_names_what_is_unknown_and_keeps_the_rest(self):
        wizard = self.wizard().new({"number": "CP-1\nH-1, NOPE;\tH-2\nH-1"})
        wizard._onchange_number()
        self.assertEqual(wizard.unknown_numbers, "NOPE")
        self.assertEqual(set(wizard.lot_ids.mapped("name")), {"CP-1", "H-1", "H-2"})

    def test_the_suppliers_number_finds_our_batch(self):
        self.bad.supplier_lot_name = "LOT 77/3"
        form = Form(self.env["stock.lot.recall"].with_user(self.manager))
        form.number = "LOT 77/3"
        self.assertEqual(form.lot_ids.ids, self.bad.ids)
        self.assertFalse(form.number)

    def test_without_dates_it_is_all_of_a_product_and_one_is_open(self):
        today = fields.Date.context_today(self.env.company)
        self.sure.production_date = today - timedelta(days=9)
        both = {self.sure.id, self.doubtful.id}
        week_ago = today - timedelta(days=7)
        for since, until, expected in [
            (False, False, both),
            (week_ago, False, {self.doubtful.id}),
            (False, week_ago, {self.sure.id}),
        ]:
            form = Form(self.env["stock.lot.recall"].with_user(self.manager))
            form.product_id = self.hummus
            if since:
                form.made_from = since
            if until:
                form.made_until = until
            self.assertFalse(form.lot_ids.ids)
            form.with_chosen = True
            self.assertEqual(set(form.lot_ids.ids), expected)
            self.assertFalse(form.product_id)

    def test_what_is_chosen_and_not_added_is_not_forgotten(self):
        chosen = {"lot_ids": [(4, self.bad.id)], "reason": "Metal found"}
        for half in (
            {"product_id": self.hummus.id, "made_from": "2020-01-01"},
            {"equipment": "Line 2"},
            {"number": "H-2"},
        ):
            wizard = self.wizard().create({**chosen, **half})
            for step in (wizard.launch, wizard.save_draft, wizard.check_complete):
                with self.assertRaises(NotTakenOverError):
                    step()
        self.assertFalse(
            self.env["stock.recall"].search([("reason", "=", "Metal found")])
        )

    def test_all_that_a_product_was_made_of_in_some_days(self):
        today = fields.Date.context_today(self.env.company)
        form = Form(self.env["stock.lot.recall"].with_user(self.manager))
        form.product_id = self.hummus
        form.made_from = today - timedelta(days=1)
        form.made_until = today + timedelta(days=1)
        self.assertEqual(set(form.lot_ids.ids), {self.sure.id, self.doubtful.id})
        self.sure.production_date = today - timedelta(days=9)
        lots = self.env["stock.recall"]._lots_of_days(
            self.hummus, today - timedelta(days=1), today + timedelta(days=1)
        )
        self.assertEqual(lots, self.doubtful)
