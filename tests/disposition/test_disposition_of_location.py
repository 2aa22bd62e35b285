from contextlib import contextmanager

from odoo.tests import tagged

from ...models.disposition.exceptions import (
    BatchHeldError,
    ReleaseNotAllowedError,
    SecondPersonNeededError,
)
from ...models.ledger.exceptions import (
    DoneLineIsEvidenceError,
)
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestLocationDisposition(KitchenCase):
    """A corner of the warehouse is a quarantine: what lies there is held as by it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.corner = cls.make_place("Corner", cls.stock)
        cls.shelf = cls.make_place("Shelf", cls.stock)
        cls.cage = cls.make_place("Cage", cls.corner)
        cls.lot = cls.make_lot(cls.hummus, "A", expires_in=40)
        cls.clerk = cls.user("clerk", "stock.group_stock_manager")
        cls.quality = cls.user("quality", "batch_tracking.group_quality_manager")
        cls.boss = cls.user("boss", "batch_tracking.group_quality_manager")

    @classmethod
    def make_place(cls, name, within):
        return cls.env["stock.location"].create(
            {"name": name, "location_id": within.id, "company_id": cls.company.id}
        )

    def impose(self, place=None, code="quarantine"):
        (place or self.corner).disposition_id = self.disposition(code)

    def reserved(self, picking):
        lines = picking.move_line_ids
        return {line.lot_id.name: line.quantity for line in lines if line.quantity}

    def carry(self, source, target, quantity=2, user=None, planner=None):
        move = self.bare_move(self.lot, quantity, source, target)
        if planner:
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE stock_move SET planned_by_id = %s WHERE id = %s",
                [planner.id, move.id],
            )
            move.invalidate_recordset()
        move.with_user(user or self.env.user)._action_done()

    @contextmanager
    def refused(self, error, words):
        """Expect an error, and undo what led to it, as a request does."""
        with self.assertRaisesRegex(error, words), self.env.cr.savepoint():
            yield
        self.env.invalidate_all()

    def test_places_below_impose_it_too(self):
        self.impose()
        self.assertEqual(
            self.cage.imposed_disposition_ids, self.disposition("quarantine")
        )
        self.assertFalse(self.shelf.imposed_disposition_ids)

    def test_a_place_below_is_never_milder(self):
        self.impose()
        self.impose(self.cage, "released")
        self.put_on_hand(self.lot, 5, self.cage)
        self.assertFalse(self.order(self.hummus, 5, self.market).move_line_ids)

    def test_what_lies_there_is_not_reserved(self):
        self.impose()
        self.put_on_hand(self.lot, 5, self.cage)
        self.put_on_hand(self.lot, 3, self.shelf)
        picking = self.order(self.hummus, 8, self.market)
        self.assertEqual(self.reserved(picking), {"A": 3})
        self.assertEqual(picking.move_line_ids.location_id, self.shelf)

    def test_nobody_puts_it_on_a_transfer_by_hand(self):
        self.impose()
        self.put_on_hand(self.lot, 5, self.corner)
        picking = self.order(self.hummus, 5, self.market)
        with self.refused(BatchHeldError, "A of Hummus lies in .*Corner.*Deliver"):
            self.env["stock.move.line"].create(
                {
                    "move_id": picking.move_ids.id,
                    "picking_id": picking.id,
                    "product_id": self.hummus.id,
                    "lot_id": self.lot.id,
                    "quantity": 5,
                    "location_id": self.corner.id,
                    "location_dest_id": self.customers.id,
                }
            )

    def test_the_refusal_names_who_decided_and_why(self):
        self.corner.with_user(self.quality).sudo().write(
            {
                "disposition_id": self.disposition("quarantine").id,
                "disposition_note": "Waits for the laboratory",
            }
        )
        self.put_on_hand(self.lot, 5, self.cage)
        with self.refused(BatchHeldError, "quality.*decided.*laboratory.*boss"):
            self.bare_move(self.lot, 1, self.cage, self.customers)

    def test_goods_without_a_batch_number_are_held_there_as_well(self):
        salt = self.make_product("Salt", tracking="none")
        self.env["stock.quant"]._update_available_quantity(salt, self.corner, 5)
        self.impose()
        self.assertFalse(self.order(salt, 5, self.market).move_line_ids)
        self.assertEqual(salt.with_context(location=self.stock.id).qty_available, 5)

    def test_imposing_breaks_reservations_and_finds_others(self):
        self.put_on_hand(self.lot, 5, self.corner)
        picking = self.order(self.hummus, 5, self.market)
        self.assertEqual(picking.move_line_ids.location_id, self.corner)
        self.put_on_hand(self.lot, 5, self.shelf)
        self.impose()
        self.assertEqual(picking.move_line_ids.location_id, self.shelf)
        self.assertEqual(sum(self.lot.quant_ids.mapped("reserved_quantity")), 5)

    def test_the_history_of_what_lies_there_says_so(self):
        self.put_on_hand(self.lot, 5, self.cage)
        self.corner.write(
            {
                "disposition_id": self.disposition("quarantine").id,
                "disposition_note": "Mice",
            }
        )
        event = self.lot.event_ids.filtered(lambda event: event.new_value)[:1]
        self.assertEqual((event.kind, event.new_value), ("disposition", "Quarantine"))
        self.assertIn("Corner", event.what)
        self.assertEqual(event.reason, "Mice")
        self.corner.disposition_id = False
        lifted = self.lot.event_ids - event
        self.assertEqual((lifted.old_value, lifted.new_value), ("Quarantine", ""))

    def test_lifting_lets_waiting_transfers_have_it(self):
        self.impose()
        self.put_on_hand(self.lot, 5, self.corner)
        picking = self.order(self.hummus, 5, self.market)
        self.corner.disposition_id = False
        self.assertEqual(self.reserved(picking), {"A": 5})

    def test_a_place_moved_out_of_a_quarantine_is_free(self):
        self.impose()
        self.put_on_hand(self.lot, 5, self.cage)
        self.cage.location_id = self.shelf
        self.assertEqual(
            self.reserved(self.order(self.hummus, 5, self.market)), {"A": 5}
        )

    def test_what_must_not_be_planned_with_is_not_free(self):
        self.impose(code="rejected")
        self.put_on_hand(self.lot, 5, self.corner)
        self.put_on_hand(self.lot, 3, self.shelf)
        product = self.hummus.with_context(warehouse_id=self.warehouse.id)
        self.assertEqual((product.qty_available, product.free_qty), (8, 3))
        report = self.env["stock.forecasted_product_product"]
        domain = report._get_quant_domain([self.shelf.id, self.corner.id], product)
        domain += [("product_id", "=", product.id)]
        self.assertEqual(
            sum(self.env["stock.quant"].search(domain).mapped("quantity")), 3
        )

    def test_anything_may_be_brought_there(self):
        self.impose()
        self.lot._set_disposition(self.disposition("hold"), "Odd")
        self.disposition("hold").allow_move = False
        self.put_on_hand(self.lot, 5)
        with self.refused(BatchHeldError, "Move inside"):
            self.carry(self.stock, self.shelf, user=self.clerk)
        self.carry(self.stock, self.cage, user=self.clerk)
        here = self.lot.quant_ids.filtered(lambda q: q.location_id == self.cage)
        self.assertEqual(here.quantity, 2)

    def test_only_quality_takes_it_out(self):
        self.impose()
        self.put_on_hand(self.lot, 5, self.corner)
        with self.refused(ReleaseNotAllowedError, "Corner.*only a quality manager"):
            self.carry(self.corner, self.shelf, user=self.clerk)
        self.carry(self.corner, self.cage, user=self.clerk)
        self.carry(self.corner, self.shelf, user=self.quality)
        self.assertEqual(
            self.reserved(self.order(self.hummus, 2, self.market)), {"A": 2}
        )

    def test_moving_things_about_takes_nothing_out_by_itself(self):
        self.impose()
        self.put_on_hand(self.lot, 5, self.corner)
        tidy = self.transfer(
            self.warehouse.int_type_id, self.stock, self.shelf, self.supplier
        )
        self.add_move(tidy, self.hummus, 5)
        tidy.action_confirm()
        tidy.action_assign()
        self.assertFalse(tidy.move_line_ids)
        out = self.transfer(
            self.warehouse.int_type_id, self.corner, self.shelf, self.supplier
        )
        self.add_move(out, self.hummus, 5)
        out.action_confirm()
        out.action_assign()
        self.assertEqual(self.reserved(out), {"A": 5})

    def test_two_people_take_it_out_where_two_release(self):
        self.company.batch_release_four_eyes = True
        self.impose()
        self.put_on_hand(self.lot, 5, self.corner)
        with self.refused(SecondPersonNeededError, "two people"):
            self.carry(self.corner, self.shelf, user=self.boss, planner=self.boss)
        with self.refused(SecondPersonNeededError, "two people"):
            self.carry(self.corner, self.shelf, user=self.boss, planner=self.clerk)
        self.carry(self.corner, self.shelf, user=self.boss, planner=self.quality)

    def test_only_quality_lifts_it(self):
        self.impose()
        words = "only a quality manager lifts"
        with self.refused(ReleaseNotAllowedError, words):
            self.corner.with_user(self.clerk).disposition_id = False
        with self.refused(ReleaseNotAllowedError, words):
            self.cage.with_user(self.clerk).location_id = self.shelf
        self.assertTrue(self.cage.imposed_disposition_ids)

    def test_where_two_release_nobody_lifts_it_from_goods(self):
        self.company.batch_release_four_eyes = True
        self.impose()
        self.put_on_hand(self.lot, 5, self.cage)
        with self.refused(SecondPersonNeededError, "Take them out"):
            self.corner.with_user(self.boss).sudo().disposition_id = False

    def test_a_move_for_a_delivery_is_not_fooled_by_its_line(self):
        """The line of an internal transfer sends a held lot to a customer."""
        self.put_on_hand(self.lot, 5)
        self.lot._set_disposition(self.disposition("hold"), "Odd")
        move = self.bare_move(self.lot, 2, self.stock, self.shelf)
        with self.refused(BatchHeldError, "Deliver"):
            move.move_line_ids.location_dest_id = self.customers
        move._action_done()
        with self.refused(DoneLineIsEvidenceError, "stays as it is"):
            move.move_line_ids.location_dest_id = self.customers

    def test_relocating_is_moving_and_not_counting(self):
        self.put_on_hand(self.lot, 5)
        self.lot._set_disposition(self.disposition("hold"), "Odd")
        self.disposition("hold").allow_move = False
        with self.refused(BatchHeldError, "Move inside"):
            self.lot.quant_ids.move_quants(location_dest_id=self.shelf)
