from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.recall.exceptions import RecallIsKeptError
from ...models.retention.exceptions import LotIsKeptError
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestKept(KitchenCase):
    """Batches that have a history are not deleted before their time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.term = cls.env["stock.lot.retention"].create({"name": "Year", "months": 12})
        cls.raw = cls.receive(cls.chickpeas, "CP-1", 20)
        cls.clerk = cls.user("clerk")

    def moved(self, lot, years):
        """Let the lot have moved for the last time some years ago, all of it."""
        self.env["stock.quant"].sudo().search([("lot_id", "=", lot.id)]).unlink()
        then = fields.Datetime.now() - relativedelta(years=years)
        lines = self.env["stock.move.line"].search([("lot_id", "=", lot.id)])
        self.env.flush_all()
        for query, ids in (
            ("UPDATE stock_move_line SET date = %s WHERE id = ANY(%s)", lines.ids),
            ("UPDATE stock_lot SET create_date = %s WHERE id = ANY(%s)", lot.ids),
            (
                "UPDATE stock_lot_link SET date = %s WHERE parent_lot_id = ANY(%s)",
                lot.ids,
            ),
        ):
            self.env.cr.execute(query, [then, ids])
        self.env.invalidate_all()

    def test_a_batch_that_was_never_used_may_go(self):
        lot = self.make_lot(self.hummus, "TYPO")
        lot.with_user(self.clerk).unlink()
        self.assertFalse(lot.exists())

    def test_a_batch_that_moved_stays_for_ever_unless_a_term_is_chosen(self):
        self.moved(self.raw, years=30)
        message = "CP-1.*movements.*kept for ever"
        with self.assertRaisesRegex(LotIsKeptError, message) as refusal:
            self.raw.with_user(self.clerk).unlink()
        self.assertEqual(refusal.exception.lot, self.raw)
        self.assertIsNone(refusal.exception.until)
        self.assertEqual(
            (self.raw.keep_until, self.raw.is_past_retention), (False,) * 2
        )

    def test_it_stays_until_its_term_ends(self):
        self.company.batch_retention_id = self.term
        until = fields.Date.today() + relativedelta(months=12)
        with self.assertRaisesRegex(LotIsKeptError, f"kept until {until}") as refusal:
            self.raw.unlink()
        self.assertEqual(refusal.exception.until.date(), until)
        self.assertEqual(self.raw.keep_until.date(), until)

    def test_after_its_term_it_may_go(self):
        self.company.batch_retention_id = self.term
        self.moved(self.raw, years=2)
        self.assertTrue(self.raw.is_past_retention)
        self.raw.with_user(self.clerk).unlink()
        self.assertFalse(self.raw.exists())

    def test_the_later_term_counts(self):
        self.term.months_after_expiry = 6
        self.company.batch_retention_id = self.term
        self.moved(self.raw, years=2)
        self.raw.expiration_date = fields.Datetime.now() - timedelta(days=30)
        self.env["stock.lot.event"].invalidate_model()
        self.assertFalse(self.raw.is_past_retention)
        with self.assertRaises(LotIsKeptError):
            self.raw.unlink()

    def test_a_category_has_a_term_of_its_own_and_so_have_those_below(self):
        self.company.batch_retention_id = self.term
        pulses = self.env["product.category"].create(
            {
                "name": "Pulses",
                "batch_retention_id": self.term.copy({"months": 60}).id,
            }
        )
        below = pulses.create({"name": "Chickpeas", "parent_id": pulses.id})
        self.chickpeas.categ_id = below
        self.moved(self.raw, years=2)
        with self.assertRaises(LotIsKeptError):
            self.raw.unlink()
        pulses.batch_retention_id = False
        self.raw.unlink()

    def test_a_shared_batch_is_kept_as_long_as_any_company_says(self):
        self.company.batch_retention_id = self.term
        self.moved(self.raw, years=2)
        self.env["res.company"].create({"name": "Keeps for ever"})
        self.env.invalidate_all()
        with self.assertRaisesRegex(LotIsKeptError, "for ever"):
            self.raw.unlink()

    def test_other_things_than_movements_count(self):
        lot = self.make_lot(self.mash, "M-1")
        lot.name = "M-2"
        with self.assertRaises(LotIsKeptError) as refusal:
            lot.unlink()
        self.assertEqual(refusal.exception.history, "changes")

    def test_many_are_refused_at_once_and_none_is_gone(self):
        lots = self.raw | self.receive(self.chickpeas, "CP-2", 1)
        free = self.make_lot(self.chickpeas, "CP-3")
        with self.assertRaisesRegex(LotIsKeptError, "1 more of the") as refusal:
            (free | lots).unlink()
        self.assertEqual(refusal.exception.others, 1)
        self.assertTrue(free.exists())

    def test_thousands_take_no_query_each(self):
        lots = self.env["stock.lot"].create(
            [{"product_id": self.mash.id, "name": f"B-{n}"} for n in range(100)]
        )
        self.env.flush_all()
        lots[0]._kept_until()
        self.env.invalidate_all()
        with self.assertQueryCount(13):
            lots._kept_until()

    def test_batches_past_their_retention_are_listed(self):
        lots = self.env["stock.lot"]
        past = [("is_past_retention", "=", True)]
        self.moved(self.raw, years=2)
        self.assertNotIn(self.raw, lots.search(past))
        self.company.batch_retention_id = self.term
        later = self.receive(self.chickpeas, "CP-2", 1)
        self.assertEqual(lots.search(past) & (self.raw | later), self.raw)

    def test_done_moves_and_recalls_stay(self):
        recaller = self.user("recaller", "batch_tracking.group_recall_manager")
        recalls = self.env["stock.recall"].with_user(recaller)
        recall = recalls._launch(self.raw, "Metal")
        with self.assertRaises(RecallIsKeptError) as refusal:
            recall.sudo().unlink()
        self.assertEqual(refusal.exception.recall, recall)
        moves = self.env["stock.move"].search([("product_id", "=", self.chickpeas.id)])
        with self.assertRaises(UserError):
            moves.unlink()
        with self.assertRaises(UserError):
            moves.move_line_ids.unlink()

    def test_a_recall_past_its_term_may_go(self):
        self.company.batch_retention_id = self.term
        recall = self.env["stock.recall"].sudo()._launch(self.raw, "Metal")
        recall.date_start = fields.Datetime.now() - relativedelta(years=2)
        recall.unlink()
        self.assertFalse(recall.exists())

    def test_the_shipped_terms_are_whole(self):
        shipped = self.env["stock.lot.retention"].search([])
        self.assertGreaterEqual(len(shipped), 12)
        fsma = self.env.ref("batch_tracking.stock_lot_retention_fsma_204")
        gmp = self.env.ref("batch_tracking.stock_lot_retention_eu_gmp")
        day = fields.Datetime.to_datetime("2026-01-31")
        expiry = fields.Datetime.to_datetime("2031-06-30")
        self.assertEqual(str(fsma._until(day, expiry)), "2028-01-31 00:00:00")
        self.assertEqual(str(gmp._until(day)), "2031-01-31 00:00:00")
        self.assertEqual(str(gmp._until(day, expiry)), "2032-06-30 00:00:00")
