from datetime import date

from odoo.tests import new_test_user, tagged

from ..common import KitchenCase

QUALITY = "batch_tracking.group_quality_manager"


@tagged("post_install", "-at_install")
class TestHoldBanner(KitchenCase):
    """The top of a form: how a lot stands, since when, by whom, why, what ends it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.put_on_hand(cls.make_lot(cls.hummus, "H-1", expires_in=40), 10)
        cls.clerk = cls.user("clerk")
        cls.quality = cls.user("quality", QUALITY)
        cls.boss = cls.user("boss", QUALITY)

    def hold(self, **choices):
        lot = self.lot.with_user(self.quality)
        return lot.env["stock.lot.decision"]._decide(
            lot, self.disposition("hold"), "The lid is open", **choices
        )

    def propose_release(self):
        self.hold()
        self.company.batch_release_four_eyes = True
        lot = self.lot.with_user(self.quality)
        return lot.env["stock.lot.decision"]._decide(
            lot, self.disposition("released"), "Fine after all"
        )

    def banner(self, user=None):
        lot = self.lot.with_user(user or self.env.user)
        lot.invalidate_recordset()
        return lot.banner

    def names(self, entry):
        return [action["name"] for action in entry["actions"]]

    def test_released(self):
        banner = self.banner(self.quality)
        self.assertEqual(
            (banner["name"], banner["level"], banner["text"], banner["advice"]),
            ("Released", "success", "", ""),
        )
        self.assertEqual((banner["actions"], banner["notices"]), ([], []))

    def test_held_since_when_by_whom_and_why(self):
        self.hold()
        banner = self.banner(self.quality)
        self.assertEqual((banner["name"], banner["level"]), ("On hold", "danger"))
        self.assertIn(f"by {self.quality.name}: “The lid is open", banner["text"])

    def test_a_quality_manager_releases(self):
        self.hold()
        self.assertIn("action_release", self.names(self.banner(self.quality)))
        action = self.lot.with_user(self.quality).action_release()
        self.assertEqual(
            action["context"]["default_disposition_id"],
            self.disposition("released").id,
        )

    def test_a_clerk_reads_whom_to_ask(self):
        self.hold()
        banner = self.banner(self.clerk)
        self.assertNotIn("action_release", self.names(banner))
        self.assertIn(self.quality.name, banner["advice"])

    def test_who_reads_no_history_reads_why(self):
        self.hold()
        seller = new_test_user(self.env, login="seller", groups="base.group_user")
        self.assertFalse(
            self.env["stock.lot.event"].with_user(seller).has_access("read")
        )
        banner = self.lot.sudo().with_user(seller).sudo().banner
        self.assertIn("The lid is open", banner["text"])

    def test_reasons_of_other_companies_stay_there(self):
        self.hold()
        other = self.env["res.company"].create({"name": "Other"})
        self.env["res.users"].browse(self.env.uid).company_ids |= other
        elsewhere = self.lot.with_company(other).with_context(
            allowed_company_ids=other.ids
        )
        self.assertEqual(elsewhere.sudo().banner["text"], "")

    def test_until_when(self):
        self.hold(until_date=date(2099, 12, 1), ends_by="remind")
        [notice] = self.banner(self.quality)["notices"]
        self.assertIn("Dec 1, 2099", notice["text"])
        self.assertIn(self.quality.name, notice["text"])

    def test_another_quality_manager_approves(self):
        self.propose_release()
        banner = self.banner(self.boss)
        self.assertNotIn("action_release", self.names(banner))
        [notice] = banner["notices"]
        self.assertEqual(
            self.names(notice), ["action_approve_decision", "action_refuse_decision"]
        )
        self.lot.with_user(self.boss).action_approve_decision()
        self.assertEqual(self.lot.disposition_id, self.disposition("released"))

    def test_who_proposed_it_waits(self):
        self.propose_release()
        [notice] = self.banner(self.quality)["notices"]
        self.assertEqual(notice["actions"], [])
        self.assertIn(self.boss.name, notice["text"])

    def test_refusing_leaves_it_held(self):
        decision = self.propose_release()
        self.lot.with_user(self.boss).action_refuse_decision()
        self.assertEqual(decision.state, "refused")
        self.assertEqual(self.lot.disposition_id, self.disposition("hold"))
        self.assertIn("action_release", self.names(self.banner(self.boss)))

    def test_a_place_that_holds(self):
        self.stock.disposition_id = self.disposition("quarantine")
        [notice] = self.banner(self.quality)["notices"]
        self.assertIn(self.stock.display_name, notice["text"])
        self.assertIn("“Quarantine”", notice["text"])
