from odoo.tests import tagged

from .common import ProductionCase


@tagged("post_install", "-at_install")
class TestProductionsHit(ProductionCase):
    """A recall of mash hits the orders that would make hummus of it."""

    def launch(self):
        manager = self.user("recaller", "batch_tracking.group_recall_manager")
        recalls = self.env["stock.recall"].with_user(manager)
        return recalls._launch(self.batch.with_user(manager), "Metal found")

    def test_an_order_that_lost_its_components(self):
        clerk = self.user("clerk")
        order = self.plan(user_id=clerk.id)
        hit = self.launch().hit_ids
        self.assertEqual(
            (hit.kind, hit.res_model, hit.res_id, hit.name, hit.user_id),
            ("production", "mrp.production", order.id, order.name, clerk),
        )
        self.assertEqual(hit.product_ids, self.mash)
        mine = order.activity_ids.filtered(lambda activity: activity.user_id == clerk)
        self.assertEqual(len(mine), 1)

    def test_an_order_that_would_make_more_of_a_recalled_batch(self):
        made = self.make_lot(self.hummus, "H-1")
        self.put_on_hand(made, 3)
        order = self.plan()
        order.do_unreserve()
        order.lot_producing_ids = made
        manager = self.user("recaller", "batch_tracking.group_recall_manager")
        recalls = self.env["stock.recall"].with_user(manager)
        hits = recalls._launch(made.with_user(manager), "Metal found").hit_ids
        self.assertEqual((hits.res_model, hits.res_id), (order._name, order.id))

    def test_an_order_of_other_batches_is_not_hit(self):
        self.put_on_hand(self.make_lot(self.mash, "M-0"), 5)
        other = self.plan()
        other.do_unreserve()
        other.move_raw_ids.move_line_ids.unlink()
        self.assertFalse(self.launch().hit_ids)
