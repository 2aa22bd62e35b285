from contextlib import suppress
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.history.exceptions import SignatureNeededError
from ...models.history.signature import Signatures, is_signing
from ..inspection.inspection_case import InspectionCase
from .signature_case import PASSWORD, QUALITY, SignedCase, SignedInBrowserCase


@tagged("post_install", "-at_install")
class TestUnsigned(SignedCase):
    """Ways to release it without a signature."""

    def test_a_person_who_does_not_sign_changes_nothing(self):
        lot = self.lot.with_user(self.quality)
        for way in (
            lambda: lot._set_disposition(self.disposition("released"), "Fine"),
            lambda: lot.write({"disposition_id": self.disposition("released").id}),
            lambda: lot.with_context(
                batch_signature="Released", signature="Released"
            ).write({"disposition_id": self.disposition("released").id}),
        ):
            with self.subTest(way), self.assertRaises(SignatureNeededError) as refusal:
                way()
            self.assertEqual(refusal.exception.subject, lot)
        self.assertEqual(self.lot.disposition_id, self.disposition("hold"))

    def test_signing_needs_a_screen(self):
        wizard = self.env["stock.lot.set.disposition"].with_user(self.quality)
        with self.assertRaisesRegex(SignatureNeededError, "on the screen") as refusal:
            wizard.create(self.values()).apply()
        self.assertIsNone(refusal.exception.subject)

    def test_the_system_itself_does_not_sign(self):
        self.lot.sudo()._set_disposition(self.disposition("expired"), "Too old")
        self.assertFalse(self.lot.event_ids[0].signature)

    def test_where_nobody_wants_signatures_nobody_signs(self):
        self.company.batch_sign = False
        wizard = self.env["stock.lot.set.disposition"].with_user(self.quality)
        wizard.create(self.values()).apply()
        self.assertEqual(self.lot.disposition_id, self.disposition("released"))
        self.assertFalse(self.lot.event_ids[0].signature)

    def test_another_company_of_the_person_counts_too(self):
        self.company.batch_sign = False
        other = self.env["res.company"].create(
            {"name": "Seneca Sauces", "batch_sign": True}
        )
        self.quality.company_ids |= other
        lot = self.lot.with_user(self.quality)
        with self.assertRaises(SignatureNeededError):
            lot._set_disposition(self.disposition("released"), "Fine")


@tagged("post_install", "-at_install")
class TestSignatures(SignedCase):
    """What a transaction knows of who has proved who they are."""

    def setUp(self):
        super().setUp()
        self.signatures = Signatures.of(self.env)

    def test_a_proof_is_taken_once(self):
        self.signatures.prove(self.env.uid, "password")
        self.assertEqual(self.signatures.take_proof(self.env.uid), "password")
        self.assertIsNone(self.signatures.take_proof(self.env.uid))

    def test_a_proof_is_nobody_else_s(self):
        self.signatures.prove(self.env.uid, "password")
        self.assertIsNone(self.signatures.take_proof(self.quality.id))
        self.assertIsNone(self.signatures.take_proof(self.env.uid))

    def test_a_signature_is_nobody_else_s(self):
        with self.signatures.signing(self.env.uid, "Released", "password"):
            self.assertTrue(is_signing(self.env))
            self.assertFalse(is_signing(self.env(user=self.quality)))
        self.assertFalse(is_signing(self.env))

    def test_a_signature_outlives_a_savepoint_but_not_its_transaction(self):
        with self.signatures.signing(self.env.uid, "Released", "password"):
            self.env.cr.clear()
            self.assertTrue(is_signing(self.env))
            self.env.cr.postcommit.clear()  # as a commit and a rollback do
            self.assertFalse(is_signing(self.env))


