from functools import partial

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.base.deletion import uninstalling
from ...models.ledger.exceptions import DoneStaysError, NotCarriedOutError
from .ledger_case import LedgerCase

#: What Odoo says of itself when it uninstalls an app, and anybody may say.
FORCED = {"_force_unlink": True}


@tagged("post_install", "-at_install")
class TestDeletion(LedgerCase):
    """What must stay is not deleted, whatever the context of the caller says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = cls.receive(cls.hummus, "GOOD", 20)
        cls.delivery = cls.deliver(cls.hummus, 5, cls.market, lot=cls.good)
        cls.boss = cls.user("boss", "stock.group_stock_manager")

    def forced(self, records, user=None):
        return records.with_user(user or self.clerk).with_context(**FORCED)

    def test_no_guard_is_left_out_when_a_context_says_so(self):
        loose = {
            f"{name}.{method.__name__}"
            for name in self.env.registry
            for method in self.env[name]._ondelete_methods
            if not method._ondelete
            and method.__module__.startswith("odoo.addons.batch_tracking")
        }
        self.assertFalse(loose, "use guards_deletion: it stands whatever is sent")

    def test_lines_that_are_done_stay(self):
        for line in (self.receipt_line, self.delivery.move_line_ids):
            self.assert_refused(self.forced(line).unlink)
            self.assertTrue(line.exists())

    def test_a_move_that_is_done_stays_with_its_lines(self):
        for move in (self.receipt_line.move_id, self.delivery.move_ids):
            lines = move.move_line_ids
            self.assert_refused(self.forced(move).unlink)
            mine, elsewhere = self.forced(move), {"location_id": self.customers.id}
            self.assert_refused(partial(mine.write, elsewhere))
            self.assertTrue(move.exists())
            self.assertTrue(lines.exists())

    def test_a_transfer_that_is_done_stays(self):
        self.assert_refused(self.forced(self.delivery, self.boss).unlink)
        self.assertTrue(self.delivery.move_line_ids.exists())

    def test_stock_stays(self):
        for lot in (self.bad, self.good):
            quant = lot.quant_ids.filtered(lambda q: q.location_id == self.stock)
            self.assert_refused(self.forced(quant, self.boss).unlink)

    def test_a_batch_with_a_history_stays(self):
        empty = self.make_lot(self.chickpeas, "EMPTY")
        empty._set_disposition(self.disposition("hold"), "Before it comes")
        for lot in (empty, self.bad, self.good):
            self.assert_refused(self.forced(lot, self.boss).unlink)
            self.assertTrue(lot.exists())

    def test_what_odoo_uninstalls_goes(self):
        hold = self.disposition("hold")
        with self.assertRaises(UserError):
            self.forced(hold, self.env.user).unlink()
        line = self.delivery.move_line_ids
        with uninstalling(self.env.cr):
            self.forced(line, self.env.user).unlink()
        self.assertFalse(line.exists())
        with self.assertRaises(UserError):
            self.forced(self.receipt_line, self.env.user).unlink()


@tagged("post_install", "-at_install")
class TestStateIsEarned(LedgerCase):
    """A movement is done by being carried out, and stays done."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = cls.receive(cls.hummus, "GOOD", 20)
        cls.delivery = cls.deliver(cls.hummus, 5, cls.market, lot=cls.good)
        cls.waiting = cls.order(cls.hummus, 2, cls.market, lot=cls.good)

    def assert_stays(self, record, vals):
        before = record.sudo().state
        self.assert_refused(partial(self.as_clerk(record).write, vals))
        self.assertEqual(record.sudo().state, before)

    def test_nobody_writes_done(self):
        order = self.waiting
        for record in (order, order.move_ids, order.move_line_ids):
            with self.subTest(record=record):
                self.assert_stays(record, {"state": "done"})
        self.validate(self.as_clerk(order))
        self.assertEqual(order.move_line_ids.state, "done")

    def test_what_is_done_becomes_nothing_else(self):
        for line in (self.delivery.move_line_ids, self.receipt_line):
            for record in (line, line.move_id, line.picking_id):
                for state in ("draft", "assigned", "cancel", False):
                    with self.subTest(record=record, state=state):
                        self.assert_stays(record, {"state": state})

    def test_it_is_said_why(self):
        line, order = self.delivery.move_line_ids, self.waiting
        for record in (line, line.move_id, line.picking_id):
            with self.assertRaises(DoneStaysError) as refusal:
                self.as_clerk(record).write({"state": "draft"})
            self.assertEqual(refusal.exception.name, "state")
        for record in (order, order.move_ids, order.move_line_ids):
            with self.assertRaises(NotCarriedOutError) as refusal:
                self.as_clerk(record).write({"state": "done"})
            self.assertEqual(refusal.exception.record, record)

    def test_a_line_that_is_done_stays_in_what_is_done(self):
        line, move = self.delivery.move_line_ids, self.delivery.move_ids
        other = self.waiting.move_ids
        for target in (False, other.id):
            self.assert_stays(line, {"move_id": target})
        for command in ([6, 0, []], [3, line.id], [2, line.id], [5]):
            for record in (move, self.delivery):
                with self.subTest(command=command, record=record):
                    mine = self.as_clerk(record)
                    self.assert_refused(
                        partial(mine.write, {"move_line_ids": [command]})
                    )
                    self.assertEqual(line.move_id, move)
                    self.assertEqual(line.picking_id, self.delivery)

    def test_a_line_that_waits_does_not_slip_into_what_is_done(self):
        line = self.waiting.move_line_ids
        move = self.as_clerk(self.delivery.move_ids)
        self.assert_stays(line, {"move_id": move.id})
        self.assert_refused(
            lambda: move.write({"move_line_ids": [[4, line.id]]}),
        )

    def test_no_line_is_born_done(self):
        values = {
            "product_id": self.hummus.id,
            "lot_id": self.good.id,
            "quantity": 5,
            "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
            "company_id": self.env.company.id,
        }
        lines = self.as_clerk(self.env["stock.move.line"])
        waiting = {"move_id": self.waiting.move_ids.id}
        born = lines.with_context(default_state="done")
        for more in ({}, waiting):
            told = lines.create({**values, **more, "state": "done"})
            meant = born.create({**values, **more})
            self.assertFalse((told | meant).filtered(lambda ml: ml.state == "done"))
        self.env.flush_all()
        self.assertEqual(self.good.product_qty, 15)

    def test_no_transfer_is_born_done(self):
        values = {
            "picking_type_id": self.warehouse.out_type_id.id,
            "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
        }
        pickings = self.as_clerk(self.env["stock.picking"])
        self.assertNotEqual(pickings.create({**values, "state": "done"}).state, "done")

    def test_a_line_added_to_what_is_done_moves_goods_as_ever(self):
        added = self.as_clerk(self.env["stock.move.line"]).create(
            {
                "picking_id": self.delivery.id,
                "product_id": self.hummus.id,
                "lot_id": self.good.id,
                "quantity": 1,
                "location_id": self.stock.id,
                "location_dest_id": self.customers.id,
                "company_id": self.env.company.id,
            }
        )
        self.assertEqual(added.state, "done")
        self.assertEqual(self.good.product_qty, 14)


