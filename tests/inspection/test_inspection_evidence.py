from odoo.tests import tagged

from ...models.ledger.exceptions import DoneLineIsEvidenceError
from .inspection_case import InspectionCase


@tagged("post_install", "-at_install")
class TestWhatWasInspected(InspectionCase):
    """An inspection that is closed speaks of goods that nobody exchanges any more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan(cls.moisture())
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.made = cls.env["stock.lot.inspection"].search([("lot_id", "=", cls.lot.id)])
        cls.line = cls.env["stock.move.line"].search([("lot_id", "=", cls.lot.id)])
        cls.clerk = cls.user("clerk")
        cls.quality = cls.user("quality", "batch_tracking.group_quality_manager")

    def test_is_still_corrected_while_the_inspection_is_open(self):
        self.line.with_user(self.clerk).quantity = 9
        self.assertEqual(self.lot.product_qty, 9)

    def test_is_evidence_when_it_is_closed(self):
        self.inspect(self.made, Moisture=12)
        self.assertEqual(self.made.state, "passed")
        other = self.make_lot(self.chickpeas, "CP-2")
        line = self.line.with_user(self.clerk)
        for values in (
            {"lot_id": other.id},
            {"quantity": 3},
            {"date": "2020-01-01"},
            {"location_dest_id": self.customers.id},
        ):
            with (
                self.subTest(**values),
                self.assertRaises(DoneLineIsEvidenceError) as refusal,
                self.env.cr.savepoint(),
            ):
                line.write(values)
            self.assertEqual(refusal.exception.line, self.line)
            self.assertIn("inspected", str(refusal.exception))
        self.assertEqual(self.lot.product_qty, 10)

    def test_is_corrected_by_quality_with_a_reason(self):
        self.inspect(self.made, Moisture=12)
        reason = {"correction_reason": "One sack was counted twice"}
        self.line.with_user(self.quality).write({"quantity": 9, **reason})
        self.assertEqual(self.lot.product_qty, 9)

    def test_later_movements_of_the_batch_are_corrected_as_ever(self):
        self.inspect(self.made, Moisture=12)
        picking = self.deliver(self.chickpeas, 4, self.market, lot=self.lot)
        picking.move_line_ids.with_user(self.clerk).quantity = 3
        self.assertEqual(self.lot.product_qty, 7)

    def test_on_demand_keeps_what_had_come_until_then(self):
        plan = self.plan(self.moisture(), name="On demand", moment="demand")
        lot = self.receive(self.mash, "M-1", 5)
        self.inspect(self.inspection(lot, plan), Moisture=12)
        line = self.env["stock.move.line"].search([("lot_id", "=", lot.id)])
        with self.assertRaises(DoneLineIsEvidenceError):
            line.with_user(self.clerk).quantity = 1
