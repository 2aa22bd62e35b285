from odoo.tests import tagged

from ...models.disposition.exceptions import (
    ReleaseNotAllowedError,
    SecondPersonNeededError,
)
from .release_case import ReleaseCase


@tagged("post_install", "-at_install")
class TestBetweenGuardedPlaces(ReleaseCase):
    """Another place with a disposition is no better than what that permits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.strict = cls.make_place(
            "Strict", disposition_id=cls.disposition("quarantine").id
        )
        cls.mild = cls.disposition("quarantine").copy(
            {"name": "Mild", "code": "MILD", "allow_consume": True}
        )
        cls.loose = cls.make_place("Loose", disposition_id=cls.mild.id)
        cls.good = cls.put_on_hand(cls.make_lot(cls.chickpeas, "CP-9"), 5, cls.strict)

    def carry(self, user, source, target, lot=None):
        move = self.bare_move(lot or self.good, 2, source, target)
        move.with_user(user)._action_done()

    def test_what_may_be_used_there_is_taken_there_by_quality_alone(self):
        with self.assertRaises(ReleaseNotAllowedError), self.env.cr.savepoint():
            self.carry(self.clerk, self.strict, self.loose)
        self.env.invalidate_all()
        self.carry(self.quality, self.strict, self.loose)

    def test_what_is_as_strict_or_stricter_anybody_may_carry_there(self):
        lot = self.put_on_hand(self.make_lot(self.chickpeas, "CP-8"), 5, self.loose)
        self.carry(self.clerk, self.loose, self.strict, lot)

    def test_it_is_not_counted_there_either(self):
        quants = self.env["stock.quant"].with_user(self.clerk)
        quant = quants.with_context(inventory_mode=True).create(
            {
                "product_id": self.chickpeas.id,
                "lot_id": self.good.id,
                "location_id": self.loose.id,
                "inventory_quantity": 5,
            }
        )
        with self.assertRaises(ReleaseNotAllowedError):
            quant.action_apply_inventory()


@tagged("post_install", "-at_install")
class TestTwoPeopleSideways(ReleaseCase):
    """Where two people release, no detour makes one of them enough."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.batch_release_four_eyes = True
        cls.corner = cls.make_place(
            "Corner", disposition_id=cls.disposition("quarantine").id
        )
        cls.good = cls.put_on_hand(cls.make_lot(cls.chickpeas, "CP-9"), 9, cls.corner)

    def assert_needs_another(self, move, user):
        with self.assertRaises(SecondPersonNeededError), self.env.cr.savepoint():
            move.with_user(user)._action_done()
        self.env.invalidate_all()

    def planned_by(self, user, quantity=2, source=None, target=None):
        """Return a move that a person has planned, and Odoo has reserved."""
        move = self.env["stock.move"].with_user(user)
        move = move.create(
            {
                "product_id": self.chickpeas.id,
                "product_uom_qty": quantity,
                "location_id": (source or self.corner).id,
                "location_dest_id": (target or self.stock).id,
            }
        )
        move._action_confirm()
        move.move_line_ids.unlink()
        return move

    def reserved_by_odoo(self, move, quantity=2):
        line = self.add_line(
            move.with_user(self.env.ref("base.user_root")), self.good, 2
        )
        line.quantity = quantity
        move.picked = True
        return move

    def test_each_place_and_company_of_a_transfer_is_asked(self):
        """The first that leaves has been planned by another, the second has not."""
        other = self.make_place("Nook", disposition_id=self.held.id)
        lot = self.put_on_hand(self.make_lot(self.chickpeas, "CP-8"), 5, other)
        first = self.bare_move(self.good, 2, self.corner, self.stock)
        second = self.bare_move(lot, 2, other, self.stock)
        first.move_line_ids.with_user(self.boss).quantity = 3
        second.move_line_ids.with_user(self.quality).quantity = 3
        self.assert_needs_another(first | second, self.quality)

    def test_whoever_sends_a_planned_move_elsewhere_has_planned_it(self):
        move = self.planned_by(self.boss, source=self.stock, target=self.stock)
        move.with_user(self.quality).location_id = self.corner
        self.reserved_by_odoo(move)
        self.assertEqual(move.planned_by_id, self.quality)
        self.assert_needs_another(move, self.quality)

    def test_whoever_asks_for_more_has_planned_it(self):
        move = self.planned_by(self.boss, quantity=1)
        move.with_user(self.quality).product_uom_qty = 5
        self.reserved_by_odoo(move)
        self.assert_needs_another(move, self.quality)

    def test_whoever_asks_for_less_has_not(self):
        move = self.planned_by(self.boss, quantity=5)
        move.with_user(self.quality).product_uom_qty = 2
        self.reserved_by_odoo(move)
        move.with_user(self.quality)._action_done()
        self.assertEqual(move.state, "done")

    def test_whoever_lifts_what_a_place_imposes_has_planned_what_comes(self):
        hold = self.make_place("Hold", disposition_id=self.disposition("quarantine").id)
        move = self.planned_by(self.boss, target=hold)
        line = self.add_line(move.with_user(self.boss), self.good, 2)
        move.picked = True
        hold.with_user(self.quality).sudo().disposition_id = False
        self.assertEqual(line.planned_by_id, self.quality)
        self.assert_needs_another(move, self.quality)
