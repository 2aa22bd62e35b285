from odoo.tests import tagged

from .inspection_case import InspectionCase


@tagged("post_install", "-at_install")
class TestInspectionBanner(InspectionCase):
    """A lot that waits for an inspection, or failed one, says so at its top."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan(cls.moisture())
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.inspection = cls.lot.inspection_ids

    def notices(self):
        self.lot.invalidate_recordset()
        return [
            notice
            for notice in self.lot.banner["notices"]
            if self.inspection.name in notice["text"]
        ]

    def test_it_waits_for_results(self):
        [notice] = self.notices()
        self.assertEqual(notice["level"], "warning")
        self.assertEqual(notice["actions"][0]["label"], "Enter results")

    def test_it_failed(self):
        self.inspect(self.inspection, Moisture=19)
        [notice] = self.notices()
        self.assertEqual(notice["level"], "danger")
        self.assertIn("Moisture", notice["text"])

    def test_it_passed(self):
        self.inspect(self.inspection, Moisture=12)
        self.assertEqual(self.notices(), [])
