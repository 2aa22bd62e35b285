from odoo.tests import HttpCase, tagged

from ..common import KitchenCase

QUALITY = "batch_tracking.group_quality_manager"


@tagged("post_install", "-at_install")
class TestHoldTours(KitchenCase, HttpCase):
    """Somebody holds a batch on the screen; two people release it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.put_on_hand(cls.make_lot(cls.hummus, "BAD", expires_in=40), 10)
        cls.quality = cls.user("quality", QUALITY)
        cls.boss = cls.user("boss", QUALITY)

    def test_hold_on_the_screen(self):
        picking = self.order(self.hummus, 5, self.market)
        self.env.flush_all()
        url = f"/odoo/batches/{self.lot.id}"
        self.start_tour(url, "batch_tracking_hold", login="quality")
        self.assertEqual(self.lot.disposition_id, self.disposition("hold"))
        self.assertFalse(picking.move_line_ids)

    def test_approve_on_the_screen(self):
        self.company.batch_release_four_eyes = True
        self.lot._set_disposition(self.disposition("hold"), "Odd")
        decision = (
            self.env["stock.lot.decision"]
            .with_user(self.quality)
            ._decide(
                self.lot.with_user(self.quality),
                self.disposition("released"),
                "Fine after all",
            )
        )
        self.env.flush_all()
        url = f"/odoo/holds/{decision.id}"
        self.start_tour(url, "batch_tracking_approve", login="boss")
        self.assertEqual(self.lot.disposition_id, self.disposition("released"))
