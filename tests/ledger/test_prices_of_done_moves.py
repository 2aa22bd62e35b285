from odoo.tests import tagged

from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestPricesOfDoneMoves(LedgerCase):
    """What a done move cost may be corrected, as bills do; its batches tell of it."""

    def test_an_event_tells_it(self):
        move = self.as_clerk(self.receipt_line.move_id)
        for name in ("price_unit", "value"):
            if name not in move._fields:
                continue
            with self.subTest(name):
                known = self.bad.event_ids
                move.write({name: 7.5})
                self.env.flush_all()
                event = (self.bad.event_ids - known).filtered(
                    lambda event: event.kind == "correction"
                )
                self.assertEqual(event.new_value, "7.5")
                self.assertEqual(event.user_id, self.clerk)

    def test_no_receipt_corrects_itself(self):
        fresh = self.receive(self.hummus, "H-9", 5)
        kinds = fresh.event_ids.mapped("kind")
        self.assertNotIn("correction", kinds)
