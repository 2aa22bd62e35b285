from odoo.tests import tagged

from .hold_case import HoldCase


@tagged("post_install", "-at_install")
class TestHoldScreen(HoldCase):
    """What *Put on hold* has chosen already, and what one is told afterwards."""

    def preset(self, lots, user):
        wizard = self.env["stock.lot.set.disposition"].with_user(user)
        return wizard.with_context(default_lot_ids=lots.ids).new()

    def test_who_holds_finds_on_hold_chosen(self):
        hold = self.disposition("hold")
        for user in (self.clerk, self.quality):
            self.assertEqual(self.preset(self.raw, user).disposition_id, hold)
        empty = self.raw.browse()
        self.assertEqual(self.preset(empty, self.clerk).disposition_id, hold)

    def test_where_all_are_held_released_is_chosen_for_who_may(self):
        self.raw._set_disposition(self.disposition("quarantine"), "Wait")
        chosen = self.preset(self.raw, self.quality).disposition_id
        self.assertEqual(chosen, self.disposition("released"))
        chosen = self.preset(self.raw, self.clerk).disposition_id
        self.assertEqual(chosen, self.disposition("hold"))

    def test_nothing_is_chosen_where_some_are_held_or_it_is_archived(self):
        self.raw._set_disposition(self.disposition("quarantine"), "Wait")
        some = self.raw | self.good
        self.assertFalse(self.preset(some, self.quality).disposition_id)
        self.disposition("hold").active = False
        self.assertFalse(self.preset(self.good, self.clerk).disposition_id)

    def test_a_reason_chooses_what_it_proposes_instead(self):
        rejected = self.disposition("rejected")
        reason = self.env["stock.lot.hold.reason"].create(
            {"name": "Failed twice", "disposition_id": rejected.id}
        )
        wizard = self.preset(self.raw, self.quality)
        wizard.reason_id = reason
        wizard._onchange_reason_id()
        self.assertEqual(wizard.disposition_id, rejected)

    def test_a_reason_that_was_only_chosen_is_said_once(self):
        reason = self.env["stock.lot.hold.reason"].create({"name": "Failed twice"})
        wizard = self.wizard(self.raw, user=self.clerk)
        wizard.write({"reason_id": reason.id, "reason": " "})
        decision = self.decision_of(wizard.apply())
        self.assertFalse(decision.reason)
        event = self.raw._last_disposition_events()[self.raw.id]
        self.assertEqual(event.reason, f"Failed twice ({decision.name})")

    def test_who_may_not_release_reads_put_on_hold(self):
        self.raw._set_disposition(self.disposition("quarantine"), "Wait")
        for user, name in (
            (self.clerk, "Put on hold"),
            (self.quality, "Hold or release"),
        ):
            self.assertEqual(self.entry_of_actions(user), name)
            action = self.env.ref("batch_tracking.stock_lot_action_hold")
            for lots in (self.raw, self.raw.browse()):
                opened = action.with_user(user).with_context(
                    active_model="stock.lot", active_ids=lots.ids
                )
                opened = opened.run()
                self.assertEqual(opened["name"], name)
                self.assertEqual(opened["context"]["default_lot_ids"], lots.ids)

    def entry_of_actions(self, user):
        """Return what the entry is called in the menu *Actions* of a list."""
        ours = self.env.ref("batch_tracking.stock_lot_action_hold").id
        lots = self.env["stock.lot"].with_user(user)
        views = lots.get_views([(False, "list")], {"toolbar": True})["views"]
        (name,) = [
            entry["name"]
            for entry in views["list"]["toolbar"]["action"]
            if entry["id"] == ours
        ]
        return name

    def test_one_stays_where_one_was_and_is_told_what_happened(self):
        action = self.wizard(self.raw, user=self.clerk).apply()
        self.assertEqual(action["tag"], "display_notification")
        params = action["params"]
        self.assertEqual(params["next"]["tag"], "soft_reload")
        self.assertIn(self.raw.name, params["message"])
        self.assertIn("On hold", params["message"])
        self.assertEqual(self.decision_of(action).lot_ids, self.raw)

    def test_who_only_proposes_is_told_that_nothing_has_changed(self):
        self.two_people()
        self.raw._set_disposition(self.disposition("hold"), "Odd")
        params = self.wizard(self.raw, "released").apply()["params"]
        self.assertEqual(params["type"], "warning")
        self.assertIn("another quality manager", params["message"])
