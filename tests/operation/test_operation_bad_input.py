from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.operation.step import Part, Taken
from .operation_case import OperationCase

NO_AMOUNTS = (float("nan"), float("inf"), float("-inf"), -1.0, 0.0)


@tagged("post_install", "-at_install")
class TestAmounts(OperationCase):
    """JSON carries numbers that are none: they are refused, and nothing is moved."""

    def setUp(self):
        super().setUp()
        self.operations = self.env["stock.lot.operation"]

    def assert_refused(self, attempt, amount):
        with (
            self.subTest(amount=amount),
            self.assertRaises(UserError),
            self.env.cr.savepoint(),
        ):
            attempt()
        self.env.invalidate_all()
        self.assertEqual(self.lot.product_qty, 100)
        self.assertFalse(self.operations.search([]))

    def taken(self, quantity):
        return [Taken(self.lot, self.stock, quantity)]

    def test_of_a_split(self):
        for amount in NO_AMOUNTS:
            parts = [Part("H-2", amount)]
            self.assert_refused(
                lambda p=parts: self.operations._split(self.taken(1), p), amount
            )
            self.assert_refused(
                lambda a=amount: self.operate("split", self.lot, parts=[(a, "H-2")]),
                amount,
            )

    def test_of_a_relabel_and_a_merge(self):
        other = self.receive(self.hummus, "H-9", 5)
        for amount in NO_AMOUNTS:
            taken = self.taken(amount)
            self.assert_refused(
                lambda t=taken: self.operations._relabel(t, name="H-2"), amount
            )
            self.assert_refused(
                lambda t=taken: self.operations._merge(t, into=other), amount
            )

    def test_of_a_repack(self):
        pots = self.make_product("Pots of hummus")
        pieces = self.make_product("Pieces of hummus", tracking="serial")
        for amount in NO_AMOUNTS:
            for product in (pots, pieces):
                self.assert_refused(
                    lambda p=product, a=amount: self.operations._repack(
                        self.taken(1), p, a
                    ),
                    amount,
                )

    def test_more_single_pieces_than_anybody_labels(self):
        pieces = self.make_product("Pieces of hummus", tracking="serial")
        self.assert_refused(
            lambda: self.operations._repack(self.taken(1), pieces, 10.0**6), 10**6
        )

    def link(self, parent, parent_quantity, child_quantity):
        wizard = self.env["stock.lot.link.manual"].create(
            {
                "parent_lot_id": parent.id,
                "child_lot_id": self.lot.id,
                "parent_quantity": parent_quantity,
                "child_quantity": child_quantity,
                "reason": "I was there",
            }
        )
        wizard.apply()

    def test_of_a_link_by_hand(self):
        parent = self.receive(self.mash, "M-1", 5)
        for amount in NO_AMOUNTS:
            for quantities in ((amount, 1), (1, amount)):
                self.assert_refused(lambda q=quantities: self.link(parent, *q), amount)
        self.assertFalse(self.env["stock.lot.link"].search([("kind", "=", "manual")]))
