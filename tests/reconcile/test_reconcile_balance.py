from odoo.tests import BaseCase

from ...tools.answer.answers import Standing, problems_of, replies_of, waiting
from ...tools.answer.balance import Line, rates_of, sums_of, total_of
from ...tools.reconcile.tiers import HandedOn, chain_of, chain_of_sums


def percents(rates):
    return [None if rate is None else round(100 * rate, 2) for rate in rates]


class TestReconcileBalance(BaseCase):
    """What became of what was distributed."""

    def test_recovery_accounted_and_recoverable(self):
        line = Line(1000, returned=600, destroyed=150, used=200, used_before=200)
        self.assertEqual(percents(rates_of([line])), [75.0, 95.0, 93.75])
        self.assertEqual(line.unaccounted, 50)

    def test_what_is_put_right_where_it_is_counts_as_recovered(self):
        line = Line(10, returned=2, destroyed=3, corrected=4)
        self.assertEqual((line.recovered, line.unaccounted), (9, 1))
        self.assertEqual(percents(rates_of([line])), [90.0, 90.0, 90.0])

    def test_lots_of_the_trade_press(self):
        first = Line(9200, returned=6100, destroyed=1500, used=1400)
        second = Line(11800, returned=9000, destroyed=1200, used=1500)
        self.assertEqual(percents(rates_of([first]))[:2], [82.61, 97.83])
        self.assertEqual(percents(rates_of([second]))[1], 99.15)
        self.assertEqual([first.unaccounted, second.unaccounted], [200, 100])

    def test_nothing_distributed_has_no_rate_and_no_gap(self):
        for lines in ([Line(0)], []):
            self.assertEqual(rates_of(lines), (None, 1.0, None))

    def test_all_used_before_the_notice_leaves_nothing_to_recover(self):
        rates = rates_of([Line(10, used=10, used_before=10)])
        self.assertEqual(rates, (0.0, 1.0, None))

    def test_what_came_back_before_the_recall_was_not_distributed(self):
        line = Line(40, returned_before=10)
        self.assertEqual((line.distributed, line.unaccounted), (30, 30))

    def test_more_than_was_shipped_is_flagged_and_makes_up_for_nothing(self):
        over = Line(10, returned=12)
        self.assertEqual((over.over_returned, over.excess), (2, 2))
        self.assertEqual(rates_of([over]), (1.0, 1.0, 1.0))
        self.assertEqual(over.unaccounted, 0)
        both = rates_of([over, Line(10, returned=8)])
        self.assertEqual(percents(both), [90.0, 90.0, 90.0])

    def test_binary_rounding_is_no_gap(self):
        line = Line(0.3, returned=0.1, destroyed=0.2)
        self.assertEqual((line.unaccounted, line.excess), (0.0, 0.0))
        self.assertEqual(total_of([line]), line)


class TestReconcileTiers(BaseCase):
    """What a wholesaler passed on is accounted for there, and not back."""

    WHOLESALER = (1, Line(1000, on_hand=100, used=50, passed_on=850))

    def test_passed_on_is_not_recovered(self):
        shops = [(2, Line(500, returned=400)), (2, Line(350))]
        chain = chain_of([self.WHOLESALER, *shops])
        self.assertEqual(chain.tiers[1].rates.accounted, 1.0)
        self.assertEqual((chain.recovered, chain.recovery), (400, 0.4))
        self.assertEqual((chain.unaccounted, chain.located), (450, 100))
        self.assertEqual(chain.tiers[2].sums.unaccounted, 450)
        self.assertEqual(chain.accounted, 0.55)

    def test_passed_on_to_nobody_known_is_unaccounted(self):
        chain = chain_of([self.WHOLESALER])
        self.assertEqual(chain.unaccounted, 850)
        self.assertEqual(chain.tiers[2].unnamed, 850)
        some = chain_of([self.WHOLESALER, (2, Line(500, returned=500))])
        self.assertEqual((some.unaccounted, some.recovery), (350, 0.5))

    def test_one_tier_alone_is_its_own_balance(self):
        chain = chain_of([(1, Line(10, returned=5, on_hand=3))])
        self.assertEqual(list(chain.tiers), [1])
        self.assertEqual((chain.distributed, chain.recovery), (10, 0.5))
        self.assertEqual((chain.located, chain.unaccounted), (3, 2))

    def test_a_tier_of_which_nobody_is_known_is_not_skipped(self):
        chain = chain_of([(1, Line(10, passed_on=10)), (3, Line(4, returned=4))])
        self.assertEqual((chain.tiers[2].unnamed, chain.tiers[3].unexplained), (10, 4))

    def test_a_tier_that_says_it_got_more_is_flagged(self):
        chain = chain_of([self.WHOLESALER, (2, Line(900, returned=900))])
        self.assertEqual(chain.tiers[2].unexplained, 50)
        self.assertEqual(chain.unaccounted, 0)

    def test_nothing_at_all(self):
        chain = chain_of([])
        self.assertEqual((chain.recovery, chain.accounted, chain.tiers), (None, 1, {}))
        with self.assertRaises(ValueError):
            chain_of([(0, Line(1))])


