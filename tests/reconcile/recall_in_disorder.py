from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

#: Tenths of what was received.
FEW = st.integers(0, 3)


class RecallInDisorder(RuleBasedStateMachine):
    """Consignees tell, send, correct and deny in any order; ``case`` is the test."""

    case = None

    def __init__(self):
        super().__init__()
        self.savepoint = self.case.env.cr.savepoint()
        self.case.begin()

    def teardown(self):
        self.savepoint.rollback()
        self.savepoint.close(rollback=False)
        self.case.env.invalidate_all()

    @rule(row=st.integers(0, 9), told=st.tuples(*[FEW] * 5), twice=st.booleans())
    def answer(self, row, told, twice):
        self.case.do_answer(row, told, twice)

    @rule(row=st.integers(0, 9))
    def decline(self, row):
        self.case.do_decline(row)

    @rule(delivery=st.integers(0, 9), quantity=st.integers(1, 12))
    def come_back(self, delivery, quantity):
        self.case.do_come_back(delivery, quantity)

    @rule(row=st.integers(0, 9), quantity=st.integers(1, 6))
    def send_straight(self, row, quantity):
        self.case.do_send_straight(row, quantity)

    @rule(row=st.integers(0, 9), done=st.booleans())
    def tell_and_fetch(self, row, done):
        self.case.do_answer(row, (3, 1, 0, 0, 0), twice=False)
        self.case.do_fetch(done)

    @rule()
    def expand(self):
        self.case.do_expand()

    @rule()
    def notify(self):
        self.case.do_notify()

    @rule()
    def name_the_next(self):
        self.case.do_name_the_next()

    @rule(row=st.integers(0, 9))
    def give_up(self, row):
        self.case.do_give_up(row)

    @rule()
    def launch_another(self):
        self.case.do_launch_another()

    @rule(fourth=st.integers(0, 3))
    def close(self, fourth):
        if not fourth:
            self.case.do_close()

    @invariant()
    def the_ledger_adds_up(self):
        self.case.check()
