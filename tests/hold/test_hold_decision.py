from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.hold.exceptions import DecidedByDecisionError
from .hold_case import QUALITY, HoldCase

JOB = "odoo.addons.batch_tracking.models.base.job"


@tagged("post_install", "-at_install")
class TestDecision(HoldCase):
    """One wizard holds and releases, now or until a day."""

    # -- what is decided about

    def test_children_are_held_too(self):
        self.decide(self.raw, with_children=True)
        self.assertEqual(self.mash_lot.disposition_id, self.disposition("hold"))
        self.assertEqual(self.good.disposition_id, self.disposition("released"))

    def test_batches_are_found_by_what_they_have_in_common(self):
        self.mash_lot.production_date = "2026-03-02"
        self.mash_lot.production_line = "LINE7"
        for find_by, values, lots in (
            ("supplier_lot", {"supplier_lot_name": "s-77"}, self.raw),
            ("production_date", {"date_from": "2026-03-01"}, self.mash_lot),
            ("equipment", {"equipment": "line7"}, self.mash_lot),
            ("ancestor", {"ancestor_id": self.raw.id}, self.raw | self.mash_lot),
            ("product", {"product_id": self.mash.id}, self.mash_lot | self.good),
        ):
            wizard = self.wizard(self.raw.browse(), find_by=find_by, **values)
            wizard.action_find()
            self.assertEqual(wizard.lot_ids, lots, find_by)

    def test_what_is_not_asked_or_not_found_is_said(self):
        with self.refused(UserError, "in common"):
            self.wizard(self.raw).action_find()
        with self.refused(UserError, "field is empty"):
            self.wizard(self.raw, find_by="equipment", equipment=" ").action_find()
        with self.refused(UserError, "No batch meets"):
            self.wizard(
                self.raw, find_by="supplier_lot", supplier_lot_name="%"
            ).action_find()

    def test_the_preview_tells_before_anything_is_done(self):
        picking = self.order(self.mash, 5, self.market, lot=self.mash_lot)
        wizard = self.wizard(self.raw, with_children=True)
        self.assertIn(picking.name, wizard.preview)
        self.assertFalse(wizard.has_touched)
        self.assertEqual(self.mash_lot.disposition_id, self.disposition("released"))

    def test_nothing_to_change_is_said(self):
        with self.refused(UserError, "already"):
            self.decide(self.raw, "released")

    def test_a_day_that_has_passed_is_no_end(self):
        with self.refused(UserError, "has passed"):
            self.decide(self.raw, until_date="2020-01-01")

    # -- what it keeps and does

    def test_reason_and_evidence_stay_with_the_decision(self):
        photos = self.env["ir.attachment"].with_user(self.clerk)
        photo = photos.create({"name": "lid.jpg", "raw": b"x"})
        reason = self.env.ref("batch_tracking.stock_lot_hold_reason_damage")
        decision = self.decide(
            self.raw, attachment_ids=photo.ids, reason_id=reason.id, user=self.clerk
        )
        self.assertEqual(self.raw.decision_id, decision)
        self.assertEqual(decision.attachment_ids, photo)
        self.assertEqual(photo.res_id, decision.id)
        event = self.raw.event_ids[:1]
        self.assertIn("Damaged: Smells odd", event.reason)
        self.assertEqual(event.user_id, self.clerk)

    def test_a_chosen_reason_is_enough(self):
        reason = self.env.ref("batch_tracking.stock_lot_hold_reason_label")
        decision = self.decide(self.raw, reason="", reason_id=reason.id)
        self.assertEqual(decision.state, "done")

    def test_the_result_names_the_transfers_that_were_hit(self):
        picking = self.order(self.mash, 5, self.market, lot=self.mash_lot)
        decision = self.decide(self.mash_lot)
        self.assertEqual(decision.picking_ids, picking)
        self.assertEqual(decision.line_count, 1)
        self.assertEqual(picking.move_line_ids.lot_id, self.good)

    def test_what_somebody_has_in_hand_may_be_left_to_them(self):
        picking = self.order(self.mash, 5, self.market, lot=self.mash_lot)
        picking.user_id = self.clerk
        picking.move_ids.picked = True
        decision = self.decide(self.mash_lot, touched="leave")
        self.assertEqual(decision.left_picking_ids, picking)
        self.assertEqual(picking.move_line_ids.lot_id, self.mash_lot)
        self.assertIn("cannot be validated", picking.message_ids[:1].body)
        self.assertEqual(picking.activity_ids.user_id, self.clerk)
        with self.refused(UserError, "M-1"):
            self.validate(picking)

    def test_what_somebody_has_in_hand_is_taken_out_unless_left(self):
        for touch in ("picked", "packed", "printed"):
            lot = self.put_on_hand(self.make_lot(self.hummus, f"T-{touch}"), 3)
            picking = self.order(self.hummus, 3, self.market, lot=lot)
            if touch == "packed":
                picking.move_line_ids.result_package_id = self.env[
                    "stock.package"
                ].create({"name": "BOX"})
            picking.printed = touch == "printed"
            picking.move_ids.picked = touch == "picked"
            wizard = self.wizard(lot)
            self.assertTrue(wizard.has_touched, touch)
            wizard.apply()
            self.assertFalse(picking.move_line_ids.lot_id, touch)

    def test_the_result_is_what_was_done_and_not_what_was_forecast(self):
        """Two transfers come in between: one of them is in somebody's hands."""
        other = self.put_on_hand(self.make_lot(self.mash, "M-3"), 5)
        lots = self.mash_lot | other
        coming = self.env["stock.picking"]
        lock = self.env.registry["stock.lot"]._lock_stock

        def lock_after_others(held):
            nonlocal coming
            for lot in lots:
                coming |= self.order(self.mash, 2, self.market, lot=lot)
            coming[1].move_ids.picked = True
            lock(held)

        forecast = lots._hold_effect(self.disposition("hold"))
        self.assertFalse(forecast.lines)
        with patch.object(
            self.env.registry["stock.lot"], "_lock_stock", lock_after_others
        ):
            decision = self.decide(lots, touched="leave")
        self.assertEqual(decision.line_count, 1)
        self.assertEqual(decision.picking_ids, coming[0])
        self.assertEqual(decision.left_picking_ids, coming[1])

    def test_people_are_told_once_for_each_transfer(self):
        lots = self.mash_lot | self.good
        picking = self.order(self.mash, 10, self.market)
        picking.user_id = self.clerk
        self.decide(lots)
        self.assertEqual(len(picking.activity_ids), 1)
        body = picking.message_ids[:1].body
        self.assertTrue("M-1" in body and "M-2" in body)

    def test_held_batches_are_moved_to_the_quarantine(self):
        place = self.env["stock.location"].create(
            {
                "name": "Quarantine",
                "location_id": self.stock.id,
                "disposition_id": self.disposition("quarantine").id,
            }
        )
        decision = self.decide(self.raw | self.good, location_id=place.id)
        picking = decision.move_picking_ids
        self.assertEqual(picking.move_line_ids.lot_id, self.raw | self.good)
        self.assertEqual(sum(self.raw.quant_ids.mapped("reserved_quantity")), 6)
        self.validate(picking)
        here = self.raw.quant_ids.filtered(lambda quant: quant.location_id == place)
        self.assertEqual(here.quantity, 6)

    def test_releasing_serves_the_transfers_that_wait(self):
        self.decide(self.good | self.mash_lot)
        picking = self.order(self.mash, 5, self.market)
        self.assertFalse(picking.move_line_ids)
        self.decide(self.good, "released")
        self.assertEqual(picking.move_line_ids.lot_id, self.good)

    def test_many_moves_are_served_in_the_background(self):
        self.patch_at_once(1)
        self.decide(self.good | self.mash_lot)
        pickings = [self.order(self.mash, 2, self.market) for _n in range(3)]
        self.decide(self.good, "released")
        moves = self.env["stock.move"].union(*(p.move_ids for p in pickings))
        self.assertTrue(all(moves.mapped("seeks_lots")))
        self.env.ref("batch_tracking.ir_cron_reserve_again").method_direct_trigger()
        self.assertFalse(any(moves.mapped("seeks_lots")))
        self.assertEqual(sum(moves.mapped("quantity")), 5)

    def poison(self, model, method, poisoned):
        """Let a method fail when it comes to one record, as broken data would."""
        cls = type(self.env[model])
        original = getattr(cls, method)

        def refuse(records, *args, **kwargs):
            if poisoned in records:
                raise ValueError("poison")
            return original(records, *args, **kwargs)

        self.startPatcher(patch.object(cls, method, refuse))

    def test_a_move_that_cannot_be_served_keeps_no_other_from_it(self):
        self.patch_at_once(1)
        self.decide(self.good | self.mash_lot)
        pickings = [self.order(self.mash, 2, self.market) for _n in range(3)]
        self.decide(self.good, "released")
        moves = self.env["stock.move"].union(*(p.move_ids for p in pickings))
        self.poison("stock.move", "_action_assign", moves[0])
        with self.assertLogs(JOB, "WARNING"):
            self.env.ref("batch_tracking.ir_cron_reserve_again").method_direct_trigger()
        self.assertEqual(moves.filtered("seeks_lots"), moves[0])
        self.assertEqual(moves.mapped("quantity"), [0, 2, 2])
        failure = self.env["batch.job.failure"].search([])
        self.assertEqual(
            (failure.res_model, failure.res_id), ("stock.move", moves[0].id)
        )

    def test_an_end_that_fails_keeps_no_other_from_ending(self):
        release = {"until_date": "2099-01-01", "ends_by": "release"}
        first = self.decide(self.raw, **release)
        second = self.decide(self.good, **release)
        (first | second).sudo().until_date = fields.Date.today() - timedelta(days=1)
        self.poison("stock.lot", "_change_disposition", self.raw)
        with self.assertLogs(JOB, "WARNING"):
            self.env.ref("batch_tracking.ir_cron_hold_until").method_direct_trigger()
        self.assertEqual(self.raw.disposition_id, self.disposition("hold"))
        self.assertEqual(self.good.disposition_id, self.disposition("released"))
        self.assertEqual((first.has_ended, second.has_ended), (False, True))
        failure = self.env["batch.job.failure"].search([])
        self.assertEqual(failure.res_id, first.id)

    def patch_at_once(self, count):
        path = (
            "odoo.addons.batch_tracking.models.disposition.stock_move_reassign.AT_ONCE"
        )
        self.startPatcher(patch(path, count))

    # -- its end

    def end(self, decision):
        decision.sudo().until_date = fields.Date.today() - timedelta(days=1)
        self.env.ref("batch_tracking.ir_cron_hold_until").method_direct_trigger()

    def test_an_end_reminds_and_releases_nothing(self):
        decision = self.decide(self.raw, until_date="2099-01-01")
        self.assertEqual(
            self.raw.decision_id.until_date, fields.Date.to_date("2099-01-01")
        )
        self.end(decision)
        self.assertEqual(self.raw.disposition_id, self.disposition("hold"))
        self.assertEqual(decision.activity_ids.user_id, self.quality)
        self.end(decision)
        self.assertEqual(len(decision.activity_ids), 1)

    def test_an_end_releases_where_quality_said_so(self):
        decision = self.decide(self.raw, until_date="2099-01-01", ends_by="release")
        self.end(decision)
        self.assertEqual(self.raw.disposition_id, self.disposition("released"))

    def test_an_end_does_not_release_what_was_held_anew(self):
        decision = self.decide(self.raw, until_date="2099-01-01", ends_by="release")
        self.raw._set_disposition(self.disposition("released"), "Fine")
        self.raw._set_disposition(self.disposition("hold"), "Odd again")
        self.end(decision)
        self.assertEqual(self.raw.disposition_id, self.disposition("hold"))

    def test_a_clerk_decides_no_release_by_date(self):
        values = {"until_date": "2099-01-01", "ends_by": "release"}
        with self.refused(AccessError, "Only a quality manager"):
            self.decide(self.raw, user=self.clerk, **values)
        self.two_people()
        with self.refused(UserError, "no date"):
            self.decide(self.raw, **values)

    # -- rights

    def test_a_clerk_releases_nothing(self):
        self.decide(self.raw)
        with self.refused(AccessError, "quality manager"):
            self.decide(self.raw, "released", user=self.clerk)

    def test_nobody_writes_decisions(self):
        decision = self.decide(self.raw)
        for act in (
            lambda record: record.write({"ends_by": "release"}),
            lambda record: record.unlink(),
            lambda record: record.copy(),
        ):
            with self.refused(AccessError):
                act(decision.with_user(self.boss))
        with self.refused(DecidedByDecisionError) as refusal:
            self.good.with_user(self.boss).decision_id = decision
        self.assertEqual(refusal.exception.lots, self.good)

    def test_another_companys_decisions_are_not_seen(self):
        decision = self.decide(self.raw)
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        stranger = self.user("stranger", QUALITY)
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        with self.refused(AccessError):
            decision.with_user(stranger).read(["reason"])
