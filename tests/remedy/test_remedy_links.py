from odoo.fields import Command
from odoo.tests import tagged

from ...models.base.exceptions import SaidByMethodsError
from .remedy_case import RemedyCase

LINKS = ("recall_id", "recall_row_id", "replaced_move_id")


@tagged("post_install", "-at_install")
class TestRemedyLinks(RemedyCase):
    """That a move was asked for by a recall is said by the recall, and not typed."""

    def setUp(self):
        super().setUp()
        self.clerk = self.user("stock-clerk", "stock.group_stock_manager")
        self.picking = self.replace(user=self.recaller())
        self.move = self.picking.move_ids
        self.forged = {
            "recall_id": self.recall.id,
            "recall_row_id": self.row(self.recall, self.bistro, self.first).id,
            "replaced_move_id": self.to_market.move_ids.id,
        }

    def recaller(self):
        return self.user(
            "mover", "batch_tracking.group_recall_manager", "stock.group_stock_user"
        )

    def values(self):
        """Return the values of a move from stock to market, as a clerk types them."""
        return {
            "product_id": self.hummus.id,
            "product_uom_qty": 1,
            "location_id": self.picking.location_id.id,
            "location_dest_id": self.picking.location_dest_id.id,
        }

    def test_what_is_made_good_is_not_hidden_by_a_clerk(self):
        for name in LINKS:
            for value in (False, self.forged[name]):
                if self.move[name].id == value:
                    continue
                with self.assertRaises(SaidByMethodsError), self.cr.savepoint():
                    self.move.with_user(self.clerk).write({name: value})
        self.assertEqual(self.move.recall_row_id, self.mine)

    def test_no_move_of_a_clerk_says_that_it_is_for_a_recall(self):
        moves = self.env["stock.move"].with_user(self.clerk)
        for name in LINKS:
            forged = {**self.values(), name: self.forged[name]}
            with self.assertRaises(SaidByMethodsError), self.cr.savepoint():
                moves.create(forged)
            with self.assertRaises(SaidByMethodsError), self.cr.savepoint():
                self.picking.with_user(self.clerk).write(
                    {"move_ids": [Command.create(forged)]}
                )
            with self.assertRaises(SaidByMethodsError), self.cr.savepoint():
                self.picking.with_user(self.clerk).write(
                    {"move_ids": [Command.update(self.move.id, {name: False})]}
                )
            with self.assertRaises(SaidByMethodsError), self.cr.savepoint():
                self.to_market.move_ids.with_user(self.clerk).copy(
                    {name: self.forged[name]}
                )
            free = moves.with_context(**{f"default_{name}": self.forged[name]})
            self.assertFalse(free.create(self.values())[name], name)

    def test_a_copy_makes_nothing_good_either(self):
        """Not even with what the move that is copied says."""
        move = self.move.with_user(self.clerk)
        for name in LINKS:
            with self.assertRaises(SaidByMethodsError), self.cr.savepoint():
                move.copy({name: self.move[name].id})
        self.assertFalse(move.copy().recall_row_id)

    def test_none_is_imported(self):
        names = ["product_id/.id", "product_uom_qty", "location_id/.id"]
        names += ["location_dest_id/.id", "recall_id/.id"]
        values = self.values()
        row = [
            str(values["product_id"]),
            "1",
            str(values["location_id"]),
            str(values["location_dest_id"]),
            str(self.recall.id),
        ]
        moves = self.env["stock.move"].with_user(self.clerk)
        result = moves.load(names, [row])
        self.assertFalse(result["ids"])
        self.assertIn("not typed", result["messages"][0]["message"])

    def test_drafts_for_quarantine_delete_no_move_of_others(self):
        mine = self.env["stock.move"].with_user(self.clerk).create(self.values())
        with self.assertRaises(SaidByMethodsError), self.cr.savepoint():
            mine.recall_id = self.recall.id
        self.recall._draft_quarantine()
        self.assertTrue(mine.exists())

    def test_the_same_again_is_no_change(self):
        self.move.with_user(self.clerk).write({"recall_row_id": self.mine.id})
        self.assertEqual(self.move.recall_row_id, self.mine)
