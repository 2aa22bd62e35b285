from odoo.tests import HttpCase, new_test_user, tagged

from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestGenealogyTour(KitchenCase, HttpCase):
    """A person looks a lot up, follows it, and takes the graph away."""

    def test_expand_focus_export(self):
        raw = self.receive(self.chickpeas, "TOUR-CP", 1000)
        place = self.mash.property_stock_production
        used = self.bare_move(raw, 700, self.stock, place)
        made = self.env["stock.move"]
        for number in range(70):
            lot = self.make_lot(self.mash, f"TOUR-M{number:02}")
            made |= self.bare_move(lot, 10, place, self.stock)
        (used | made)._action_done()
        made.move_line_ids.consume_line_ids = used.move_line_ids
        lot = made.move_line_ids.lot_id.filtered(lambda lot: lot.name == "TOUR-M05")
        self.deliver(self.mash, 4, self.market, lot=lot)
        groups = ("stock.group_stock_user", "stock.group_production_lot")
        new_test_user(self.env, login="clerk", groups=",".join(groups))
        self.start_tour("/odoo/genealogy", "batch_tracking_genealogy", login="clerk")

    def test_an_address_says_which_batch_is_shown(self):
        raw = self.receive(self.chickpeas, "TOUR-CP", 10)
        new_test_user(self.env, login="clerk", groups="stock.group_stock_user")
        for path in ("genealogy", "action-batch_tracking.genealogy"):
            self.start_tour(
                f"/odoo/{path}?lots={raw.id}&shows=who",
                "batch_tracking_genealogy_address",
                login="clerk",
            )

    def test_odoos_own_report_leads_to_the_genealogy(self):
        raw = self.receive(self.chickpeas, "TOUR-CP", 10)
        groups = ("stock.group_stock_user", "stock.group_production_lot")
        new_test_user(self.env, login="clerk", groups=",".join(groups))
        self.start_tour(
            f"/odoo/action-stock.action_production_lot_form/{raw.id}",
            "batch_tracking_core_traceability",
            login="clerk",
        )
