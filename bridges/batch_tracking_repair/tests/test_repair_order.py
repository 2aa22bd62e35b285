from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.batch_tracking.tests.common import KitchenCase


@tagged("post_install", "-at_install")
class TestRepairOrder(KitchenCase):
    """A mixer that comes in without a number gets one of its pattern."""

    @freeze_time("2021-10-20 15:00:00")
    def test_a_repaired_unit_is_numbered_by_pattern(self):
        pattern = {"name": "Mixers", "batch_pattern": "{product}-{yy}{doy}{seq:2}"}
        sequence = self.env["ir.sequence"].create(pattern)
        mixers = [
            self.make_product(
                f"Mixer {code}",
                tracking="serial",
                batch_code=code,
                lot_sequence_id=sequence.id,
            )
            for code in ("M1", "M2")
        ]
        for mixer in mixers:
            repair = self.env["repair.order"].create({"product_id": mixer.id})
            repair.action_generate_serial()
            self.assertEqual(repair.lot_id.name, f"{mixer.batch_code}-2129301")
