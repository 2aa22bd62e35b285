from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.batch_tracking.models.ledger.exceptions import (
    DoneLineIsEvidenceError,
    DoneStaysError,
    NotCarriedOutError,
)
from odoo.addons.batch_tracking.tests.common import KitchenCase


@tagged("post_install", "-at_install")
class TestRepairOrder(KitchenCase):
    """A mixer that comes in without a number gets one of its pattern."""

    @freeze_time("2021-10-20 15:00:00")
    def test_a_repaired_unit_is_numbered_by_pattern(self):
        pattern = {"name": "Mixers", "batch_pattern": "{product}-{yy}{doy}{seq:2}"}
        sequence = self.env["ir.sequence"].create(pattern)
        mixers = [
            self.make_product(
                f"Mixer {code}",
                tracking="serial",
                batch_code=code,
                lot_sequence_id=sequence.id,
            )
            for code in ("M1", "M2")
        ]
        for mixer in mixers:
            repair = self.env["repair.order"].create({"product_id": mixer.id})
            repair.action_generate_serial()
            self.assertEqual(repair.lot_id.name, f"{mixer.batch_code}-2129301")


@tagged("post_install", "-at_install")
class TestDoneRepairs(KitchenCase):
    """A repair that is done says for good which parts went into what was repaired."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mixer = cls.make_product("Mixer")
        cls.knife = cls.make_product("Knife")
        cls.unit = cls.put_on_hand(cls.make_lot(cls.mixer, "MX-1"), 1)
        cls.part = cls.put_on_hand(cls.make_lot(cls.knife, "K-1"), 5)
        cls.other = cls.put_on_hand(cls.make_lot(cls.knife, "K-2"), 5)
        cls.clerk = cls.user("clerk", "stock.group_stock_user")
        cls.repair = cls.repaired()
        cls.part_line = cls.repair.move_ids.move_line_ids
        cls.env.flush_all()

    @classmethod
    def repaired(cls):
        repair = cls.env["repair.order"].create(
            {"product_id": cls.mixer.id, "product_qty": 1, "lot_id": cls.unit.id}
        )
        move = cls.env["stock.move"].create(
            {
                "repair_id": repair.id,
                "repair_line_type": "add",
                "product_id": cls.knife.id,
                "product_uom_qty": 1,
            }
        )
        repair.action_validate()
        move.move_line_ids.unlink()
        cls.add_line(move, cls.part, 1)
        repair.action_repair_start()
        repair.action_repair_end()
        return repair

    def mine(self, records):
        return records.with_user(self.clerk)

    def parents(self):
        self.env.flush_all()
        links = self.env["stock.lot.link"].search([("child_lot_id", "=", self.unit.id)])
        return [(link.parent_lot_id.name, link.kind) for link in links]

    def refuse(self, refusal, records, values):
        before = self.parents()
        with self.assertRaises(refusal), self.env.cr.savepoint():
            self.mine(records).write(values)
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.parents(), before)

    def test_it_is_done_with_its_part(self):
        self.assertEqual(self.repair.state, "done")
        self.assertEqual(self.parents(), [("K-1", "repair")])

    def test_it_is_not_opened_nor_deleted(self):
        for state in ("draft", "cancel"):
            self.refuse(DoneStaysError, self.repair, {"state": state})
        with self.assertRaises(UserError):
            self.mine(self.repair).unlink()

    def test_it_tells_nothing_else(self):
        values = {
            "lot_id": False,
            "product_qty": 9,
            "product_id": self.knife.id,
            "move_id": False,
        }
        for name, value in values.items():
            with self.subTest(name):
                self.refuse(DoneStaysError, self.repair, {name: value})

    def test_none_is_called_done(self):
        repair = self.env["repair.order"].create({"product_id": self.mixer.id})
        self.refuse(NotCarriedOutError, repair, {"state": "done"})
        with self.assertRaises(NotCarriedOutError):
            values = {"picking_type_id": repair.picking_type_id.id, "state": "done"}
            self.mine(repair).create(values)

    def test_the_parts_of_what_is_held_stay(self):
        self.unit._set_disposition(self.disposition("hold"), "Sharp")
        move = self.part_line.move_id
        for record, values in (
            (self.part_line, {"lot_id": self.other.id}),
            (self.part_line, {"quantity": 0}),
            (move, {"repair_id": False}),
            (move, {"repair_line_type": "remove"}),
        ):
            with self.subTest(values):
                self.refuse(DoneLineIsEvidenceError, record, values)

    def test_both_ends_tell_of_another_part(self):
        self.mine(self.part_line).lot_id = self.other
        for lot in (self.unit, self.part, self.other):
            event = lot.event_ids.filtered(lambda event: event.kind == "correction")
            self.assertEqual((event.old_value, event.new_value), ("K-1", "K-2"))

    def test_both_ends_tell_that_it_was_taken_out(self):
        self.mine(self.part_line.move_id).repair_line_type = "remove"
        for lot in (self.unit, self.part):
            event = lot.event_ids.filtered(lambda event: event.old_value == "Add")
            self.assertEqual(event.new_value, "Remove")
