from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...models.reconcile.exceptions import (
    CheckedByThemselvesError,
    CheckIncompleteError,
    CheckIsEvidenceError,
    CheckMomentError,
    NoCheckLevelError,
)
from ..answer.answer_case import AnswerCase


@tagged("post_install", "-at_install")
class TestReconcileChecks(AnswerCase):
    """Fifty shops had some of H-3; some of them are checked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shops = cls.env["res.partner"].create(
            [{"name": f"Shop {number:02}"} for number in range(50)]
        )
        for shop in cls.shops:
            cls.deliver(cls.hummus, 1, shop, lot=cls.other)

    def setUp(self):
        super().setUp()
        self.recall = self.launch(self.other)

    def draw(self, level, percent=0):
        self.recall.write({"check_level": level, "check_percent": percent})
        self.recall.action_draw_checks()
        return self.recall.check_ids

    def verify(self, checks):
        for check in checks:
            check.write({"got_notice": "yes", "did_as_told": "yes"})
            check.action_verify()

    def test_levels_say_how_many(self):
        for level, percent, count in (
            ("E", 0, 0),
            ("D", 0, 1),
            ("C", 0, 5),
            ("B", 25, 13),
            ("A", 0, 50),
        ):
            self.assertEqual(len(self.draw(level, percent)), count, level)

    def test_without_a_level_nobody_is_drawn(self):
        with self.assertRaises(NoCheckLevelError):
            self.recall.action_draw_checks()
        with self.assertRaises(NoCheckLevelError):
            self.draw("B", 10)

    def test_who_had_two_batches_is_drawn_once(self):
        self.deliver(self.hummus, 1, self.shops[0], lot=self.first)
        recall = self.launch(self.first | self.other)
        recall.check_level = "A"
        recall.action_draw_checks()
        partners = recall.check_ids.partner_id
        self.assertEqual(len(recall.check_ids), len(partners))
        self.assertEqual(partners, self.shops | self.market | self.bistro)

    def test_the_seed_draws_the_same_again(self):
        drawn = self.draw("C").partner_id
        another = self.launch(self.other)
        another.check_level = "C"
        another.sudo().check_seed = self.recall.check_seed
        another.action_draw_checks()
        self.assertEqual(another.check_ids.partner_id, drawn)

    def test_drawn_again_nobody_is_added(self):
        self.assertEqual(self.draw("C"), self.draw("C"))

    def test_special_consignees_are_not_missed(self):
        wards = self.env["res.partner.industry"].create({"name": "Hospital"})
        self.shops[:2].industry_id = wards
        self.assertIn("Hospital", self.draw("C").mapped("stratum"))

    def test_one_that_failed_says_that_there_are_more(self):
        """R7: all are done, one had no notice."""
        checks = self.draw("C")
        self.verify(checks[1:])
        checks[0].got_notice = "no"
        checks[0].action_fail()
        figures = self.recall._check_figures()
        self.assertFalse(figures["is_met"])
        self.assertEqual(figures["proposals"], [["B", None], ["A", 50]])
        self.recall.action_raise_check_level("A")
        self.assertEqual(len(self.recall.check_ids), 50)
        self.assertLessEqual(checks, self.recall.check_ids)

    def test_only_a_proposed_level_is_gone_on_with(self):
        self.draw("C")
        for level in ("D", "Z", None):
            with self.assertRaises(NoCheckLevelError):
                self.recall.action_raise_check_level(level)

    def test_what_was_put_right_counts(self):
        (check,) = self.draw("D")
        check.got_notice = "no"
        check.action_fail()
        asks = self.env["stock.recall.reason.ask"].with_user(self.manager)
        form = Form(
            asks.with_context(default_step="put_right", default_check_ids=check.ids)
        )
        form.reason = "Letter handed over"
        form.save().do_step()
        self.assertEqual(
            (check.state, check.put_right), ("verified", "Letter handed over")
        )
        self.assertTrue(self.recall._check_figures()["is_met"])

    def test_given_up_both_figures_are_shown(self):
        """As R34: the authority decides which of the two counts."""
        checks = self.draw("A")
        self.verify(checks[:40])
        checks[40:].with_user(self.manager)._waive("Out of business")
        figures = self.recall._check_figures()
        self.assertEqual(figures["rates"], [0.8, 1.0])
        self.assertEqual(
            (figures["is_met"], figures["is_met_without_waived"]), (False, True)
        )

    def test_whoever_entered_the_answer_does_not_check_it(self):
        (check,) = self.draw("D")
        told = {self.other: {"used": 1}}
        self.answer(
            self.recall,
            check.partner_id,
            told,
            channel="phone",
            values={"user_id": self.manager.id},
        )
        check.write({"got_notice": "yes", "did_as_told": "yes"})
        with self.assertRaises(CheckedByThemselvesError):
            check.with_user(self.manager).action_verify()
        colleague = self.user("colleague", "batch_tracking.group_recall_manager")
        check.with_user(colleague).action_verify()
        self.assertEqual(check.user_id, colleague)

    def test_an_answer_is_no_check(self):
        (check,) = self.draw("D")
        self.answer(self.recall, check.partner_id, {self.other: {"used": 1}})
        self.assertEqual(check.state, "drawn")

    def test_nothing_is_verified_that_was_not_asked(self):
        (check,) = self.draw("D")
        with self.assertRaises(CheckIncompleteError):
            check.action_verify()
        check.write({"got_notice": "yes", "did_as_told": "yes", "for_sale": 2})
        with self.assertRaisesRegex(CheckIncompleteError, "for sale"):
            check.action_verify()

    def test_a_result_stays(self):
        (check,) = self.draw("D")
        self.verify(check)
        with self.assertRaises(CheckIsEvidenceError):
            check.with_user(self.manager).got_notice = "no"
        with self.assertRaises(CheckIsEvidenceError):
            check.with_user(self.manager).state = "drawn"
        with self.assertRaises(CheckIsEvidenceError):
            check.with_user(self.manager)._waive("Out of business")
        with self.assertRaises(CheckIsEvidenceError):
            check.with_user(self.manager).action_fail()
        with self.assertRaises(CheckIsEvidenceError):
            check.with_user(self.manager).method = "visit"
        with self.assertRaises(AccessError):
            check.with_user(self.user("clerk")).note = "x"

    def test_what_checks_can_see(self):
        self.draw("D")
        figures = self.recall._check_figures()
        self.assertEqual(
            [percent for percent, _chance in figures["power"]], [1, 3, 5, 10]
        )
        self.assertEqual(dict(figures["power_planned"])[10], 0.1)
        self.assertEqual(dict(figures["power"])[10], 0.0)
        self.assertEqual(figures["smallest"], 31)

    def test_who_checks_is_who_is_logged_in(self):
        (check,) = self.draw("D")
        colleague = self.user("colleague", "batch_tracking.group_recall_manager")
        mine = check.with_user(self.manager)
        with self.assertRaises(CheckIsEvidenceError):
            mine.user_id = colleague
        mine.write({"got_notice": "yes", "did_as_told": "yes"})
        mine.action_verify()
        self.assertEqual(check.user_id, self.manager)

    def test_another_moment_than_now_leaves_an_event(self):
        (check,) = self.draw("D")
        mine = check.with_user(self.manager)
        now = fields.Datetime.now()
        for moment in (
            now + timedelta(days=1),
            now - timedelta(days=900),
            "2030-01-01",
        ):
            with self.assertRaises(CheckMomentError), self.cr.savepoint():
                mine.date = moment
        self.recall.sudo().date_start = now - timedelta(days=3)
        mine.write({"date": now - timedelta(days=1), "got_notice": "no"})
        mine.action_fail()
        self.assertEqual(check.date, now - timedelta(days=1))
        events = self.env["stock.lot.event"].search([("res_id", "=", self.recall.id)])
        self.assertTrue(
            any("Moment of the check" in what for what in events.mapped("what"))
        )

    def test_whoever_has_checked_enters_no_answer_of_them(self):
        (check,) = self.draw("D")
        mine = check.with_user(self.manager)
        mine.write({"got_notice": "yes", "did_as_told": "yes"})
        mine.action_verify()
        values = {"user_id": self.manager.id}
        told = {self.other: {"used": 1}}
        with self.assertRaises(CheckedByThemselvesError):
            self.answer(
                self.recall, check.partner_id, told, channel="phone", values=values
            )

    def test_who_had_nothing_left_before_the_recall_is_not_checked(self):
        """Nothing was distributed to them (R14): level A is reached without them."""
        shop = self.make_partner("Shop that sent all back")
        self.take_back(self.deliver(self.hummus, 1, shop, lot=self.second), 1)
        recall = self.launch(self.second)
        self.assertIn(shop, recall.consignee_ids.partner_id)
        recall.check_level = "A"
        recall.action_draw_checks()
        self.assertNotIn(shop, recall.check_ids.partner_id)
        self.assertEqual(recall._population_size(), len(recall._population()))
        self.verify(recall.check_ids)
        figures = recall._check_figures()
        self.assertEqual(figures["required"], 1)
        self.assertTrue(figures["is_met"])

    def test_who_sends_all_back_after_the_launch_is_still_checked(self):
        checks = self.draw("A")
        delivery = self.env["stock.move.line"].search(
            [("consignee_id", "=", self.shops[0].id), ("lot_id", "=", self.other.id)]
        )
        self.take_back(delivery.picking_id, 1)
        self.assertEqual(self.recall._population_size(), 50)
        self.verify(checks)
        self.assertTrue(self.recall._check_figures()["is_met"])
