from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import format_date

from ...models.removal.exceptions import (
    OverrideReasonMissingError,
)
from .explained_case import ExplainedCase


@tagged("post_install", "-at_install")
class TestExplained(ExplainedCase):
    """Why this lot, and why not the others."""

    def explained(self, move):
        action = move.action_explain_removal()
        return self.env[action["res_model"]].browse(action["res_id"])

    def told(self, move):
        lines = self.explained(move).line_ids
        return [(line.lot_id.name, line.verdict) for line in lines]

    def test_candidates_are_told_in_order(self):
        picking = self.order(self.hummus, 4, self.market)
        told = [("HELD", "skipped"), ("SHORT", "skipped"), ("GOOD", "taken")]
        self.assertEqual(self.told(picking.move_ids), told)

    def test_reasons_are_words(self):
        picking = self.order(self.hummus, 4, self.market)
        held, short, good = self.explained(picking.move_ids).line_ids
        self.assertIn("On hold", held.reason)
        self.assertIn("20 days", short.reason)
        self.assertIn("10 days left", short.reason)
        self.assertIn(format_date(self.env, short.good_until), short.reason)
        self.assertEqual((short.good_until - short.explain_id.arrival).days, 10)
        self.assertIn("First of those that may go: removal date", good.reason)

    def test_what_was_not_needed_is_told_after_what_was_taken(self):
        self.put_on_hand(self.make_lot(self.hummus, "LATER", 50), 10)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=5)):
            picking = self.order(self.hummus, 4, self.market)
        self.assertEqual(
            self.told(picking.move_ids)[2:], [("GOOD", "taken"), ("LATER", "next")]
        )

    def test_after_an_override_it_tells_what_was_delivered(self):
        picking = self.order(self.hummus, 4, self.bistro)
        self.assertEqual(picking.move_line_ids.lot_id, self.short)
        picking.move_line_ids.lot_id = self.good
        picking.move_ids.override_reason = "The cold room was locked"
        told = [("HELD", "skipped"), ("SHORT", "replaced"), ("GOOD", "taken")]
        self.assertEqual(self.told(picking.move_ids), told)
        self.validate(picking)
        self.assertEqual(self.told(picking.move_ids), told)
        good = self.explained(picking.move_ids).line_ids[-1]
        self.assertEqual(good.taken, 4)
        self.assertIn("The cold room was locked", good.reason)
        self.assertIn(self.env.user.name, good.reason)

    def test_what_nobody_reserved_is_told_as_chosen(self):
        picking = self.order(self.hummus, 4, self.bistro, lot=self.good)
        self.validate(picking)
        decisions = self.env["stock.removal.decision"]
        decisions.search([("move_id", "=", picking.move_ids.id)]).unlink()
        explained = self.explained(picking.move_ids)
        self.assertEqual(self.told(picking.move_ids), [("GOOD", "taken")])
        self.assertIn("somebody chose", explained.decided)

    def test_a_batch_taken_in_part_is_told_with_what_left(self):
        picking = self.order(self.hummus, 4, self.market)
        picking.move_line_ids.quantity = 3
        self.validate(picking)
        good = self.explained(picking.move_ids).line_ids[-1]
        self.assertEqual((good.verdict, good.taken), ("taken", 3))

    def test_what_was_decided_is_told_whatever_happened_since(self):
        picking = self.order(self.hummus, 4, self.market)
        self.validate(picking)
        self.held._set_disposition(self.disposition("released"), "Fine after all")
        self.put_on_hand(self.make_lot(self.hummus, "NEW", 30), 10)
        told = [("HELD", "skipped"), ("SHORT", "skipped"), ("GOOD", "taken")]
        self.assertEqual(self.told(picking.move_ids), told)

    def test_what_was_served_little_by_little_is_told_as_one(self):
        picking = self.order(self.hummus, 15, self.market)
        self.put_on_hand(self.make_lot(self.hummus, "NEW", 50), 10)
        picking.action_assign()
        self.assertEqual(
            self.told(picking.move_ids)[2:], [("GOOD", "taken"), ("NEW", "taken")]
        )

    def test_a_line_explains_its_move(self):
        picking = self.order(self.hummus, 4, self.market)
        action = picking.move_line_ids.action_explain_removal()
        self.assertEqual(action["res_model"], "stock.move.explain")

    def test_what_has_nothing_yet_is_told_by_what_is_there(self):
        picking = self.order(self.hummus, 4, self.market)
        picking.do_unreserve()
        told = [("HELD", "skipped"), ("SHORT", "skipped"), ("GOOD", "next")]
        self.assertEqual(self.told(picking.move_ids), told)

    def test_a_typed_quantity_is_explained_too(self):
        picking = self.order(self.hummus, 4, self.market)
        picking.do_unreserve()
        picking.move_ids.quantity = 3
        self.assertIn(("GOOD", "taken"), self.told(picking.move_ids))

    def test_a_transfer_that_lacks_says_what_was_skipped(self):
        picking = self.order(self.hummus, 25, self.market)
        self.assertIn("HELD: It is “On hold”", picking.removal_notice)
        self.assertIn("SHORT: 10 days left", picking.removal_notice)
        self.assertNotIn("GOOD", picking.removal_notice)

    def test_a_transfer_that_has_all_says_nothing(self):
        picking = self.order(self.hummus, 4, self.market)
        self.assertFalse(picking.removal_notice)

    def test_decisions_are_forgotten_in_the_end(self):
        self.order(self.hummus, 4, self.market)
        decisions = self.env["stock.removal.decision"]
        decision = decisions.search([], limit=1)
        decision.date = fields.Datetime.now() - timedelta(days=800)
        decisions._gc_decisions()
        self.assertFalse(decision.exists())

    def test_who_may_not_see_the_move_is_told_nothing(self):
        picking = self.order(self.hummus, 4, self.market)
        stranger = new_test_user(self.env, login="stranger", groups="base.group_portal")
        with self.assertRaises(AccessError):
            picking.move_ids.with_user(stranger).action_explain_removal()


