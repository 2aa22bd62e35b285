from contextlib import contextmanager

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...tools.movement import OWN_USAGES, purpose_of
from .left_case import LeftCase

#: How many movements, one after another.
HOPS = 3


@tagged("post_install", "-at_install")
class TestNoWayOut(LeftCase):
    """Out of a quarantine location, by whatever movements one after another.

    From each place that a clerk has reached, each other place is tried, in each way: by
    transfer, by the batch's number, as a count, as what calls itself one, and by an
    import of what says to be done. What the location does not permit at once is reached
    by no detour.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        transits = cls.env["stock.location"].search(
            [("usage", "=", "transit"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.places = cls.sides | cls.bin | cls.customers | cls.shelf | transits
        cls.ways = {
            "transfer": cls.by_transfer,
            "number": cls.by_name,
            "count": cls.by_count,
            "flag": cls.by_flag,
            "import": cls.by_import,
        }

    def by_transfer(self, source, target):
        self.move(source, target)

    def by_count(self, source, target):
        if target == self.loss:
            self.count(source, 0)
        elif source == self.loss:
            self.count(target, 5)

    def by_flag(self, source, target):
        """Transfer, and call it a count."""
        moves = self.env["stock.move"].with_context(default_is_inventory=True)
        route = {"location_id": source.id, "location_dest_id": target.id}
        line = {"product_id": self.chickpeas.id, "lot_id": self.lot.id, "quantity": 5}
        move = moves.with_user(self.clerk).create(
            {
                "product_id": self.chickpeas.id,
                "product_uom_qty": 5,
                "picked": True,
                "move_line_ids": [(0, 0, {**line, **route})],
                **route,
            }
        )
        move._action_done()

    def by_import(self, source, target):
        """Load a movement that says to be done, and to be a count."""
        ids = {
            "product_id": self.chickpeas,
            "company_id": self.company,
            "location_id": source,
            "location_dest_id": target,
        }
        row = {f"{name}/.id": record.id for name, record in ids.items()}
        row |= {f"move_line_ids/{name}/.id": record.id for name, record in ids.items()}
        row |= {"product_uom_qty": 5, "is_inventory": True, "state": "done"}
        row |= {"move_line_ids/lot_id/.id": self.lot.id, "move_line_ids/quantity": 5}
        moves = self.env["stock.move"].with_user(self.clerk)
        moves.load([*row], [[str(value) for value in row.values()]])

    @contextmanager
    def undone(self):
        self.env.flush_all()
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def reaches(self, source, target, way):
        """Tell whether the batch is there afterwards; to be asked within ``undone``."""
        before = self.amount(target)
        try:
            with self.env.cr.savepoint():
                self.ways[way](self, source, target)
                self.env.flush_all()
        except (UserError, AccessError):
            return False
        self.env.invalidate_all()
        return self.amount(target) > before

    def walks(self, place, hops=HOPS, walked=()):
        """Yield ``(walk, place)`` of each place that can be reached from one.

        On from there by the first way that leads there only.
        """
        for target in self.places - place:
            reached = False
            for way in self.ways:
                walk = [*walked, (target.name, way)]
                with self.undone():
                    if not self.reaches(place, target, way):
                        continue
                    yield walk, target
                    if not reached and len(walk) < hops and not self.is_out(target):
                        yield from self.walks(target, hops, walk)
                    reached = True

    def is_out(self, place):
        """Tell whether that is what the location does not permit."""
        if place.usage in OWN_USAGES:
            return True
        permitted = self.cage.disposition_id
        if place.usage == "inventory":
            return False  # whoever counts says that it is gone
        return not permitted._allows(purpose_of("internal", place.usage))

    def test_no_detour_leads_out(self):
        for code in ("quarantine", "hold", "restricted", "rejected", "recalled"):
            with self.subTest(code), self.undone():
                self.impose(code)
                found = list(self.walks(self.cage))
                out = [walk for walk, place in found if self.is_out(place)]
                self.assertFalse(out, out)
                self.assertTrue(found, "it can be counted missing")

    def test_each_way_leads_somewhere_where_nothing_is_held(self):
        found = list(self.walks(self.cage, hops=1))
        reached = self.places.browse({place.id for _walk, place in found})
        self.assertEqual(reached, self.places)
        used = {way for walk, _place in found for _name, way in walk}
        # An import that says to be done is nobody's, wherever it would lead.
        self.assertLessEqual({*self.ways} - {"import"}, used)
