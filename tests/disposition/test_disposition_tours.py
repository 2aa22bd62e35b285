from odoo.tests import HttpCase, tagged

from ..common import KitchenCase

LOTS = "stock.group_production_lot"


@tagged("post_install", "-at_install")
class TestDispositionTours(KitchenCase, HttpCase):
    """People read on the screen how a lot stands, and do not choose what may not go."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = cls.put_on_hand(cls.make_lot(cls.hummus, "GOOD", expires_in=40), 10)
        cls.held = cls.put_on_hand(cls.make_lot(cls.hummus, "HELD", expires_in=50), 10)
        cls.held._set_disposition(cls.disposition("hold"), "The lid is open")
        cls.quality = cls.user("quality", "batch_tracking.group_quality_manager", LOTS)
        cls.clerk = cls.user("clerk", LOTS)

    def test_released_by_the_banner(self):
        url = f"/odoo/batches/{self.held.id}"
        self.start_tour(url, "batch_tracking_banner", login="quality")
        self.assertEqual(self.held.disposition_id, self.disposition("released"))

    def test_a_number_finds_what_is_no_longer_on_hand(self):
        self.make_lot(self.hummus, "GONE")
        self.start_tour("/odoo/batches", "batch_tracking_search", login="clerk")

    def test_a_clerk_reads_whom_to_ask(self):
        url = f"/odoo/batches/{self.held.id}"
        self.start_tour(url, "batch_tracking_banner_clerk", login="clerk")

    def test_the_picker_greys_what_may_not_go(self):
        delivery = self.order(self.hummus, 5, self.market)
        url = f"/odoo/action-stock.action_picking_tree_outgoing/{delivery.id}"
        self.start_tour(url, "batch_tracking_picker", login="clerk")
