from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...models.disposition.exceptions import (
    DispositionMissingError,
    ReleaseNotAllowedError,
    SecondPersonNeededError,
)
from ...models.history.exceptions import SignatureNeededError
from ...models.ledger.exceptions import (
    HeldGoodsStayError,
)
from .release_case import ReleaseCase


@tagged("post_install", "-at_install")
class TestReleaseByOtherWays(ReleaseCase):
    """Whatever lets a batch do more than before is a release."""

    # -- a lot without a disposition

    def test_no_disposition_permits_nothing(self):
        for user in (self.clerk, self.quality, self.env.user):
            with self.assertRaises(DispositionMissingError):
                self.lot.with_user(user).write({"disposition_id": False})
        made = self.make_lot(self.chickpeas, "CP-2", disposition_id=False)
        self.assertEqual(made.disposition_id, self.released)
        lots = self.env["stock.lot"].with_context(default_disposition_id=False)
        made = lots.create({"product_id": self.chickpeas.id, "name": "CP-3"})
        self.assertEqual(made.disposition_id, self.released)

    def test_the_database_takes_no_lot_without_a_disposition(self):
        self.env.flush_all()
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                SQL(
                    "UPDATE stock_lot SET disposition_id = NULL WHERE id = %s",
                    self.lot.id,
                )
            )
        self.env.cr.execute(
            SQL(
                "INSERT INTO stock_lot (name, product_id) VALUES ('CP-9', %s)"
                " RETURNING disposition_id",
                self.chickpeas.id,
            )
        )
        self.assertEqual(self.env.cr.fetchone(), (self.released.id,))

    # -- what a disposition permits

    def test_where_two_release_nobody_widens_what_batches_are_under(self):
        self.two_people()
        held = self.held.with_user(self.quality)
        for values in ({"allow_deliver": True}, {"needs_quality_right": False}):
            with self.assertRaises(SecondPersonNeededError) as refusal:
                held.write(values)
            self.assertEqual(refusal.exception.subject, held)
        held.write({"allow_count": False, "note": "Somebody looks into it"})

    def test_where_two_release_nobody_widens_what_a_place_imposes(self):
        rejected = self.disposition("rejected")
        place = self.make_place("Cage", disposition_id=rejected.id)
        good = self.put_on_hand(self.make_lot(self.chickpeas, "CP-2"), 5, place)
        self.two_people()
        with self.assertRaisesRegex(SecondPersonNeededError, "Cage"):
            rejected.with_user(self.quality).allow_deliver = True
        self.assertFalse(good.disposition_id._forbidden())

    def test_where_one_releases_a_quality_manager_may_and_lots_keep_it(self):
        self.held.with_user(self.quality).allow_deliver = True
        self.assertTrue(self.lot.disposition_id._allows("deliver"))
        event = self.last_event()
        self.assertEqual(event.user_id, self.quality)
        self.assertNotIn("Deliver", event.old_value)
        self.assertIn("Deliver", event.new_value)

    def test_where_releases_are_signed_nothing_is_widened_unsigned(self):
        self.company.batch_sign = True
        with self.assertRaises(SignatureNeededError):
            self.held.with_user(self.quality).allow_deliver = True

    def test_two_steps_by_a_disposition_of_ones_own_are_a_release(self):
        """As strict as the hold, but nobody is needed to end it."""
        alike = self.held.with_user(self.quality).copy(
            {"name": "Alike", "code": "ALIKE", "needs_quality_right": False}
        )
        self.two_people()
        with self.assertRaises(SecondPersonNeededError):
            self.lot.with_user(self.quality).disposition_id = alike

    # -- places

    def test_a_place_notes_itself_what_is_imposed(self):
        place = self.make_place("Cage", disposition_id=self.held.id)
        for values in (
            {"imposed_disposition_ids": [Command.clear()]},
            {"imposed_by_id": self.chief.id},
            {"imposed_date": "2020-01-01"},
        ):
            with self.assertRaises(AccessError):
                place.with_user(self.chief).write(values)
            with self.assertRaises(AccessError):
                place.with_user(self.chief).create({"name": "New", **values})
        self.assertEqual(place.imposed_disposition_ids, self.held)

    def test_a_place_that_is_moved_out_of_a_quarantine_is_released(self):
        cage = self.make_place("Cage", disposition_id=self.held.id)
        shelf = self.make_place("Shelf in it", location_id=cage.id)
        good = self.put_on_hand(self.make_lot(self.chickpeas, "CP-2"), 5, shelf)
        with self.assertRaises(ReleaseNotAllowedError):
            shelf.with_user(self.chief).location_id = self.stock
        # The same by the place above.
        with self.assertRaises(ReleaseNotAllowedError):
            self.stock.with_user(self.chief).child_ids = [Command.link(shelf.id)]
        self.two_people()
        with self.assertRaises(SecondPersonNeededError):
            shelf.with_user(self.quality).sudo().location_id = self.stock
        self.company.batch_release_four_eyes = False
        self.company.batch_sign = True
        with self.assertRaises(SignatureNeededError):
            shelf.with_user(self.quality).sudo().location_id = self.stock
        self.company.batch_sign = False
        shelf.with_user(self.quality).sudo().location_id = self.stock
        self.assertEqual(self.last_event(good).old_value, self.held.name)

    def test_a_place_with_held_goods_goes_to_no_other_company(self):
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        shelf = self.make_place("Shelf")
        lot = self.put_on_hand(self.make_lot(self.chickpeas, "CP-2"), 5, shelf)
        lot._set_disposition(self.held, "Stones")
        with self.assertRaises(HeldGoodsStayError):
            shelf.company_id = other

    # -- transfers out of a quarantine

    def quarantined(self):
        """Return a place that imposes a quarantine, and a good lot in it."""
        quarantine = self.disposition("quarantine")
        place = self.make_place("Corner", disposition_id=quarantine.id)
        return place, self.put_on_hand(self.make_lot(self.chickpeas, "CP-2"), 5, place)

    def test_adding_lines_to_anothers_transfer_is_planning(self):
        self.two_people()
        place, lot = self.quarantined()
        move = self.bare_move(lot, 2, place, self.stock)
        line = move.move_line_ids.with_user(self.quality)
        line.write({"quantity": 1})
        line.write({"quantity": 2})
        self.assertEqual(line.planned_by_id, self.quality)
        # Another person adds to it, and cannot validate that alone.
        added = (
            self.env["stock.move.line"]
            .with_user(self.boss)
            .create(
                {
                    "move_id": move.id,
                    "product_id": lot.product_id.id,
                    "lot_id": lot.id,
                    "quantity": 1,
                    "location_id": place.id,
                    "location_dest_id": self.stock.id,
                    "planned_by_id": self.quality.id,
                }
            )
        )
        self.assertEqual(added.planned_by_id, self.boss)
        with self.assertRaises(SecondPersonNeededError), self.env.cr.savepoint():
            move.with_user(self.boss)._action_done()
        self.env.invalidate_all()
        with self.assertRaises(SecondPersonNeededError), self.env.cr.savepoint():
            move.with_user(self.quality)._action_done()
        self.env.invalidate_all()
        added.unlink()
        move.with_user(self.boss)._action_done()
        event = self.last_event(lot)
        self.assertEqual((event.kind, event.user_id), ("disposition", self.boss))
        self.assertIn("Corner", event.what)

    def test_whoever_changes_a_line_has_planned_it(self):
        self.two_people()
        place, lot = self.quarantined()
        other = self.put_on_hand(self.make_lot(self.chickpeas, "CP-3"), 5, place)
        move = self.bare_move(lot, 2, place, self.stock)
        line = move.move_line_ids
        for values in ({"lot_id": other.id}, {"quantity": 3}):
            line.with_user(self.boss).write(values)
            self.assertEqual(line.planned_by_id, self.boss, values)
            line.with_user(self.quality).write({"planned_by_id": self.quality.id})
            self.assertEqual(line.planned_by_id, self.boss, values)
            line.with_user(self.quality).write({"quantity": 4})
            self.assertEqual(line.planned_by_id, self.quality, values)
            line.with_user(self.quality).write({"quantity": 2})
        line.with_user(self.boss).write({"quantity": 1, "picked": True})
        self.assertEqual(line.planned_by_id, self.quality)

    def test_whoever_types_another_number_has_planned_it(self):
        self.two_people()
        place, lot = self.quarantined()
        move = self.bare_move(lot, 2, place, self.stock)
        line = move.move_line_ids
        line.with_user(self.boss).write({"lot_id": False, "lot_name": lot.name})
        line.with_user(self.quality).write({"lot_name": "CP-3"})
        self.assertEqual(line.planned_by_id, self.quality)

    def test_what_odoo_has_planned_nobody_takes_out_alone(self):
        self.two_people()
        place, lot = self.quarantined()
        move = self.bare_move(lot, 2, place, self.stock)
        with self.assertRaises(SecondPersonNeededError):
            move.with_user(self.quality)._action_done()

    def test_where_releases_are_signed_so_is_a_transfer_out(self):
        self.company.batch_sign = True
        place, lot = self.quarantined()
        picking = self.transfer(
            self.warehouse.int_type_id, place, self.stock, self.supplier
        )
        move = self.add_move(picking, self.chickpeas, 2)
        picking.action_confirm()
        move.move_line_ids.unlink()
        self.add_line(move, lot, 2)
        move.picked = True
        for validate in (picking.button_validate, picking.action_validate_signed):
            with self.assertRaises(SignatureNeededError), self.env.cr.savepoint():
                validate.__func__(picking.with_user(self.quality))
            self.env.invalidate_all()
        with self.assertRaises(SignatureNeededError):
            move.with_user(self.quality)._action_done()
