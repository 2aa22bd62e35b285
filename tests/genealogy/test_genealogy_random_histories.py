from collections import Counter, defaultdict
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ..operation.operation_case import OperationCase

ACTIONS = (
    "receive",
    "make",
    "split",
    "merge",
    "repack",
    "relabel",
    "undo",
    "deliver",
    "throw_away",
)


@tagged("post_install", "-at_install")
class TestHistories(OperationCase):
    """Whatever is done to lots, all of it is accounted for, and linked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pot = cls.make_product("Hummus, pot")
        cls.names = (f"R-{number}" for number in count())

    def test_everything_is_accounted_for(self):
        self.happened = Counter()
        self.live_through()
        for action in ("receive", "make", "deliver", "throw_away"):
            self.assertTrue(self.happened[action], f"{action} never did anything")
        operations = ("split", "merge", "repack", "relabel")
        self.assertTrue(sum(self.happened[kind] for kind in operations))

    @settings(max_examples=12, deadline=None)
    @given(
        st.lists(
            st.tuples(st.sampled_from(ACTIONS), st.integers(0, 99), st.integers(1, 20)),
            min_size=3,
            max_size=9,
        )
    )
    def live_through(self, history):
        self.lots = self.receive(self.hummus, next(self.names), 20)
        self.brought = 20
        self.operations = []
        for action, choice, quantity in history:
            self.pick = choice
            before = self.count_lines()
            getattr(self, f"do_{action}")(quantity)
            self.happened[action] += self.count_lines() > before
        self.assert_balanced(self.lots)
        self.assert_both_directions_agree()
        self.assert_goods_count_once()
        self.assert_lines_are_linked_in_full()
        links = self.env["stock.lot.link"]
        self.assertFalse(links._differences(self.company.ids, 1))

    def count_lines(self):
        return self.env["stock.move.line"].search_count([("state", "=", "done")])

    def assert_goods_count_once(self):
        """A drill counts what was received and made, whatever its numbers since."""
        recall = self.env["stock.recall"]._launch(self.lots, "Drill", kind="drill")
        found = sum(recall._outcome()["units"].values())
        self.assertAlmostEqual(found, self.brought, 2)

    def assert_both_directions_agree(self):
        """How much of a lot is in another does not depend on which of them is asked."""
        names = ("certain", "proportional", "worst_case", "too_early")
        figures = {}
        for direction in ("forward", "back"):
            for lot in self.lots:
                for node in lot.trace(direction)["nodes"]:
                    pair = (lot.id, node["id"])[:: 1 if direction == "forward" else -1]
                    found = [node[name] for name in names]
                    for value, wanted in zip(
                        found, figures.setdefault(pair, found), strict=True
                    ):
                        self.assertAlmostEqual(value, wanted, 6, msg=(pair, direction))

    def assert_lines_are_linked_in_full(self):
        """What was used of a lot is what its links say, for each product made."""
        links = self.env["stock.lot.link"].search(
            [("parent_lot_id", "in", self.lots.ids)]
        )
        given = defaultdict(float)
        for link in links:
            given[link.consume_line_id, link.child_lot_id.product_id] += (
                link.parent_quantity
            )
        used = self.env["stock.move.line"].search(
            [
                ("lot_id", "in", self.lots.ids),
                ("location_dest_id.usage", "=", "production"),
                ("state", "=", "done"),
            ]
        )
        self.assertEqual({line for line, _product in given}, set(used))
        for (line, _product), quantity in given.items():
            self.assertAlmostEqual(quantity, line.quantity)

    def chosen(self, product=None):
        """Return one of the lots that has something on hand, if there is any."""
        lots = self.lots.filtered(
            lambda lot: (
                lot.product_qty > 0 and (not product or lot.product_id == product)
            )
        )
        return lots[self.pick % len(lots)] if lots else lots

    def done(self, operation):
        self.operations.append(operation)
        self.lots |= self.made(operation)

    # -- what may happen

    def do_receive(self, quantity):
        self.lots |= self.receive(self.hummus, next(self.names), quantity)
        self.brought += quantity

    def do_make(self, quantity):
        used = self.chosen()
        if used:
            amount = min(quantity, used.product_qty)
            self.lots |= self.produce(
                self.mash, next(self.names), quantity, uses=[(used, amount)]
            )
            # What is made of the same product was there before, as far as it was used.
            alike = used.product_id == self.mash
            self.brought += quantity - (min(quantity, amount) if alike else 0)

    def do_split(self, quantity):
        lot = self.chosen()
        if lot.product_qty > quantity:
            parts = [(quantity / 2, False), (quantity / 2, False)]
            self.done(self.operate("split", lot, parts=parts))

    def do_merge(self, _quantity):
        lot = self.chosen()
        others = self.lots.filtered(
            lambda other: other.product_id == lot.product_id and other.product_qty > 0
        )
        if len(others) > 1:
            self.done(self.operate("merge", others[:3]))

    def do_repack(self, quantity):
        lot = self.chosen(self.hummus)
        if lot:
            self.done(
                self.operate(
                    "repack", lot, product_id=self.pot.id, made_quantity=quantity
                )
            )
            self.brought += quantity

    def do_relabel(self, _quantity):
        lot = self.chosen()
        if lot:
            self.done(self.operate("relabel", lot, name=next(self.names)))

    def do_undo(self, _quantity):
        """Undo the last operation, if its goods are still there."""
        if not self.operations:
            return
        operation = self.operations.pop()
        lines = operation.made_line_ids
        wanted = defaultdict(float)
        for line in lines:
            wanted[line.lot_id] += line.quantity
        if all(lot.product_qty >= quantity for lot, quantity in wanted.items()):
            operation.action_undo()

    def do_deliver(self, quantity):
        lot = self.chosen()
        if lot:
            amount = min(quantity, lot.product_qty)
            delivery = self.deliver(lot.product_id, amount, self.market, lot=lot)
            if self.pick % 2:
                self.take_back(delivery, amount)

    def do_throw_away(self, quantity):
        lot = self.chosen()
        if lot:
            self.scrap(lot, min(quantity, lot.product_qty))
