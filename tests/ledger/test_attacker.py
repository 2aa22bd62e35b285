import sys
from collections import Counter
from itertools import chain

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from odoo.tests import tagged

from ..dev_libraries import is_long_run
from .attack_case import AttackCase
from .attacks import WAYS, attacks, methods, models_that_move, shuffled

#: How many histories, and how many steps of each. hypothesis ends some early.
NORMAL, LONG = (6, 20), (102, 100)
#: So many steps are tried in the long run, at least: those with nothing to act on
#: are no steps.
LONG_STEPS = 10_000
KINDS = ("write", "call", "make", "validate")


class Attacker(RuleBasedStateMachine):
    """A clerk writes anything anywhere, again and again; ``case`` is the test."""

    case = None

    def __init__(self):
        super().__init__()
        self.savepoint = self.case.env.cr.savepoint()

    def teardown(self):
        self.savepoint.rollback()
        self.savepoint.close(rollback=False)
        self.case.env.invalidate_all()

    @rule(number=st.integers(0, 2**20), way=st.sampled_from(sorted(WAYS)))
    def write_a_field(self, number, way):
        self.case.do_write(number, way)

    @rule(number=st.integers(0, 2**20))
    def call(self, number):
        self.case.do_call(number)

    @rule(number=st.integers(0, 2**20), amount=st.integers(0, 12))
    def make_line(self, number, amount):
        self.case.do_make_line(number, amount)

    @rule(which=st.integers(0, 5))
    def validate(self, which):
        self.case.do_validate(which)

    @invariant()
    def held_goods_are_where_they_were(self):
        self.case.check()


@tagged("post_install", "-at_install")
class TestAttacker(AttackCase):
    """Whatever a clerk does in whatever order, held goods are where they were.

    Nobody with the right to release acts: so no event of such a person says otherwise.
    """

    def test_gets_nothing_out(self):
        self.attacks = shuffled(attacks(self.env, self.pool), 7)
        self.calls = [
            (name, method)
            for name in models_that_move(self.env)
            if self.pool[name]
            for method in methods(self.env, name)
        ]
        self.before, self.seen, self.last = self.evidence(), Counter(), None
        histories, steps = LONG if is_long_run() else NORMAL
        machine = type("TheAttacker", (Attacker,), {"case": self})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=histories,
                stateful_step_count=steps,
                deadline=None,
                phases=(Phase.explicit, Phase.reuse, Phase.generate),
                suppress_health_check=list(HealthCheck),
            ),
        )
        self.try_what_chance_left_out()
        self.tell()
        for what in KINDS:
            self.assertTrue(self.seen[what, "tried"], f"{what} was never tried")
        self.assertTrue(self.seen["write", True], "nothing was ever written")
        if is_long_run():
            tried = sum(self.seen[what, "tried"] for what in KINDS)
            self.assertGreaterEqual(tried, LONG_STEPS)

    def try_what_chance_left_out(self):
        """In few histories, hypothesis may leave out a kind of step in each."""
        for what, act in (
            ("write", lambda: self.do_write(0, "rpc")),
            ("call", lambda: self.do_call(0)),
            ("make", lambda: self.do_make_line(0, 1.0)),
            ("validate", lambda: self.do_validate(0)),
        ):
            if not self.seen[what, "tried"]:
                act()
                self.check()

    def tell(self):
        """Say what was tried and what of it was done, for who runs it with -s."""
        for what in KINDS:
            tried, done = self.seen[what, "tried"], self.seen[what, True]
            sys.stdout.write(f"\n{what}: {tried} tried, {done} done")

    def count(self, what, done, last):
        self.seen[what, "tried"] += 1
        self.seen[what, done] += 1
        self.last = (last, done)

    def do_write(self, number, way):
        """Write a field; the next one of the list if that record is gone."""
        for attack in self.starting_at(self.attacks, number):
            record = self.env[attack.model].browse(attack.record_id).exists()
            if record and self.attacker(record) is not None:
                done = self.try_attack(attack, way)
                self.count("write", done, f"{attack} by {way}")
                return

    def do_call(self, number):
        for name, method in self.starting_at(self.calls, number):
            records = self.pool[name].exists()
            record = records[number % len(records)] if records else records
            if record and self.attacker(record) is not None:
                done = self.try_method(record, method)
                self.count("call", done, f"{record}.{method}")
                return

    def starting_at(self, items, number):
        start = number % len(items)
        return chain(items[start:], items[:start])

    def do_make_line(self, number, amount):
        """Type a line of held goods: in an open transfer, a done one, or in none."""
        moves = self.pool["stock.move"].exists()
        move = (moves | moves.browse())[number % (len(moves) + 1) :][:1]
        targets = self.customers | self.stock | self.cage
        values = {
            "move_id": move.id,
            "picking_id": move.picking_id.id,
            "company_id": self.company.id,
            "product_id": self.chickpeas.id,
            "lot_id": (self.bad | self.caged | self.fresh)[number % 3].id,
            "quantity": amount,
            "picked": bool(number % 2),
            "location_id": (self.stock | self.cage)[number % 2].id,
            "location_dest_id": targets[number % len(targets)].id,
        }
        lines = self.env["stock.move.line"].with_user(self.clerk)
        done = self.attempt(lambda: lines.create(values))
        self.count("make", done, f"a line {values}")

    def do_validate(self, which):
        """Validate a transfer that waits; a new one of free goods if none does."""
        pickings = self.env["stock.picking"].search(
            [("state", "not in", ("done", "cancel"))], order="id desc", limit=6
        )
        if not pickings:
            pickings = self.order(self.chickpeas, 1, self.bistro)
        picking = pickings[which % len(pickings)]
        mine = picking.with_user(self.clerk).with_context(skip_backorder=True)
        done = self.attempt(mine.button_validate)
        self.count("validate", done, f"{picking} validated")

    def check(self):
        self.assertFalse(self.differences(self.before), f"after {self.last}")
