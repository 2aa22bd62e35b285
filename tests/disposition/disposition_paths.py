"""Every path by which goods move or are reserved, tried against every permission.

A path is a generator: what it does before ``yield`` prepares, then the goods are held,
then it acts. It yields the place in which they lie by then, or None for the row.
``holds`` adds a test for each path and permission to a class, see ``test_hold_paths``.
"""

from typing import Any, NamedTuple

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw

from ...tools.movement import USES
from ..common import KitchenCase

BY_LOT, BY_PLACE = "lot", "place"


class Path(NamedTuple):
    """One way in which goods move or are reserved.

    :param purpose: the permission that it needs, or several; None if none
    :param tuple held_by: what may hold the goods on it
    :param bool silent: held by somebody whom nobody noticed: reservations stay
    """

    walk: Any
    purpose: Any
    held_by: tuple = (BY_LOT, BY_PLACE)
    silent: bool = False


def path(paths, purpose, **details):
    """Add the decorated generator to ``paths``."""

    def register(walk):
        paths[walk.__name__] = Path(walk, purpose, **details)
        return walk

    return register


def holds(paths):
    """Class decorator: a test for every path, every permission, and both holders."""

    def add_tests(cls):
        for name, found in paths.items():
            for use in USES:
                for holder in found.held_by:
                    test = _test_of(found, use, holder)
                    test.__name__ = f"test_{name}_without_{use}_of_the_{holder}"
                    setattr(cls, test.__name__, test)
        return cls

    return add_tests


def _test_of(found, use, holder):
    def test(self):
        moved = self.walk(found, use, holder)
        needed = found.purpose
        needed = needed if isinstance(needed, tuple) else (needed,)
        self.assertEqual(moved, use not in needed)

    return test


class HoldCase(KitchenCase):
    """Ten pots of the batch BAD stand in a row; one thing is forbidden to them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        places = cls.env["stock.location"]
        cls.row, cls.shelf = places.create(
            [{"name": name, "location_id": cls.stock.id} for name in ("Row", "Shelf")]
        )
        cls.bad = cls.make_lot(cls.hummus, "BAD", expires_in=40)
        cls.put_on_hand(cls.bad, 10, cls.row)
        cls.clerk = cls.user("clerk", "stock.group_stock_manager")
        cls.forbidding = {use: cls.forbid(use) for use in USES}

    @classmethod
    def forbid(cls, use):
        permitted = {f"allow_{other}": other != use for other in USES}
        return cls.env["stock.lot.disposition"].create(
            {"name": f"No {use}", "code": f"NO_{use}", **permitted}
        )

    def walk(self, found, use, holder):
        """Walk a path while one use is forbidden; tell whether anything moved."""
        steps = found.walk(self)
        place = next(steps) or self.row
        self.hold(use, holder, place, found.silent)
        before = self.whereabouts()
        try:
            with self.env.cr.savepoint():
                next(steps, None)
                self.env.flush_all()
        except (UserError, AccessError) as error:
            if getattr(error, "is_held", True):
                self.assertIn(self.forbidding[use].name, str(error))
        self.env.invalidate_all()
        self.assert_sound()
        return self.whereabouts() != before

    def hold(self, use, holder, place, silent):
        disposition = self.forbidding[use]
        if holder == BY_PLACE:
            if silent:
                self.impose_unnoticed(place, disposition)
            place.disposition_id = disposition
        elif silent:
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE stock_lot SET disposition_id = %s WHERE id = %s",
                [disposition.id, self.bad.id],
            )
            self.env.invalidate_all()
        else:
            self.bad._set_disposition(disposition, "Smells odd")

    def impose_unnoticed(self, place, disposition):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stock_location SET disposition_id = %s WHERE id = %s",
            [disposition.id, place.id],
        )
        self.env.cr.execute(
            "INSERT INTO stock_location_imposed_rel (location_id, disposition_id)"
            " VALUES (%s, %s)",
            [place.id, disposition.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def whereabouts(self):
        """Return where how much of the lot lies, and how much of it is reserved."""
        self.env.flush_all()
        quants = self.env["stock.quant"].search([("lot_id", "=", self.bad.id)])
        return sorted(
            (q.location_id.id, q.package_id.id, q.quantity, q.reserved_quantity)
            for q in quants
            if q.quantity or q.reserved_quantity
        )

    def assert_sound(self):
        """Each quantity is there once, none is negative, none is lent twice."""
        seen = set()
        inside = [
            ("lot_id", "=", self.bad.id),
            ("location_id.usage", "in", ("internal", "transit")),
        ]
        for quant in self.env["stock.quant"].search(inside):
            key = (quant.location_id, quant.package_id, quant.owner_id)
            self.assertNotIn(key, seen)
            seen.add(key)
            self.assertGreaterEqual(quant.quantity, quant.reserved_quantity)
            self.assertGreaterEqual(quant.reserved_quantity, 0)

    # -- what paths begin with

    def waiting_order(self):
        """Return a delivery that waits and has reserved nothing."""
        self.warehouse.out_type_id.reservation_method = "manual"
        picking = self.transfer(
            self.warehouse.out_type_id, self.stock, self.customers, self.market
        )
        self.add_move(picking, self.hummus, 3)
        picking.action_confirm()
        self.assertFalse(picking.move_line_ids)
        return picking

    def waiting_move(self, source, target):
        move = self.env["stock.move"].create(
            {
                "product_id": self.hummus.id,
                "product_uom_qty": 3,
                "location_id": source.id,
                "location_dest_id": target.id,
            }
        )
        move._action_confirm()
        move._do_unreserve()
        return move

    def procure(self):
        """Return the first move of a delivery in steps."""
        rules = self.env["stock.rule"]
        values = {"warehouse_id": self.warehouse, "partner_id": self.market.id}
        self.warehouse.pick_type_id.reservation_method = "manual"
        rules.run(
            [
                rules.Procurement(
                    self.hummus,
                    3,
                    self.hummus.uom_id,
                    self.customers,
                    "SO1",
                    "SO1",
                    self.company,
                    values,
                )
            ]
        )
        return self.env["stock.move"].search(
            [("origin", "=", "SO1"), ("location_id", "=", self.stock.id)]
        )

    def delivered(self, quantity=2, lot=None):
        """Return a done delivery of two pots from the row."""
        picking = self.waiting_order()
        line = self.add_line_of(picking.move_ids, lot=lot)
        line.quantity = quantity
        self.validate(picking)
        return picking

    def line_values(self, move, lot=None, place=None):
        return {
            "move_id": move.id,
            "picking_id": move.picking_id.id,
            "product_id": self.hummus.id,
            "lot_id": (lot or self.bad).id,
            "quantity": 2,
            "location_id": (place or self.row).id,
            "location_dest_id": move.location_dest_id.id,
        }

    def add_line_of(self, move, lot=None, place=None):
        values = self.line_values(move, lot, place)
        return self.env["stock.move.line"].create(values)

    def bad_quant(self):
        return self.bad.quant_ids.filtered(lambda q: q.location_id == self.row)

    def call(self, model, method, arguments):
        """Call a method as a stock manager's program does from outside."""
        records = self.env[model].with_user(self.clerk)
        return call_kw(records, method, arguments, {})
