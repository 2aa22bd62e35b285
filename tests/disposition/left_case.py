"""The scene of the tests of what left a location that holds it, in the books."""

from ...models.disposition.exceptions import ReleaseNotAllowedError
from .release_case import ReleaseCase


class LeftCase(ReleaseCase):
    """A batch lies in a location that holds it; the books take it elsewhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.receive(cls.chickpeas, "CP-2", 5)
        cls.cage, cls.shelf = cls.make_place("Cage"), cls.make_place("Shelf")
        cls.bare_move(cls.lot, 5, cls.stock, cls.cage)._action_done()
        cls.production = cls.chickpeas.property_stock_production
        cls.loss = cls.chickpeas.property_stock_inventory
        cls.bin = cls.env["stock.location"].create(
            {"name": "Bin", "usage": "inventory", "company_id": cls.company.id}
        )
        cls.sides = cls.production | cls.loss | cls.suppliers

    def impose(self, code):
        self.cage.disposition_id = self.disposition(code)

    def move(self, source, target, quantity=5, user=None, lot=None):
        move = self.bare_move(lot or self.lot, quantity, source, target)
        move.with_user(user or self.clerk)._action_done()

    def count(self, place, quantity, user=None, **context):
        quants = self.env["stock.quant"].with_user(user or self.clerk)
        quants.with_context(inventory_mode=True, **context).create(
            {
                "product_id": self.chickpeas.id,
                "lot_id": self.lot.id,
                "location_id": place.id,
                "inventory_quantity": quantity,
            }
        ).action_apply_inventory()

    def by_name(self, source, target, user=None):
        """Receive a batch by its number, as a receipt's screen does."""
        picking = self.transfer(
            self.warehouse.in_type_id, source, target, self.supplier
        )
        move = self.add_move(picking, self.chickpeas, 5)
        picking.action_confirm()
        move.move_line_ids.unlink()
        self.add_line(move, self.lot, 5)
        move.move_line_ids.write({"lot_id": False, "lot_name": self.lot.name})
        self.validate(picking.with_user(user or self.clerk))

    def amount(self, place):
        quants = self.lot.quant_ids.filtered(lambda quant: quant.location_id == place)
        return sum(quants.mapped("quantity"))

    def assert_refused(self, act, *arguments, error=ReleaseNotAllowedError, **choices):
        self.env.flush_all()
        with self.assertRaises(error), self.env.cr.savepoint():
            act(*arguments, **choices)
        self.env.invalidate_all()