@tagged("post_install", "-at_install")
class TestMovesAreEvidence(LedgerCase):
    """What a done move hangs on tells whose goods they were, and where they went."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = cls.receive(cls.hummus, "GOOD", 20)
        cls.delivery = cls.deliver(cls.hummus, 5, cls.market, lot=cls.good)
        cls.other = cls.deliver(cls.hummus, 1, cls.bistro, lot=cls.good)

    def changes(self):
        return {
            "partner_id": self.bistro.id,
            "picking_id": self.other.id,
            "origin_returned_move_id": self.other.move_ids.id,
            "location_dest_id": self.stock.id,
        }

    def test_of_held_goods_it_stays(self):
        self.good._set_disposition(self.disposition("hold"), "To look at")
        move = self.delivery.move_ids
        for name, value in self.changes().items():
            with self.subTest(name=name):
                before = move[name]
                mine = self.as_clerk(move)
                self.assert_refused(partial(mine.write, {name: value}))
                self.assertEqual(move[name], before)

    def test_of_free_goods_it_leaves_an_event(self):
        move = self.delivery.move_ids
        for name, value in self.changes().items():
            with self.subTest(name=name):
                last = self.good.event_ids
                self.as_clerk(move).write({name: value})
                told = (self.good.event_ids - last).filtered("new_value")
                self.assertIn(move[name].display_name, told.mapped("new_value"))
                self.assertEqual(set(told.mapped("user_name")), {self.clerk.name})
