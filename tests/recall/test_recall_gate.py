from unittest.mock import patch

from odoo import sql_db
from odoo.tests import tagged

from ..common import KitchenCase

LOCK = "pg_advisory_xact_lock_shared"


@tagged("post_install", "-at_install")
class TestGateOfMovements(KitchenCase):
    """Whoever moves goods keeps their batches from being recalled, all at once."""

    def locks_of(self, act):
        """Return how often ``act`` has asked for the lock that movers share."""
        found, execute = [], sql_db.Cursor.execute

        def counting(cursor, query, *args, **kwargs):
            found.append(LOCK in str(getattr(query, "code", query)))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(sql_db.Cursor, "execute", counting):
            act()
        return sum(found)

    def receipt_of(self, *names):
        picking = self.transfer(
            self.warehouse.in_type_id, self.suppliers, self.stock, self.supplier
        )
        move = self.add_move(picking, self.chickpeas, len(names))
        picking.action_confirm()
        move.move_line_ids.unlink()
        self.env["stock.move.line"].create(
            [
                {
                    "move_id": move.id,
                    "picking_id": picking.id,
                    "product_id": self.chickpeas.id,
                    "lot_name": name,
                    "quantity": 1,
                    "location_id": self.suppliers.id,
                    "location_dest_id": self.stock.id,
                }
                for name in names
            ]
        )
        return picking

    def receive_and_count(self, *names):
        picking = self.receipt_of(*names)
        self.env.cr.precommit.data.clear()  # as in a transaction of its own
        return self.locks_of(lambda: self.validate(picking))

    def test_a_receipt_asks_once_however_many_batches_it_makes(self):
        self.assertEqual(self.receive_and_count("N-1", "N-2", "N-3", "N-4"), 1)

    def test_also_for_batches_that_are_there_and_found_by_their_numbers(self):
        names = ["CP-1", "CP-2", "CP-3"]
        for name in names:
            self.make_lot(self.chickpeas, name)
        self.assertEqual(self.receive_and_count(*names), 1)

    def test_a_delivery_asks_once(self):
        lots = [self.receive(self.chickpeas, name, 1) for name in ("A-1", "A-2")]
        moves = self.env["stock.move"]
        for lot in lots:
            moves |= self.bare_move(lot, 1, self.stock, self.customers)
        self.env.cr.precommit.data.clear()
        self.assertEqual(self.locks_of(moves._action_done), 1)