@tagged("post_install", "-at_install")
class TestOverride(ExplainedCase):
    """The bistro asks nothing, so SHORT is recommended; GOOD is nearer to the door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.warehouse.out_type_id

    def overrides(self):
        return self.env["stock.removal.override"].search(
            [("product_id", "=", self.hummus.id)]
        )

    def deliver_lot(self, lot, reason=None):
        picking = self.order(self.hummus, 4, self.bistro, lot=lot)
        picking.move_ids.override_reason = reason
        picking.move_ids.picked = True
        return picking, picking.with_context(skip_backorder=True).button_validate()

    def test_the_lot_that_is_due_is_no_override(self):
        self.deliver_lot(self.short)
        self.assertFalse(self.overrides())

    def test_what_the_strategy_reserved_is_no_override(self):
        picking = self.order(self.hummus, 4, self.market)
        self.put_on_hand(self.make_lot(self.hummus, "SOONER", 25), 10)
        self.validate(picking)
        self.assertFalse(self.overrides())

    def test_another_lot_is_logged(self):
        picking, _result = self.deliver_lot(self.good)
        override = self.overrides()
        self.assertEqual(override.lot_id, self.good)
        self.assertEqual(override.recommended_lot_id, self.short)
        self.assertEqual(override.quantity, 4)
        self.assertEqual(override.user_id, self.env.user)
        self.assertEqual(override.partner_id, self.bistro)
        self.assertEqual(override.picking_id, picking)

    def test_a_lot_swapped_on_a_reserved_transfer_is_logged(self):
        picking = self.order(self.hummus, 4, self.bistro)
        picking.move_line_ids.lot_id = self.good
        self.validate(picking)
        self.assertEqual(self.overrides().recommended_lot_id, self.short)

    def test_it_is_free_where_it_is_free(self):
        self.kind.removal_override = "free"
        self.deliver_lot(self.good)
        self.assertFalse(self.overrides())

    def test_a_reason_is_asked_for(self):
        self.kind.removal_override = "reason"
        picking, action = self.deliver_lot(self.good)
        self.assertEqual(action["res_model"], "stock.move.override.reason")
        self.assertNotEqual(picking.state, "done")
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertIn("SHORT", wizard.summary)
        wizard = wizard.with_context(**action["context"])
        with self.assertRaises(UserError):
            wizard.apply()
        wizard.reason = "The cold room was locked"
        wizard.with_context(skip_backorder=True).apply()
        self.assertEqual(picking.state, "done")
        self.assertEqual(self.overrides().reason, "The cold room was locked")

    def test_no_path_goes_around_the_reason(self):
        self.kind.removal_override = "reason"
        picking = self.order(self.hummus, 4, self.bistro, lot=self.good)
        picking.move_ids.picked = True
        with self.assertRaises(OverrideReasonMissingError) as caught:
            picking.move_ids._action_done()
        error = caught.exception
        self.assertEqual(error.move, picking.move_ids)
        self.assertEqual((error.lot, error.recommended_lot), (self.good, self.short))
        self.assertRegex(str(error), "SHORT.*is recommended.*GOOD")

    def test_what_became_of_the_lot_left_behind(self):
        self.deliver_lot(self.good)
        override = self.overrides()
        self.assertEqual(override.outcome, "stock")
        self.deliver(self.hummus, 10, self.bistro, lot=self.short)
        override.invalidate_recordset(["outcome"])
        self.assertEqual(override.outcome, "delivered")

    def test_the_log_is_not_rewritten(self):
        self.deliver_lot(self.good)
        with self.assertRaises(UserError):
            self.overrides().reason = "None of your business"
        with self.assertRaises(UserError):
            self.overrides().sudo().unlink()
