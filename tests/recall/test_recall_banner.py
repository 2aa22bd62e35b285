from odoo.tests import tagged

from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestRecallBanner(KitchenCase):
    """A lot that an open recall reaches says so at the top of its form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.manager = cls.user("manager", "batch_tracking.group_recall_manager")

    def launch(self, **choices):
        recalls = self.env["stock.recall"].with_user(self.manager)
        return recalls._launch(self.lot.with_user(self.manager), "Metal", **choices)

    def notices(self):
        lot = self.lot.with_user(self.manager)
        lot.invalidate_recordset()
        return lot.banner["notices"]

    def test_recalled(self):
        recall = self.launch()
        [notice] = self.notices()
        self.assertEqual(notice["level"], "danger")
        self.assertIn(recall.name, notice["text"])
        self.assertIn("“Metal”", notice["text"])
        self.assertEqual(notice["actions"][0]["name"], "action_open_recalls")

    def test_a_drill_stops_nothing(self):
        self.launch(kind="drill")
        [notice] = self.notices()
        self.assertEqual(notice["level"], "info")
        self.assertEqual(self.lot.banner["name"], "Released")

    def test_a_closed_recall_is_past(self):
        recall = self.launch(kind="drill")
        recall.sudo().state = "closed"
        self.assertEqual(self.notices(), [])
