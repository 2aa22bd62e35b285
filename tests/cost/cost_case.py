"""The scene of the tests of costs."""

from odoo.tools import SQL

from ..operation.operation_case import OperationCase


class CostCase(OperationCase):
    """Chickpeas whose price is on the move, as with Inventory alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        moves = cls.env.registry["stock.move"]
        # With accounting, the value of the move says so instead.
        cls.classPatch(moves, "_costs_come_later", lambda self: False)
        cls.classPatch(moves, "_has_unit_cost", lambda self: bool(self.price_unit))
        price = moves._fields["price_unit"]
        cost = SQL.identifier("stock_move", "price_unit", to_flush=price)
        cls.classPatch(moves, "_unit_cost_sql", lambda self: cost)

    def buy(self, lot, quantity, price, owner=None):
        move = self.bare_move(lot, quantity, self.suppliers, self.stock)
        move.move_line_ids.owner_id = owner
        move.price_unit = price
        move._action_done()
        return move

    def give_back(self, bought, quantity):
        lot = bought.lot_ids
        move = self.bare_move(lot, quantity, self.stock, self.suppliers)
        move.origin_returned_move_id = bought
        move._action_done()
        return move

    def bought(self, name, quantity, price):
        lot = self.make_lot(self.chickpeas, name)
        self.buy(lot, quantity, price)
        return lot
