from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...models.operation.step import Step, Taken
from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestDoneLines(LedgerCase):
    """A done line is evidence of what was moved."""

    def refuse_write(self, values, **context):
        line = self.as_clerk(self.receipt_line, **context)
        self.assert_refused(lambda: line.write(values))

    def test_is_not_given_another_batch(self):
        self.refuse_write({"lot_id": self.fresh.id})

    def test_is_not_shrunk(self):
        self.refuse_write({"quantity": 0})

    def test_is_not_made_something_that_is_no_number(self):
        lines = self.as_clerk(self.env["stock.move.line"])
        for endless in (float("nan"), float("inf"), float("-inf")):
            self.refuse_write({"quantity": endless})
            line = {"product_id": self.mash.id, "quantity": endless}
            self.assert_refused(lambda line=line: lines.create(line))

    def test_is_not_redirected(self):
        self.refuse_write({"location_dest_id": self.customers.id})

    def test_is_not_relabelled_without_the_stock(self):
        self.refuse_write({"lot_id": self.fresh.id}, skip_uom_conversion=True)

    def test_is_not_dated_anew(self):
        self.refuse_write({"date": "2020-01-01"})

    def test_is_not_given_another_consignee(self):
        self.refuse_write({"consignee_id": self.bistro.id, "consignment": "delivered"})

    def test_gets_no_forged_parents(self):
        other = self.receive(self.mash, "M-1", 5)
        line = self.env["stock.move.line"].search([("lot_id", "=", other.id)])
        self.refuse_write({"consume_line_ids": [Command.link(line.id)]})

    def test_is_not_changed_through_its_transfer(self):
        picking = self.as_clerk(self.receipt_line.picking_id)
        change = Command.update(self.receipt_line.id, {"lot_id": self.fresh.id})
        self.assert_refused(lambda: picking.write({"move_line_ids": [change]}))

    def test_is_changed_by_a_quality_manager_with_a_reason(self):
        manager = self.user("quality", "batch_tracking.group_quality_manager")
        line = self.receipt_line.with_user(manager)
        self.assert_refused(lambda: line.write({"quantity": 9}))
        line.write({"quantity": 9, "correction_reason": "One sack was never here"})
        self.assertEqual(self.bad.product_qty, 9)
        event = self.bad.event_ids.filtered(lambda event: event.kind == "correction")
        self.assertEqual(event.reason, "One sack was never here")
        self.assertIn("10", event.old_value)
        self.assertIn("9", event.new_value)

    def test_of_a_released_batch_is_changed_as_ever_and_leaves_an_event(self):
        good = self.receive(self.chickpeas, "GOOD", 10)
        line = self.env["stock.move.line"].search([("lot_id", "=", good.id)])
        self.as_clerk(line).write({"quantity": 8})
        self.assertEqual(good.product_qty, 8)
        event = good.event_ids.filtered(lambda event: event.kind == "correction")
        self.assertEqual(event.user_name, self.clerk.name)

    def test_is_not_turned_to_a_held_batch(self):
        good = self.receive(self.chickpeas, "GOOD", 10)
        line = self.env["stock.move.line"].search([("lot_id", "=", good.id)])
        line = self.as_clerk(line)
        self.assert_refused(lambda: line.write({"lot_id": self.bad.id}))


@tagged("post_install", "-at_install")
class TestOpenLines(LedgerCase):
    """A line is judged by what it moves, and not by what it says."""

    def move_line(self, **values):
        return self.as_clerk(self.env["stock.move.line"]).create(
            {
                "product_id": self.chickpeas.id,
                "lot_id": self.bad.id,
                "company_id": self.company.id,
                "location_id": self.stock.id,
                "location_dest_id": self.customers.id,
                **values,
            }
        )

    def test_a_line_of_nothing_that_moves_something(self):
        for is_inventory in (False, True):

            def attempt(is_inventory=is_inventory):
                picking = self.order(self.chickpeas, 5, self.bistro)
                move = self.as_clerk(picking.move_ids)
                line = self.move_line(move_id=move.id, quantity=0)
                line.write({"quantity_product_uom": 5, "picked": True})
                move.is_inventory = is_inventory
                move._action_done()

            self.assert_refused(attempt)

    def test_a_line_without_a_move_reserves_nothing(self):
        self.assert_refused(lambda: self.move_line(quantity=5))

    def test_a_line_of_a_cancelled_move_reserves_nothing(self):
        picking = self.order(self.chickpeas, 5, self.bistro)
        picking.action_cancel()
        move = picking.move_ids
        self.assert_refused(lambda: self.move_line(move_id=move.id, quantity=5))

    def test_from_production_or_loss_to_a_customer_is_a_delivery(self):
        loss = self.env["stock.location"].search([("usage", "=", "inventory")], limit=1)
        for source in (self.production, loss):

            def attempt(source=source):
                move = self.bare_move(self.bad, 5, source, self.customers)
                self.as_clerk(move)._action_done()

            self.assert_refused(attempt)

    def test_on_the_way_to_a_quarantine_is_not_in_it(self):
        """A place to go in the end, or a move to follow, makes no difference."""
        cage = self.make_cage()
        shelf = self.env["stock.location"].create(
            {"name": "Shelf", "location_id": self.stock.id}
        )
        no_move = self.env["stock.lot.disposition"].create(
            {"name": "Stays", "code": "STAYS"}
        )
        self.bad._set_disposition(no_move, "Stays")

        def attempt():
            move = self.bare_move(self.bad, 5, self.stock, shelf)
            move.location_final_id = cage
            self.as_clerk(move)._action_done()

        self.assert_refused(attempt)

    def make_cage(self):
        return self.env["stock.location"].create(
            {
                "name": "Cage",
                "location_id": self.stock.id,
                "disposition_id": self.disposition("quarantine").id,
            }
        )


