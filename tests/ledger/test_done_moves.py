from odoo.tests import Form, tagged

from ...models.base.exceptions import ArgumentError
from ...models.ledger.exceptions import DoneLineIsEvidenceError, DoneStaysError
from .ledger_case import LedgerCase

WHY = {"correction_reason": "The note says otherwise"}


@tagged("post_install", "-at_install")
class TestDoneMoves(LedgerCase):
    """What a move or transfer of a recalled batch tells is corrected with a reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sold = cls.receive(cls.mash, "SOLD", 10)
        cls.delivery = cls.deliver(cls.mash, 4, cls.market, lot=cls.sold)
        cls.sold._set_disposition(cls.disposition("recalled"), "Stones")
        cls.manager = cls.user(
            "quality", "batch_tracking.group_quality_manager", "stock.group_stock_user"
        )
        cls.env.flush_all()

    def correct(self, record, values, field):
        """Have quality correct it; return the event that tells of the field."""
        mine = record.with_user(self.manager)
        known = self.sold.event_ids
        self.assert_refused(lambda: mine.write(values))
        self.assert_refused(
            lambda: record.with_user(self.clerk).write({**values, **WHY})
        )
        mine.write({**values, **WHY})
        self.env.flush_all()
        of_transfer = field in ("partner_id", "name")
        model = "stock.picking" if of_transfer else "stock.move.line"
        what = self.env[model]._fields[field].string
        events = (self.sold.event_ids - known).filtered(
            lambda event: event.kind == "correction" and event.what.startswith(what)
        )
        self.assertEqual(set(events.mapped("reason")), {WHY["correction_reason"]})
        self.assertEqual(events.user_id, self.manager)
        return events

    def test_a_move_is_dated_anew(self):
        move = self.delivery.move_ids
        self.correct(move, {"date": "2020-01-01 12:00:00"}, "date")
        self.assertEqual(str(move.move_line_ids.date), "2020-01-01 12:00:00")

    def test_a_transfer_is_dated_anew(self):
        self.correct(self.delivery, {"date_done": "2020-01-01 12:00:00"}, "date")
        self.assertEqual(str(self.delivery.move_line_ids.date), "2020-01-01 12:00:00")

    def test_a_transfer_went_to_somebody_else(self):
        values = {"partner_id": self.bistro.id}
        event = self.correct(self.delivery, values, "consignee_id")
        self.assertEqual(
            (event.old_value, event.new_value),
            (self.market.display_name, self.bistro.display_name),
        )

    def test_a_receipt_came_from_somebody_else(self):
        picking = self.receipt_line.picking_id
        self.sold = self.bad
        event = self.correct(picking, {"partner_id": self.market.id}, "partner_id")
        self.assertEqual(event.new_value, self.market.display_name)

    def test_a_receipt_of_a_free_batch_tells_who_it_had_been(self):
        good = self.receive(self.hummus, "GOOD", 5)
        picking = (
            self.env["stock.move.line"].search([("lot_id", "=", good.id)]).picking_id
        )
        picking.with_user(self.clerk).partner_id = self.market
        event = good.event_ids.sorted("id")[-1]
        told = (event.old_value, event.new_value, event.user_id)
        expected = (self.supplier.display_name, self.market.display_name, self.clerk)
        self.assertEqual(told, expected)

    def test_a_transfer_is_named_otherwise(self):
        event = self.correct(self.delivery, {"name": "FORGED/1"}, "name")
        self.assertEqual(event.new_value, "FORGED/1")

    def test_a_transfer_and_a_scrap_stay_with_their_company(self):
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        self.clerk.company_ids |= other
        for done in self.delivery, self.scrap(self.receive(self.mash, "OFF", 2), 1):
            with self.assertRaises(DoneStaysError):
                done.with_user(self.clerk).company_id = other
            done.with_user(self.clerk).company_id = self.company

    def test_a_move_is_of_as_much_as_can_be_counted(self):
        good = self.receive(self.mash, "GOOD", 5)
        move = self.bare_move(good, 1, self.stock, self.customers)
        for name in ("product_uom_qty", "quantity"):
            for value in (float("nan"), float("inf")):
                with self.assertRaises(ArgumentError):
                    self.as_clerk(move).write({name: value})
                with self.assertRaises(ArgumentError):
                    move.copy({name: value})

    def test_a_move_moved_less(self):
        move = self.delivery.move_ids
        self.correct(move, {"quantity": 3}, "quantity")
        self.assertEqual(self.sold.product_qty, 7)

    def test_a_reason_holds_for_what_is_saved_with_it_and_no_longer(self):
        move = self.delivery.move_ids.with_user(self.manager)
        move.write({"date": "2020-01-01 12:00:00", **WHY})
        with self.assertRaises(DoneLineIsEvidenceError):
            move.write({"date": "2020-01-02 12:00:00"})

    def test_the_screen_of_a_transfer_takes_the_reason(self):
        picking = self.delivery.with_user(self.manager)
        picking.action_toggle_is_locked()
        with Form(picking) as form:
            form.date_done = "2020-01-01 12:00:00"
            form.correction_reason = WHY["correction_reason"]
        self.assertEqual(str(self.delivery.move_line_ids.date), "2020-01-01 12:00:00")

    def test_the_screen_of_a_move_takes_the_reason(self):
        move = self.delivery.move_ids.with_user(self.manager)
        self.delivery.is_locked = False
        screen = "stock.view_stock_move_operations"
        with Form(move, view=screen) as form:
            with form.move_line_ids.edit(0) as line:
                line.quantity = 3
            form.correction_reason = WHY["correction_reason"]
        self.assertEqual(self.sold.product_qty, 7)


@tagged("post_install", "-at_install")
class TestOrdersOfDoneMoves(LedgerCase):
    """Which order a receipt or delivery was for says from whom and at which cost."""

    def made_for(self, order_model, picking, partner):
        """Return the lines of two orders from or by a partner."""
        orders = self.env[order_model].create(
            [
                {
                    "partner_id": partner.id,
                    "order_line": [(0, 0, {"product_id": self.chickpeas.id})],
                }
                for _number in range(2)
            ]
        )
        return orders.mapped("order_line")

    def text(self, line):
        return f"{line.order_id.name}: {line.display_name}"

    def check(self, name, model, partner):
        if name not in self.env["stock.move"]._fields:
            self.assertNotIn(model, self.env)
            return
        first, second = self.made_for(model, self.receipt_line.picking_id, partner)
        move = self.receipt_line.move_id
        # As other apps fill it in.
        move.write({name: first.id})
        self.assert_refused(lambda: self.as_clerk(move).write({name: second.id}))
        self.assert_refused(lambda: self.as_clerk(move).write({name: False}))
        manager = self.user("quality", "batch_tracking.group_quality_manager")
        move.with_user(manager).write({name: second.id, **WHY})
        event = self.bad.event_ids.sorted("id")[-1]
        self.assertEqual(event.kind, "correction")
        self.assertEqual(event.old_value, self.text(first))
        self.assertEqual(event.new_value, self.text(second))
        self.assertEqual(event.reason, WHY["correction_reason"])

    def test_of_a_purchase(self):
        self.check("purchase_line_id", "purchase.order", self.supplier)

    def test_of_a_sale(self):
        self.check("sale_line_id", "sale.order", self.bistro)

    def test_a_free_batch_keeps_the_order_before_in_its_history(self):
        name = "purchase_line_id"
        if name not in self.env["stock.move"]._fields:
            self.assertNotIn("purchase.order", self.env)
            return
        good = self.receive(self.chickpeas, "GOOD", 10)
        move = self.env["stock.move.line"].search([("lot_id", "=", good.id)]).move_id
        first, second = self.made_for("purchase.order", move.picking_id, self.supplier)
        move[name] = first
        self.as_clerk(move).write({name: second.id})
        event = good.event_ids.sorted("id")[-1]
        self.assertEqual(event.old_value, self.text(first))
        self.assertEqual(event.new_value, self.text(second))
