from unittest.mock import patch

from odoo.tests import tagged

from ...models.disposition.exceptions import BatchHeldError
from ..common import KitchenCase


class HoldsAnything(dict):
    """A cache of the cursor that has something under every name."""

    def __init__(self, value):
        super().__init__()
        self.value = value

    def get(self, _key, _default=None):
        return self.value

    __getitem__ = get


@tagged("post_install", "-at_install")
class TestGateIsAlwaysThere(KitchenCase):
    """A line is turned to a held lot while its transfer is open, or when it is done."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = cls.put_on_hand(cls.make_lot(cls.hummus, "GOOD", expires_in=50), 10)
        cls.bad = cls.put_on_hand(cls.make_lot(cls.hummus, "BAD", expires_in=40), 10)
        cls.bad._set_disposition(cls.disposition("hold"), "Smells odd")

    def assert_refused(self, line):
        with self.assertRaises(BatchHeldError):
            line.write({"lot_id": self.bad.id})

    def test_it_checks_whatever_the_cursor_keeps(self):
        line = self.order(self.hummus, 5, self.market, lot=self.good).move_line_ids
        with patch.object(self.env.cr, "cache", HoldsAnything({line.id: {}})):
            self.assert_refused(line)

    def test_it_checks_whatever_the_context_says(self):
        line = self.order(self.hummus, 5, self.market, lot=self.good).move_line_ids
        keys = (
            "batch_any_order",
            "batch_eligible",
            "batch_leave_touched",
            "batch_need",
            "batch_reading",
            "batch_reservation",
        )
        for value in (True, "x", {str(line.id): {}}):
            self.assert_refused(line.with_context(**dict.fromkeys(keys, value)))

    def test_a_done_line_is_checked_as_well(self):
        line = self.deliver(self.hummus, 5, self.market, lot=self.good).move_line_ids
        with patch.object(self.env.cr, "cache", HoldsAnything({line.id: {}})):
            self.assert_refused(line)
