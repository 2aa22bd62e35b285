from contextlib import suppress
from unittest.mock import patch

from odoo.tests import tagged

from .explained_case import ExplainedCase

FORGED_KEYS = (
    "batch_any_order",
    "batch_eligible",
    "batch_need",
    "batch_reading",
    "batch_reservation",
)
FORGED_VALUES = (True, False, "x", 7, ["deliver"], {"need": None, "scan": {}})


class UndoneError(Exception):
    """Something within a savepoint went wrong."""


@tagged("post_install", "-at_install")
class TestForgedContext(ExplainedCase):
    """Whoever calls from outside puts into the context what they like."""

    def forged(self):
        for value in FORGED_VALUES:
            for key in FORGED_KEYS:
                yield {key: value}
            yield dict.fromkeys(FORGED_KEYS, value)

    def reserved(self, picking):
        return [(line.lot_id, line.quantity) for line in picking.move_line_ids]

    def test_the_same_is_reserved(self):
        picking = self.order(self.hummus, 4, self.market)
        expected = picking.move_line_ids.mapped(
            lambda line: (line.lot_id, line.quantity)
        )
        for context in self.forged():
            with self.subTest(context=context):
                picking.do_unreserve()
                picking.with_context(**context).action_assign()
                self.assertEqual(self.reserved(picking), expected)

    def test_the_same_is_taken_for_a_typed_quantity(self):
        picking = self.order(self.hummus, 4, self.market)
        for context in self.forged():
            with self.subTest(context=context):
                picking.do_unreserve()
                picking.move_ids.with_context(**context).quantity = 3
                self.assertEqual(picking.move_line_ids.lot_id, self.good)
                self.assertEqual(picking.move_ids.quantity, 3)

    def test_the_strategy_stays(self):
        self.hummus.removal_strategy_id = self.env.ref("stock.removal_lifo")
        for context in self.forged():
            with self.subTest(context=context):
                quants = self.env["stock.quant"].with_context(**context)
                goods = (self.hummus, self.stock)
                self.assertEqual(quants._get_removal_strategy(*goods), "lifo")

    def test_nothing_is_hidden_from_what_moves(self):
        for context in self.forged():
            with self.subTest(context=context):
                quants = self.env["stock.quant"].with_context(**context)
                goods = (self.hummus, self.stock)
                self.assertEqual(quants._get_available_quantity(*goods), 30)

    def test_transfers_are_done_as_ever(self):
        self.put_on_hand(self.good, 100)
        for context in self.forged():
            with self.subTest(context=context):
                picking = self.order(self.hummus, 1, self.bistro)
                self.validate(picking.with_context(**context))
                self.assertEqual(picking.state, "done")
                self.assert_stock_adds_up(self.hummus)


@tagged("post_install", "-at_install")
class TestSavepoint(ExplainedCase):
    """Some other addon works within a savepoint meanwhile, and that is rolled back."""

    def rolling_back(self, model, name):
        """Return a patch that lets a savepoint roll back before the method begins."""
        owner = type(self.env[model])
        original = getattr(owner, name)

        def rolled_back(records, *args, **kwargs):
            with suppress(UndoneError), records.env.cr.savepoint():
                raise UndoneError
            return original(records, *args, **kwargs)

        return patch.object(owner, name, rolled_back)

    def test_what_is_being_read_is_not_lost(self):
        picking = self.order(self.hummus, 4, self.market)
        picking.do_unreserve()
        with self.rolling_back("stock.removal", "_exclusions"):
            picking.action_assign()
        self.assertEqual(picking.move_line_ids.lot_id, self.good)

    def test_what_is_being_noted_is_not_lost(self):
        picking = self.order(self.hummus, 4, self.market)
        picking.do_unreserve()
        decisions = self.env["stock.removal.decision"]
        decisions.search([]).unlink()
        with self.rolling_back("stock.quant", "_lock_reserved"):
            picking.action_assign()
        decision = decisions.search([])
        self.assertEqual(decision.move_id, picking.move_ids)
        self.assertEqual(decision._taken_lot_ids(), {self.good.id})

    def test_what_is_being_moved_is_not_lost(self):
        picking = self.order(self.hummus, 4, self.market)
        with self.rolling_back("stock.quant", "_update_available_quantity"):
            self.validate(picking)
        self.assertEqual(picking.state, "done")
        self.assert_stock_adds_up(self.hummus)

    def test_what_is_being_received_is_not_lost(self):
        lots = "stock.lot"
        with self.rolling_back(lots, "create"):
            lot = self.receive(self.hummus, "NEW", 3)
        self.assertEqual(lot.supplier_id, self.supplier)

    def test_what_is_rolled_back_is_not_recorded(self):
        picking = self.order(self.hummus, 4, self.market)
        picking.do_unreserve()
        decisions = self.env["stock.removal.decision"]
        decisions.search([]).unlink()
        other = self.order(self.hummus, 2, self.market)
        other.do_unreserve()
        decisions.search([]).unlink()
        moves = type(self.env["stock.move"])
        create = type(self.env["stock.move.line"]).create

        def failing(lines, vals_list):
            create(lines, vals_list)
            raise UndoneError

        original = moves._update_reserved_quantity_vals

        def with_another_one(move, *args, **kwargs):
            if move != other.move_ids:
                with (
                    suppress(UndoneError),
                    patch.object(type(self.env["stock.move.line"]), "create", failing),
                    move.env.cr.savepoint(),
                ):
                    other.move_ids.with_env(move.env)._action_assign()
            return original(move, *args, **kwargs)

        with patch.object(moves, "_update_reserved_quantity_vals", with_another_one):
            picking.action_assign()
        self.assertFalse(other.move_line_ids)
        self.assertEqual(decisions.search([]).move_id, picking.move_ids)
