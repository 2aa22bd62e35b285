from odoo.tests import HttpCase, tagged

from ..base.roles import worker
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestOverviewTours(KitchenCase, HttpCase):
    """A quality manager who has no right on Inventory opens the app."""

    def test_open_the_app_and_what_is_held(self):
        lot = self.put_on_hand(self.make_lot(self.hummus, "TOUR-HELD", 40), 10)
        lot._set_disposition(self.disposition("hold"), "Odd")
        self.env["stock.lot.inspection.plan"].search([]).active = False
        worker(self.env, "quality")
        self.env.flush_all()
        self.start_tour("/odoo", "batch_tracking_overview", login="only-quality")
