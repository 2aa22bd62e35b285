from odoo.tests import tagged

from ..common import KitchenCase

RECALLS = "batch_tracking.group_recall_manager"


@tagged("post_install", "-at_install")
class TestSteps(KitchenCase):
    """Recalls and overrides leave events like changes of a batch."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.recaller = cls.user("recaller", RECALLS)
        cls.closer = cls.user("closer", RECALLS)
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 20)

    def launch(self, drill=False):
        recalls = self.env["stock.recall"].with_user(self.recaller)
        return recalls._launch(
            self.lot, "Metal found", kind="drill" if drill else "recall"
        )

    def events(self, recall):
        action = recall.action_open_events()
        return self.env[action["res_model"]].search(action["domain"], order="id")

    def test_the_launch_of_a_recall_is_in_the_batch_s_history(self):
        recall = self.launch()
        event = self.events(recall)
        self.assertEqual((event.lot_id, event.what), (self.lot, "Launched"))
        self.assertEqual((event.document, event.reason), (recall.name, "Metal found"))
        self.assertEqual(event.new_value, "1 batches, 0 consignees")
        self.assertEqual(event.user_id, self.recaller)
        self.assertIn(event, self.lot.event_ids)
        self.assertEqual(event.action_open_document()["res_id"], recall.id)

    def test_a_drill_says_that_it_is_one(self):
        self.assertEqual(self.events(self.launch(drill=True)).what, "Drill launched")

    def test_steps_of_a_recall_leave_events(self):
        recall = self.launch()
        recall.reason = "Metal found in line 2"
        recall.with_user(self.closer).action_close()
        reason, state, closed = self.events(recall)[1:]
        self.assertEqual(
            (reason.old_value, reason.new_value),
            ("Metal found", "Metal found in line 2"),
        )
        self.assertEqual((state.old_value, state.new_value), ("In progress", "Closed"))
        self.assertTrue(closed.new_value)
        self.assertEqual(state.user_id, self.closer)

    def test_another_batch_than_recommended_leaves_an_event(self):
        self.warehouse.out_type_id.removal_override = "logged"
        newer = self.receive(self.chickpeas, "CP-2", 20)
        picking = self.order(self.chickpeas, 5, self.market, lot=newer)
        picking.move_ids.override_reason = "Nearer to the door"
        self.validate(picking)
        event = newer.event_ids
        self.assertEqual((event.kind, event.document), ("override", picking.name))
        self.assertEqual((event.old_value, event.new_value), ("CP-1", "CP-2"))
        self.assertEqual(event.reason, "Nearer to the door")
