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

WHY = {"correction_reason": "The label says otherwise"}


class EvidenceCase(ProductionCase):
    """A clerk, a quality manager, and an order that is done: M-1 went into hummus."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.user("clerk", "stock.group_stock_user", "mrp.group_mrp_user")
        cls.manager = cls.user(
            "quality", "batch_tracking.group_quality_manager", "mrp.group_mrp_user"
        )
        cls.other = cls.put_on_hand(cls.make_lot(cls.mash, "M-2"), 100)
        cls.done = cls.plan()
        cls.made = cls.finish(cls.done)
        cls.used = cls.done.move_raw_ids.move_line_ids
        cls.env.flush_all()

    def mine(self, records, **context):
        return records.with_user(self.clerk).with_context(**context)

    def parents(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.links(self.made)

    def refuse(self, act, refusal=DoneLineIsEvidenceError):
        before = self.parents()
        with self.assertRaises(refusal), self.env.cr.savepoint():
            act()
            self.env.flush_all()
        self.assertEqual(self.parents(), before)

    def last_correction(self, lot):
        events = lot.event_ids.filtered(lambda event: event.kind == "correction")
        return events.sorted("id")[-1:]

    def added(self, **values):
        return {
            "product_id": self.mash.id,
            "lot_id": self.other.id,
            "quantity": 1,
            "location_id": self.stock.id,
            "location_dest_id": self.mash.property_stock_production.id,
            "company_id": self.env.company.id,
            "picked": True,
            **values,
        }


@tagged("post_install", "-at_install")
class TestIngredientsAreEvidence(EvidenceCase):
    """What went into a batch is evidence of that batch, and what came out of this one.

    Only what was made is held or recalled; what went in is free.
    """

    def changes(self):
        used = self.mine(self.used)
        raw = self.mine(self.done.move_raw_ids)
        lines = self.mine(self.env["stock.move.line"])
        add = partial(self.added, move_id=raw.id)
        return {
            "another": partial(used.write, {"lot_id": self.other.id}),
            "nothing": partial(used.write, {"quantity": 0}),
            "less": partial(used.write, {"quantity": 1}),
            "later": partial(used.write, {"date": "2020-01-01 12:00:00"}),
            "pairs": partial(used.write, {"produce_line_ids": [Command.clear()]}),
            "order": partial(raw.write, {"raw_material_production_id": False}),
            "one more": lambda: lines.create(add()),
            "nested": lambda: raw.write(
                {"move_line_ids": [Command.create(self.added())]}
            ),
        }

    def test_of_what_is_held(self):
        self.made._set_disposition(self.disposition("hold"), "Stones")
        for name, change in self.changes().items():
            with self.subTest(name):
                self.refuse(change)

    def test_of_what_is_recalled(self):
        self.deliver(self.hummus, 1, self.market, lot=self.made)
        self.env["stock.recall"]._launch(self.made, "Stones")
        for name, change in self.changes().items():
            with self.subTest(name):
                self.refuse(change)

    def test_what_was_made_of_held_goods_stays_what_it_is(self):
        self.batch._set_disposition(self.disposition("hold"), "Stones")
        made = self.mine(self.done.move_finished_ids.move_line_ids)
        self.refuse(partial(made.write, {"lot_id": self.number_lot(self.hummus).id}))
        self.refuse(partial(made.write, {"quantity": 0}))

    def test_nothing_free_becomes_part_of_what_is_held(self):
        production = self.mash.property_stock_production
        used = self.bare_move(self.other, 2, self.stock, production)
        used._action_done()
        self.made._set_disposition(self.disposition("hold"), "Stones")
        value = {"raw_material_production_id": self.done.id}
        self.refuse(partial(self.mine(used).write, value))

    def test_quality_corrects_it_with_a_reason(self):
        self.made._set_disposition(self.disposition("hold"), "Stones")
        used = self.used.with_user(self.manager)
        self.refuse(partial(used.write, {"lot_id": self.other.id}))
        used.write({"lot_id": self.other.id, **WHY})
        self.assertEqual(list(self.parents()), ["M-2"])
        for lot in (self.made, self.batch, self.other):
            event = self.last_correction(lot)
            told = (event.old_value, event.new_value, event.reason, event.user_id)
            expected = ("M-1", "M-2", WHY["correction_reason"], self.manager)
            self.assertEqual(told, expected, lot.name)

    def test_of_free_batches_both_ends_tell_it(self):
        self.mine(self.used).lot_id = self.other
        event = self.last_correction(self.made)
        self.assertEqual((event.old_value, event.new_value), ("M-1", "M-2"))
        self.assertIn(self.mash.name, event.what)
        self.mine(self.used).quantity = 0
        event = self.last_correction(self.made)
        self.assertEqual(event.old_value, "5 Units")

    def test_both_ends_tell_of_another_order(self):
        raw = self.mine(self.done.move_raw_ids)
        raw.raw_material_production_id = False
        event = self.last_correction(self.made)
        told = (event.old_value, event.new_value)
        self.assertEqual(told, (self.done.display_name, ""))

    def test_a_line_that_is_added_is_told(self):
        add = self.added(move_id=self.done.move_raw_ids.id)
        self.mine(self.env["stock.move.line"]).create(add)
        event = self.last_correction(self.made)
        self.assertEqual((event.old_value, event.new_value), ("", "M-2"))


@tagged("post_install", "-at_install")
class TestUnbuildsAreEvidence(EvidenceCase):
    """An unbuild that is done stays done, and tells what its movements tell."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unbuild = cls.unbuild_of(4)
        cls.known = cls.made.event_ids
        cls.unbuild.action_validate()
        cls.env.flush_all()

    @classmethod
    def unbuild_of(cls, quantity, **values):
        return cls.env["mrp.unbuild"].create(
            {
                "product_id": cls.hummus.id,
                "mo_id": cls.done.id,
                "product_qty": quantity,
                "lot_id": cls.made.id,
                **values,
            }
        )

    def test_it_is_done_and_leaves_no_correction(self):
        self.assertEqual(self.unbuild.state, "done")
        events = self.made.event_ids - self.known
        self.assertFalse(events.filtered(lambda event: event.kind == "correction"))

    def test_it_is_not_opened_and_deleted(self):
        unbuild = self.mine(self.unbuild)
        self.refuse(partial(unbuild.write, {"state": "draft"}), DoneStaysError)
        self.refuse(unbuild.unlink, UserError)
        self.refuse(self.mine(unbuild, _force_unlink=True).unlink, UserError)

    def test_it_tells_nothing_else(self):
        unbuild = self.mine(self.unbuild)
        for name, value in {
            "lot_id": False,
            "mo_id": False,
            "product_qty": 1,
            "product_id": self.mash.id,
            "location_id": self.customers.id,
        }.items():
            with self.subTest(name):
                self.refuse(partial(unbuild.write, {name: value}), DoneStaysError)

    def test_none_is_called_done(self):
        waiting = self.unbuild_of(1)
        write = partial(self.mine(waiting).write, {"state": "done"})
        self.refuse(write, NotCarriedOutError)
        unbuilds = self.mine(self.env["mrp.unbuild"], default_state="done")
        values = {
            "product_id": self.hummus.id,
            "mo_id": self.done.id,
            "lot_id": self.made.id,
        }
        self.refuse(partial(unbuilds.create, values), NotCarriedOutError)

    def test_its_moves_stay_with_it(self):
        self.made._set_disposition(self.disposition("hold"), "Stones")
        moves = self.unbuild.produce_line_ids
        for move in self.mine(moves):
            self.refuse(partial(move.write, {"unbuild_id": False}))
