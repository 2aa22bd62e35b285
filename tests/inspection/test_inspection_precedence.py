from odoo.tests import new_test_user, tagged

from ...models.operation.step import Part, Taken
from .inspection_case import InspectionCase

QUALITY = "batch_tracking.group_quality_manager"


@tagged("post_install", "-at_install")
class TestPrecedence(InspectionCase):
    """Recalled comes before held by a person, that before quarantine by inspection."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pulses = cls.plan(quarantine_until_inspected=True)
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.looked_at = cls.lot.inspection_ids
        cls.quarantine = cls.disposition("quarantine")
        cls.released = cls.disposition("released")
        cls.hold = cls.disposition("hold")
        cls.clerk = cls.user("clerk")
        cls.quality = cls.user("quality", QUALITY)
        cls.boss = cls.user("boss", QUALITY)
        cls.inspector = new_test_user(
            cls.env, login="inspector", groups="batch_tracking.group_batch_user"
        )

    def under(self, lot=None):
        return (lot or self.lot).disposition_id

    def demanded(self, user, lot=None, **values):
        """Return an inspection by a plan that lets everything pass, on demand."""
        plan = self.plan(self.stones(), name="Lenient", moment="demand", **values)
        wizard = self.env["stock.lot.inspect"].with_user(user)
        wizard = wizard.create({"lot_ids": (lot or self.lot).ids, "plan_id": plan.id})
        action = wizard.apply()
        return self.env["stock.lot.inspection"].browse(action["res_id"])

    # -- who holds it

    def test_a_verdict_ends_the_quarantine_of_its_inspection(self):
        self.assertEqual(self.under(), self.quarantine)
        self.assertTrue(self.lot.is_held_by_inspection)
        self.inspect(self.looked_at, self.clerk, Moisture=12)
        self.assertEqual(self.under(), self.released)
        self.assertFalse(self.lot.is_held_by_inspection)

    def test_a_verdict_does_not_lift_what_a_person_has_set(self):
        for code in ("hold", "quarantine", "restricted"):
            lot = self.receive(self.chickpeas, f"CP-{code}", 10)
            lot._set_disposition(self.released, "Let it go first")
            lot._set_disposition(self.disposition(code), "By a person")
            self.inspect(lot.inspection_ids, self.clerk, Moisture=12)
            self.assertEqual(self.under(lot), self.disposition(code))

    def test_nobody_says_that_an_inspection_holds_it(self):
        self.lot._set_disposition(self.hold, "By a person")
        for user in (self.clerk, self.quality):
            self.lot.with_user(user).write({"is_held_by_inspection": True})
        self.assertFalse(self.lot.is_held_by_inspection)

    def test_a_failure_of_a_recalled_batch_leaves_it_recalled(self):
        recalled = self.disposition("recalled")
        self.lot._set_disposition(recalled, "Stones")
        self.inspect(self.looked_at, self.clerk, Moisture=15)
        self.assertEqual(self.looked_at.state, "failed")
        self.assertEqual(self.under(), recalled)

    def test_a_failure_makes_a_persons_hold_stricter_and_it_stays_theirs(self):
        self.lot._set_disposition(self.disposition("restricted"), "For us only")
        self.inspect(self.looked_at, self.clerk, Moisture=15)
        self.assertEqual(self.under(), self.hold)
        self.looked_at.with_user(self.quality)._accept("Dried again")
        self.assertEqual(self.under(), self.hold)

    # -- other plans

    def test_demanding_an_inspection_does_not_release(self):
        self.inspect(self.looked_at, self.clerk, Moisture=15)
        rejected = self.disposition("rejected")
        self.lot._set_disposition(rejected, "By a person")
        self.demanded(self.clerk, quarantine_until_inspected=True)
        self.assertEqual(self.under(), rejected)

    def test_what_failed_stays_when_another_plan_is_demanded(self):
        self.pulses.fail_disposition_id = self.hold
        self.inspect(self.looked_at, self.clerk, Moisture=15)
        lenient = self.demanded(self.clerk, quarantine_until_inspected=True)
        self.assertEqual(self.under(), self.hold)
        self.inspect(lenient, self.clerk, Free_of_stones="pass")
        self.assertEqual(self.under(), self.hold)

    def test_a_demanded_plan_does_not_lift_what_others_have_set(self):
        self.looked_at.with_user(self.quality)._cancel("Wrong plan")
        self.assertEqual(self.under(), self.quarantine)
        lenient = self.demanded(self.clerk)
        self.inspect(lenient, self.clerk, Free_of_stones="pass")
        self.assertEqual(self.under(), self.quarantine)
        again = self.demanded(self.quality)
        self.inspect(again, self.quality, Free_of_stones="pass")
        self.assertEqual(self.under(), self.released)

    # -- cancelled, relabelled

    def test_what_has_passed_need_not_wait_for_a_mistake(self):
        mistake = self.inspection(self.lot, self.plan(name="Metal"))
        self.inspect(self.looked_at, self.clerk, Moisture=12)
        self.assertEqual(self.under(), self.quarantine)
        mistake.with_user(self.quality)._cancel("Wrong batch")
        self.assertEqual(self.under(), self.released)

    def test_a_cancelled_failure_of_nothing_else_stays(self):
        mistake = self.inspection(self.lot, self.plan(name="Metal"))
        self.inspect(self.looked_at, self.clerk, Moisture=15)
        mistake.with_user(self.quality)._cancel("Wrong batch")
        self.assertEqual(self.under(), self.hold)

    def relabelled(self, lot, name):
        goods = [Taken(lot, self.stock, 10)]
        operation = self.env["stock.lot.operation"]._relabel(goods, name=name)
        return operation.made_line_ids.lot_id

    def test_a_relabelled_batch_follows_the_inspection_of_its_parent(self):
        child = self.relabelled(self.lot, "CP-1-NEW")
        grandchild = self.relabelled(child, "CP-1-NEWER")
        self.assertEqual(self.under(grandchild), self.quarantine)
        self.inspect(self.looked_at, self.clerk, Moisture=12)
        self.assertEqual(self.under(child | grandchild), self.released)
        reasons = grandchild.event_ids.filtered("reason").mapped("reason")
        self.assertIn("Passed the inspection by plan “Pulses”.", reasons)

    def test_a_split_part_waits_for_its_own_inspection_too(self):
        operations = self.env["stock.lot.operation"]
        operation = operations._split([Taken(self.lot, self.stock, 4)], [Part("P", 4)])
        part = operation.made_line_ids.lot_id
        own = self.inspection(part, self.plan(name="Metal"))
        self.inspect(self.looked_at, self.clerk, Moisture=12)
        self.assertEqual(self.under(), self.released)
        self.assertEqual(self.under(part), self.quarantine)
        self.inspect(own, self.clerk, Moisture=12)
        self.assertEqual(self.under(part), self.released)

    def test_a_part_does_not_pass_while_its_parent_waits(self):
        operations = self.env["stock.lot.operation"]
        operation = operations._split([Taken(self.lot, self.stock, 4)], [Part("P", 4)])
        part = operation.made_line_ids.lot_id
        own = self.inspection(part, self.plan(name="Metal"))
        self.inspect(own, self.clerk, Moisture=12)
        self.assertEqual(self.under(part), self.quarantine)
        self.inspect(self.looked_at, self.clerk, Moisture=12)
        self.assertEqual(self.under(part), self.released)

    def test_a_merged_batch_waits_for_both(self):
        other = self.receive(self.chickpeas, "CP-2", 10)
        goods = [Taken(self.lot, self.stock, 10), Taken(other, self.stock, 10)]
        operation = self.env["stock.lot.operation"]._merge(goods, name="CP-12")
        merged = operation.made_line_ids.lot_id
        self.inspect(self.looked_at, self.clerk, Moisture=12)
        self.assertEqual(self.under(merged), self.quarantine)
        self.inspect(other.inspection_ids, self.clerk, Moisture=12)
        self.assertEqual(self.under(merged), self.released)

    def test_a_child_that_somebody_holds_stays_so(self):
        child = self.relabelled(self.lot, "CP-1-NEW")
        child._set_disposition(self.hold, "Torn")
        self.inspect(self.looked_at, self.clerk, Moisture=12)
        self.assertEqual(self.under(child), self.hold)

    # -- who releases by it

    def decision(self):
        return self.looked_at.release_decision_id

    def test_who_only_inspects_proposes(self):
        self.inspect(self.looked_at, self.inspector, Moisture=12)
        self.assertEqual(self.looked_at.state, "passed")
        self.assertEqual(self.under(), self.quarantine)
        self.assertEqual(self.decision().state, "proposed")
        self.assertIn(self.quality, self.decision().activity_ids.user_id)
        self.decision().with_user(self.quality).action_approve()
        self.assertEqual(self.under(), self.released)

    def test_a_failure_found_by_who_only_inspects_holds_at_once(self):
        self.pulses.fail_disposition_id = self.disposition("rejected")
        self.inspect(self.looked_at, self.inspector, Moisture=15)
        self.assertFalse(self.under().allow_scrap)
        self.assertFalse(self.under().allow_plan)

    def test_where_two_release_a_verdict_proposes(self):
        self.company.batch_release_four_eyes = True
        self.inspect(self.looked_at, self.quality, Moisture=12)
        self.assertEqual(self.under(), self.quarantine)
        self.assertEqual(self.decision().user_id, self.quality)
        self.decision().with_user(self.boss).action_approve()
        self.assertEqual(self.under(), self.released)

    def test_reopened_and_typed_again_by_one_person_releases_nothing(self):
        self.company.batch_release_four_eyes = True
        self.inspect(self.looked_at, self.clerk, Moisture=15)
        self.assertEqual(self.under(), self.hold)
        self.looked_at.with_user(self.quality)._reopen("Typing error")
        self.inspect(self.looked_at, self.quality, Moisture=12)
        self.assertEqual(self.looked_at.state, "passed")
        self.assertEqual(self.under(), self.hold)
        self.assertEqual(self.decision().state, "proposed")

    def test_what_one_who_may_not_release_has_failed_one_does_not_accept_alone(self):
        self.company.batch_release_four_eyes = True
        self.inspect(self.looked_at, self.clerk, Moisture=15)
        self.looked_at.with_user(self.quality)._accept("Dried again")
        self.assertEqual(self.under(), self.hold)
        self.assertEqual(self.decision().state, "proposed")

    def test_a_proposal_is_withdrawn_when_its_verdict_is_reopened(self):
        self.inspect(self.looked_at, self.inspector, Moisture=12)
        decision = self.decision()
        self.looked_at.with_user(self.quality)._reopen("Wrong sack")
        self.assertEqual(decision.state, "refused")

    def test_lots_of_before_are_told_apart(self):
        other = self.receive(self.chickpeas, "CP-2", 10)
        self.env["stock.lot.decision"]._decide(other, self.released, "First")
        self.env["stock.lot.decision"]._decide(other, self.quarantine, "Not so sure")
        self.env.flush_all()
        self.env.cr.execute("UPDATE stock_lot SET is_held_by_inspection = NULL")
        self.env.invalidate_all()
        self.env["stock.lot"]._fill_held_by_inspection()
        self.assertTrue(self.lot.is_held_by_inspection)
        self.assertFalse(other.is_held_by_inspection)