class TestReconcileAnswers(BaseCase):
    """What consignees tell, and who still has to."""

    def test_an_answer_of_more_than_was_shipped_names_by_how_much(self):
        (problem,) = problems_of(Line(10, returned=12))
        self.assertEqual((problem.kind, problem.quantity), ("too_much", 2))

    def test_answers_that_are_no_quantities_are_refused_field_by_field(self):
        line = Line(10, on_hand=-1, used=float("inf"), destroyed=float("nan"))
        self.assertEqual(
            [(problem.kind, problem.field) for problem in problems_of(line)],
            [
                ("negative", "on_hand"),
                ("no_number", "used"),
                ("no_number", "destroyed"),
            ],
        )
        (problem,) = problems_of(Line(10, used=2, used_before=3))
        self.assertEqual((problem.kind, problem.quantity), ("before_is_more", 1))
        self.assertEqual(problems_of(Line(10, used=3, used_before=3, on_hand=7)), [])
        self.assertEqual(problems_of(Line(10, used=5, used_before=2, on_hand=5)), [])

    def test_who_answered_for_one_lot_still_owes_the_other(self):
        lines = [
            Standing("Dairy", "L1", 5, has_answered=True),
            Standing("Dairy", "L2", 5),
            Standing("Bakery", "L1", 5),
            Standing("Hotel", "L2", 5, has_answered=True),
        ]
        self.assertEqual(
            replies_of(lines),
            {"Dairy": "partial", "Bakery": "none", "Hotel": "complete"},
        )
        self.assertEqual(
            [(line.consignee, line.lot) for line in waiting(lines)],
            [("Dairy", "L2"), ("Bakery", "L1")],
        )

    def test_declining_what_was_delivered_is_a_dispute(self):
        declined = Standing("Dairy", "L2", 9, has_answered=True, has_declined=True)
        self.assertEqual(declined.state, "dispute")
        self.assertEqual(declined._replace(delivered=0).state, "closed")
        self.assertEqual(declined._replace(is_waived=True).state, "closed")

    def test_an_answer_with_a_gap_stays_open(self):
        line = Standing("Dairy", "L2", 9, has_answered=True, unaccounted=1)
        self.assertEqual(line.state, "open")
        self.assertEqual(line._replace(unaccounted=0).state, "closed")

    def test_too_much_with_one_makes_up_for_nothing_with_another(self):
        summed = {
            1: (
                total_of([Line(10, passed_on=10)] * 2),
                sums_of([Line(10, passed_on=10)] * 2),
            ),
            2: (total_of([Line(4), Line(16)]), sums_of([Line(4), Line(16)])),
        }
        chain = chain_of_sums(summed, {1: HandedOn(unnamed=6, unexplained=6)})
        tier = chain.tiers[2]
        self.assertEqual((tier.unnamed, tier.unexplained), (6, 6))
        self.assertEqual((tier.missing, tier.surplus), (26, 6))
        self.assertEqual((chain.unaccounted, chain.surplus), (26, 6))
