from odoo.tests import tagged

from ...tools.removal.ordering import ORDERINGS, Ordering
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestExtension(KitchenCase):
    """Another addon brings a strategy of its own: dearest of the shortest-lived."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = Ordering("made", ("useful_until", "-unit_cost"))
        removal = cls.registry["stock.removal"]
        cls.classPatch(removal, "_orderings", lambda _self: {**ORDERINGS, "made": own})
        cls.env.registry.clear_cache()
        cls.hummus.removal_strategy_id = cls.env["product.removal"].create(
            {"name": "Shortest useful life, dearest first", "method": "made"}
        )

    def test_ten_lines_are_enough(self):
        for name, days, cost in (("A", 20, 1), ("B", 10, 2), ("C", 10, 3)):
            self.put_on_hand(self.make_lot(self.hummus, name, days, unit_cost=cost), 5)
        day = self.env["stock.lot"].search([("name", "=", "B")]).useful_until
        lots = self.env["stock.lot"].search([("name", "in", ("B", "C"))])
        dates = ("expiration_date", "use_date", "removal_date", "alert_date")
        lots.write(dict.fromkeys(dates, day))
        lines = self.order(self.hummus, 12, self.market).move_line_ids.sorted("id")
        self.assertEqual(lines.lot_id.mapped("name"), ["C", "B", "A"])

    def test_others_find_it_by_cores_hook(self):
        order = self.env["stock.quant"]._get_removal_strategy_order("made")
        self.assertEqual(order, "useful_until, unit_cost DESC, id DESC")
