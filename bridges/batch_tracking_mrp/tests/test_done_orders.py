from functools import partial

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.batch_tracking.models.ledger.exceptions import (
    DoneLineIsEvidenceError,
    DoneStaysError,
    NotCarriedOutError,
)

from .common import ProductionCase


@tagged("post_install", "-at_install")
class TestDoneOrders(ProductionCase):
    """What was made stays made, of what it was made, by the order that made it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.user("clerk", "stock.group_stock_user", "mrp.group_mrp_user")
        cls.done = cls.plan()
        cls.made = cls.finish(cls.done)
        cls.waiting = cls.plan()
        cls.env.flush_all()

    def mine(self, records, **context):
        return records.with_user(self.clerk).with_context(**context)

    def assert_refused(self, refusal, act):
        before = self.links(self.made)
        with self.assertRaises(refusal), self.env.cr.savepoint():
            act()
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.links(self.made), before)

    def test_a_held_component_is_not_called_used(self):
        order = self.waiting
        order.lot_producing_ids = self.number_lot(self.hummus)
        order.qty_producing = order.product_qty
        order.set_qty_producing()
        order.move_raw_ids.picked = True
        self.batch._set_disposition(self.disposition("hold"), "Stones")
        raw, finished = order.move_raw_ids, order.move_finished_ids
        for record in (raw, finished, order):
            write = partial(self.mine(record).write, {"state": "done"})
            self.assert_refused(NotCarriedOutError, write)
        self.assertNotIn("done", raw.mapped("state"))

    def test_an_order_that_is_done_stays_done(self):
        for state in ("draft", "cancel"):
            write = partial(self.mine(self.done).write, {"state": state})
            self.assert_refused(DoneStaysError, write)

    def test_an_order_that_is_done_names_the_batch_that_it_made(self):
        other = self.number_lot(self.hummus)
        for command in (Command.set(other.ids), Command.clear()):
            write = partial(
                self.mine(self.done).write, {"lot_producing_ids": [command]}
            )
            self.assert_refused(DoneStaysError, write)
        self.mine(self.done).write({"lot_producing_ids": [Command.set(self.made.ids)]})

    def test_orders_of_what_was_carried_out_are_not_deleted(self):
        self.assert_refused(UserError, self.mine(self.done, _force_unlink=True).unlink)
        for command in (Command.clear(), Command.unlink(self.done.move_raw_ids.id)):
            write = partial(self.mine(self.done).write, {"move_raw_ids": [command]})
            self.assert_refused(UserError, write)
        unbuild = self.env["mrp.unbuild"].create(
            {
                "product_id": self.hummus.id,
                "mo_id": self.done.id,
                "product_qty": 4,
                "lot_id": self.made.id,
            }
        )
        unbuild.action_validate()
        self.assert_refused(UserError, self.mine(unbuild, _force_unlink=True).unlink)

    def test_held_goods_stay_with_the_order_that_used_or_made_them(self):
        self.batch._set_disposition(self.disposition("hold"), "Stones")
        self.made._set_disposition(self.disposition("hold"), "Stones")
        raw, finished = self.done.move_raw_ids, self.done.move_finished_ids
        for move, name in (
            (raw, "raw_material_production_id"),
            (finished, "production_id"),
        ):
            for value in (False, self.waiting.id):
                write = partial(self.mine(move).write, {name: value})
                self.assert_refused(DoneLineIsEvidenceError, write)

    def test_free_goods_get_another_order_with_an_event(self):
        raw = self.done.move_raw_ids
        self.mine(raw).write({"raw_material_production_id": self.waiting.id})
        event = self.batch.event_ids.filtered(lambda e: e.kind == "correction")
        self.assertEqual(
            (event.old_value, event.new_value, event.user_name),
            (self.done.display_name, self.waiting.display_name, self.clerk.name),
        )

    def test_no_delivery_becomes_an_ingredient(self):
        sold = self.deliver(self.mash, 2, self.market, lot=self.batch)
        self.batch._set_disposition(self.disposition("hold"), "Stones")
        write = partial(
            self.mine(sold.move_ids).write,
            {"raw_material_production_id": self.done.id},
        )
        self.assert_refused(DoneLineIsEvidenceError, write)

    def test_an_order_stays_with_the_company_that_carried_it_out(self):
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        self.clerk.company_ids |= other
        write = partial(self.mine(self.done).write, {"company_id": other.id})
        self.assert_refused(DoneStaysError, write)
        self.mine(self.done).write({"company_id": self.company.id})
        unbuild = self.env["mrp.unbuild"].create(
            {
                "product_id": self.hummus.id,
                "mo_id": self.done.id,
                "product_qty": 1,
                "lot_id": self.made.id,
            }
        )
        unbuild.action_validate()
        write = partial(self.mine(unbuild).write, {"company_id": other.id})
        with self.assertRaises(DoneStaysError):
            write()