@tagged("post_install", "-at_install")
class TestSigned(SignedInBrowserCase):
    """The lot on hold is released by the wizard."""

    def ask(self, **kwargs):
        model = "stock.lot.set.disposition"
        wizard = self.call(model, "create", [self.values()])
        return self.call(model, "apply", wizard, **kwargs)

    def test_it_asks_for_the_password_and_notes_what_was_signed(self):
        question = self.ask()
        self.assertEqual(question["res_model"], "res.users.identitycheck")
        self.assertEqual(self.lot.disposition_id, self.disposition("hold"))
        answer = self.type_password(question)
        self.assertEqual(answer["tag"], "display_notification")
        self.assertEqual(self.lot.disposition_id, self.disposition("released"))
        event = self.lot.event_ids[0]
        self.assertEqual((event.signature, event.identity), ("Released", "password"))
        self.assertEqual(event.user_id, self.quality)
        self.assertIn("Tested again", event.reason)

    def test_a_signature_outlives_what_is_undone_under_it(self):
        """An attempt inside the button fails and is undone; what follows is signed."""
        decisions = self.env.registry["stock.lot.decision"]
        apply = decisions._apply

        def apply_after_a_failed_attempt(decision):
            with suppress(ZeroDivisionError), decision.env.cr.savepoint():
                raise ZeroDivisionError
            apply(decision)

        question = self.ask()
        with patch.object(decisions, "_apply", apply_after_a_failed_attempt):
            answer = self.type_password(question)
        self.assertEqual(answer.get("tag"), "display_notification", answer)
        event = self.lot.event_ids[0]
        self.assertEqual((event.signature, event.identity), ("Released", "password"))

    @mute_logger("odoo.http")
    def test_a_wrong_password_changes_nothing(self):
        answer = self.type_password(self.ask(), "guess")
        self.assertIn("Incorrect Password", answer["data"]["message"])
        self.assertEqual(self.lot.disposition_id, self.disposition("hold"))

    def test_each_signature_asks_again(self):
        self.type_password(self.ask())
        self.lot.sudo()._set_disposition(self.disposition("hold"), "Odd again")
        question = self.ask()
        self.assertEqual(question["res_model"], "res.users.identitycheck")
        self.assertEqual(self.lot.disposition_id, self.disposition("hold"))

    def test_a_context_is_no_signature(self):
        forged = {"batch_signature": "Released", "password": PASSWORD}
        question = self.ask(context=forged)
        self.assertEqual(question["res_model"], "res.users.identitycheck")
        self.assertEqual(self.lot.disposition_id, self.disposition("hold"))

    @mute_logger("odoo.http")
    def test_rpc_past_the_wizard_is_refused(self):
        released = self.disposition("released").id
        answer = self.call(
            "stock.lot",
            "write",
            self.lot.ids,
            {"disposition_id": released},
            context={"batch_signature": "Released"},
        )
        self.assertIn("must be signed", answer["data"]["message"])

    @mute_logger("odoo.http")
    def test_nobody_signs_with_somebody_else_s_question(self):
        question = self.ask()
        self.user("other", QUALITY)
        self.authenticate("other", "other")
        answer = self.type_password(question, "other")
        self.assertIn("message", answer.get("data", {}))
        self.assertEqual(self.lot.disposition_id, self.disposition("hold"))


@tagged("post_install", "-at_install")
class TestSignedVerdict(InspectionCase, SignedInBrowserCase):
    """What an inspection or a second person decides is signed as well."""

    def test_an_inspection_is_signed(self):
        lot = self.make_lot(self.chickpeas, "CP-1")
        inspection = self.inspection(lot, self.plan())
        self.enter(inspection, Moisture=12)
        method = ("stock.lot.inspection", "action_complete", inspection.ids)
        question = self.call(*method)
        self.assertEqual(question["res_model"], "res.users.identitycheck")
        self.assertEqual(inspection.state, "open")
        self.type_password(question)
        self.assertEqual(inspection.state, "passed")
        event = lot.event_ids.filtered(lambda event: event.kind == "inspection")[:1]
        self.assertEqual((event.signature, event.user_id), ("Inspected", self.quality))

    def test_an_approval_is_signed(self):
        self.company.batch_release_four_eyes = True
        boss = self.user("boss", QUALITY)
        self.company.batch_sign = False
        decision = self.env["stock.lot.decision"].with_user(boss)
        decision = decision._decide(self.lot, self.disposition("released"), "Fine")
        self.company.batch_sign = True
        self.assertEqual(decision.state, "proposed")
        question = self.call("stock.lot.decision", "action_approve", decision.ids)
        self.assertEqual(decision.state, "proposed")
        self.type_password(question)
        self.assertEqual(self.lot.disposition_id, self.disposition("released"))
        self.assertEqual(self.lot.event_ids[0].signature, "Approved")
