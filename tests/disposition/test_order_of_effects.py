from contextlib import ExitStack
from unittest.mock import patch

from odoo.tests import tagged

from ..common import KitchenCase


class OrderCase(KitchenCase):
    """Notes in which order methods are entered, wherever they are defined."""

    def order_of(self, action, *methods):
        """Return names of ``(model, method)`` in the order in which they begin."""
        entered = []
        with ExitStack() as stack:
            for model, name in methods:
                stack.enter_context(self.noting(entered, model, name))
            action()
        return entered

    def noting(self, entered, model, name):
        owner = type(self.env[model])
        original = getattr(owner, name)

        def noted(records, *args, **kwargs):
            if name not in entered:
                entered.append(name)
            return original(records, *args, **kwargs)

        return patch.object(owner, name, noted)


@tagged("post_install", "-at_install")
class TestOrderOfEffects(OrderCase):
    """What one change does comes in one order, whichever file is imported first."""

    def test_a_change_of_disposition(self):
        """May it, lock, write, event, reservations, waiting moves, decision."""
        lot = self.receive(self.chickpeas, "CP-1", 10)
        self.order(self.chickpeas, 4, self.bistro)
        held = self.disposition("hold").id
        self.assertEqual(
            self.order_of(
                lambda: lot.write({"disposition_id": held}),
                ("stock.lot", "_reserve_for_waiting"),
                ("stock.lot", "_check_may_release_these"),
                ("stock.lot", "_break_forbidden_reservations"),
                ("stock.lot", "_check_second_person"),
                ("stock.lot", "_note_changes"),
                ("stock.lot", "_check_signed"),
                ("stock.lot", "_lock_stock"),
            ),
            [
                "_check_may_release_these",
                "_check_second_person",
                "_check_signed",
                "_lock_stock",
                "_note_changes",
                "_break_forbidden_reservations",
                "_reserve_for_waiting",
            ],
        )

    def test_a_receipt(self):
        """Numbers, gate, core with the new lots and their supplier, inspections."""
        picking = self.transfer(
            self.warehouse.in_type_id, self.suppliers, self.stock, self.supplier
        )
        move = self.add_move(picking, self.chickpeas, 10)
        picking.action_confirm()
        move.move_line_ids.write({"supplier_lot_name": "S-1", "lot_name": "CP-9"})
        self.assertEqual(
            self.order_of(
                lambda: self.validate(picking),
                ("stock.move", "_removal_overrides"),
                ("stock.move.line", "_number_lots"),
                ("stock.move.line", "_check_may_leave"),
                ("stock.move.line", "_create_and_assign_production_lot"),
                ("stock.quant", "_update_available_quantity"),
                ("stock.move.line", "_keep_supplier"),
                ("stock.lot.inspection", "_inspect_arrivals"),
                ("stock.lot.link", "_sync"),
            ),
            [
                "_number_lots",
                "_removal_overrides",
                "_check_may_leave",
                "_create_and_assign_production_lot",
                "_update_available_quantity",
                "_keep_supplier",
                "_inspect_arrivals",
                "_sync",
            ],
        )

    def test_why_a_batch_was_skipped(self):
        """Every exclusion has its sentence; what nobody knows is told by its code."""
        lot = self.receive(self.chickpeas, "CP-1", 10)
        delivery = self.order(self.chickpeas, 1, self.bistro)
        need = delivery.move_ids._batch_need()
        removal = self.env["stock.removal"]
        codes = ("held", "removal", "short", "undated", "unproduced", "place")
        for code in codes:
            sentence = removal._reason(code, lot, lot.create_date, need, need.customer)
            self.assertGreater(len(sentence.split()), 3, code)
        self.assertEqual(removal._reason("other", lot, None, need, None), "other")