@tagged("post_install", "-at_install")
class TestQuants(LedgerCase):
    """Nothing changes what lies where but movements and counting."""

    def setUp(self):
        super().setUp()
        self.quant = self.bad.quant_ids.filtered(
            lambda quant: quant.location_id == self.stock
        )

    def test_nobody_writes_a_quantity(self):
        shelf = self.stock.copy({"name": "Shelf", "location_id": self.stock.id})
        for values in (
            {"quantity": 0},
            {"lot_id": self.fresh.id},
            {"lot_id": False},
            {"location_id": shelf.id},
            {"location_id": self.customers.id},
            {"owner_id": self.bistro.id},
        ):
            for context in ({}, {"inventory_mode": True}):
                quant = self.as_clerk(self.quant, **context)
                self.assert_refused(lambda q=quant, v=values: q.write(v))
            system = self.quant.sudo()
            self.assert_refused(lambda q=system, v=values: q.write(v))

    def test_not_even_of_a_released_batch(self):
        good = self.receive(self.chickpeas, "GOOD", 10)
        quant = good.quant_ids.filtered(lambda quant: quant.location_id == self.stock)
        quant = self.as_clerk(quant)
        self.assert_refused(lambda: quant.write({"quantity": 3}))
        self.assert_refused(lambda: quant.write({"lot_id": self.bad.id}))

    def test_nobody_makes_one(self):
        quants = self.as_clerk(self.env["stock.quant"])
        values = {
            "product_id": self.chickpeas.id,
            "lot_id": self.bad.id,
            "location_id": self.customers.id,
            "quantity": 3,
        }
        self.assert_refused(lambda: quants.create(values))

    def test_the_stock_is_not_updated_without_a_movement(self):
        quants = self.env["stock.quant"]
        self.assert_refused(
            lambda: quants._update_available_quantity(
                self.chickpeas, self.stock, -5, lot_id=self.bad
            )
        )

    def test_counting_is_asked_and_answered(self):
        no_count = self.env["stock.lot.disposition"].create(
            {"name": "No count", "code": "NC", "allow_move": True}
        )
        counts = self.env["stock.lot.disposition"].create(
            {"name": "Counts", "code": "C", "allow_count": True}
        )
        for disposition, expected in ((no_count, 10), (counts, 7)):
            self.bad._set_disposition(disposition, "For the test")
            quant = self.as_clerk(self.quant, inventory_mode=True)
            try:
                with self.env.cr.savepoint():
                    quant.inventory_quantity = 7
                    quant.action_apply_inventory()
            except UserError:
                self.env.invalidate_all()
            self.assertEqual(self.bad.product_qty, expected, disposition.name)


@tagged("post_install", "-at_install")
class TestWithoutNumbers(LedgerCase):
    """Held goods do not leave without saying which they are."""

    def test_nor_by_an_operation_type_without_batches(self):
        kind = self.warehouse.out_type_id
        kind.write({"use_create_lots": False, "use_existing_lots": False})

        def attempt():
            picking = self.order(self.chickpeas, 5, self.bistro)
            move = picking.move_ids
            move.move_line_ids.unlink()
            self.env["stock.move.line"].create(
                {
                    "move_id": move.id,
                    "picking_id": picking.id,
                    "product_id": self.chickpeas.id,
                    "quantity": 5,
                    "location_id": self.stock.id,
                    "location_dest_id": self.customers.id,
                }
            )
            self.validate(self.as_clerk(picking))

        self.assert_refused(attempt)

    def test_nor_by_switching_tracking_off(self):
        manager = self.user("boss", "stock.group_stock_manager")
        product = self.chickpeas.with_user(manager)
        self.assert_refused(lambda: product.write({"tracking": "none"}))


@tagged("post_install", "-at_install")
class TestPlaces(LedgerCase):
    """A place does not carry held goods away."""

    def test_a_place_with_held_goods_stays_where_it_is(self):
        boss = self.user("boss", "stock.group_stock_manager")
        place = self.stock.with_user(boss)
        for values in (
            {"location_id": self.customers.id},
            {"usage": "customer"},
            {"warehouse_id": False},
        ):
            with self.subTest(**values):
                self.assert_refused(lambda v=values: place.write(v))
                self.assertEqual(self.stock.usage, "internal")

    def test_a_merge_does_not_carry_goods_out_of_a_quarantine(self):
        cage = self.env["stock.location"].create(
            {
                "name": "Cage",
                "location_id": self.stock.id,
                "disposition_id": self.disposition("quarantine").id,
            }
        )
        good = self.receive(self.chickpeas, "GOOD", 10)
        inside = self.make_lot(self.chickpeas, "INSIDE")
        self.put_on_hand(inside, 5)
        self.bare_move(inside, 5, self.stock, cage)._action_done()
        operations = self.env["stock.lot.operation"].with_user(self.clerk)
        step = self.merge_step(inside, cage, good, 5)
        self.assert_refused(lambda: operations._perform("merge", [step]))

    def merge_step(self, lot, place, into, quantity):
        return Step([Taken(lot, place, quantity)], into, self.stock, quantity)
