from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.disposition.exceptions import QuantitiesDisagreeError
from ...models.ledger.exceptions import (
    DoneLineIsEvidenceError,
    DoneStaysError,
    StockChangeRefusedError,
)
from .ledger_case import LedgerCase


class CorrectionCase(LedgerCase):
    def corrections(self, lot):
        return lot.event_ids.filtered(lambda event: event.kind == "correction")

    def line_of(self, lot):
        return self.env["stock.move.line"].search(
            [("lot_id", "=", lot.id), ("state", "=", "done")], order="id desc", limit=1
        )


@tagged("post_install", "-at_install")
class TestDoneMoves(CorrectionCase):
    """What is done stays done, also when somebody asks the move or the transfer."""

    def test_a_done_line_of_a_held_batch_stays_in_its_transfer(self):
        other = self.receive(self.mash, "M-1", 5)
        picking = self.line_of(other).picking_id
        line = self.as_clerk(self.receipt_line)
        with self.assertRaises(DoneStaysError):
            line.write({"picking_id": picking.id})

    def test_what_was_moved_is_not_rewritten_in_the_unit_of_the_product(self):
        line = self.as_clerk(self.receipt_line)
        with self.assertRaises(DoneLineIsEvidenceError):
            line.write({"quantity_product_uom": 1})
        good = self.receive(self.chickpeas, "GOOD", 10)
        with self.assertRaises(QuantitiesDisagreeError):
            self.as_clerk(self.line_of(good)).write({"quantity_product_uom": 1})

    def test_a_transfer_of_a_held_batch_is_not_dated_anew(self):
        picking = self.as_clerk(self.receipt_line.picking_id)
        with self.assertRaises(DoneLineIsEvidenceError):
            picking.write({"date_done": "2020-01-01 12:00:00"})

    def test_a_transfer_of_a_free_batch_is_dated_anew_with_an_event(self):
        good = self.receive(self.chickpeas, "GOOD", 10)
        line = self.line_of(good)
        self.assertFalse(self.corrections(good), "validating is no correction")
        self.as_clerk(line.picking_id).write({"date_done": "2020-01-01 12:00:00"})
        self.assertEqual(str(line.date), "2020-01-01 12:00:00")
        event = self.corrections(good)
        self.assertEqual(event.new_value, "2020-01-01 12:00:00")
        self.assertEqual(event.user_name, self.clerk.name)

    def test_validating_a_transfer_into_quarantine_writes_its_date(self):
        """What core writes on the lines that it finishes is no correction of theirs."""
        cage = self.stock.copy({"name": "Cage", "location_id": self.stock.id})
        cage.disposition_id = self.disposition("quarantine")
        picking = self.transfer(
            self.warehouse.in_type_id, self.suppliers, cage, self.supplier
        )
        move = self.add_move(picking, self.chickpeas, 4)
        picking.action_confirm()
        move.move_line_ids.write({"lot_name": "NEW", "quantity": 4})
        self.validate(self.as_clerk(picking))
        self.assertEqual(picking.state, "done")
        self.assertFalse(self.corrections(move.lot_ids))


@tagged("post_install", "-at_install")
class TestDeletedStock(LedgerCase):
    """Held stock does not vanish by being deleted."""

    def test_not_even_by_the_system(self):
        quant = self.bad.quant_ids.filtered(lambda q: q.location_id == self.stock)
        with self.assertRaises(StockChangeRefusedError):
            quant.sudo().unlink()

    def test_what_is_free_is_deleted_as_ever(self):
        good = self.receive(self.chickpeas, "GOOD", 10)
        good.quant_ids.sudo().unlink()
        self.assertEqual(good.product_qty, 0)


@tagged("post_install", "-at_install")
class TestQueriesOfTheLedger(LedgerCase):
    """What is free costs almost nothing to let go."""

    def queries_of(self, count):
        """Return the number of queries that a delivery of ``count`` batches needs."""
        product = self.make_product(f"Lentils {count}")
        for n in range(count):
            self.put_on_hand(self.make_lot(product, f"L-{count}-{n}"), 5)
        picking = self.order(product, 5 * count, self.market)
        picking.move_ids.picked = True
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        picking.with_context(skip_backorder=True).button_validate()
        self.env.flush_all()
        self.assertEqual(len(picking.move_line_ids), count)
        return self.cr.sql_log_count - before

    def ledger_queries(self, count):
        """Return how many of them are ours, by leaving the gate and ledger out."""
        lines, quants = (
            self.env.registry["stock.move.line"],
            self.env.registry["stock.quant"],
        )
        with_us = self.queries_of(count)
        self.patch(lines, "_check_dispositions", lambda self: None)
        self.patch(lines, "_check_may_leave", lambda self: None)
        self.patch(lines, "_settle", lambda self, operation: None)
        self.patch(quants, "_watched_in", lambda self, vals: self.browse())
        self.patch(quants, "_note_change", lambda self, before, after: None)
        return with_us - self.queries_of(count)

    def test_a_transfer_needs_one_query_more_at_most(self):
        self.queries_of(2)  # what is read once and for all
        self.assertLessEqual(self.ledger_queries(6), 1)

    def test_more_batches_need_no_more_of_ours(self):
        self.queries_of(2)
        self.assertLessEqual(self.ledger_queries(30), 1)


@tagged("post_install", "-at_install")
class TestKnownDispositions(LedgerCase):
    """What is forbidden is read by each transaction, and after each change."""

    def test_a_disposition_forbids_as_soon_as_it_is_made_or_changed(self):
        dispositions = self.env["stock.lot.disposition"]
        made = dispositions.create({"name": "Watched", "code": "WATCHED"})
        self.assertFalse(made._allows("deliver"))
        made.allow_deliver = True
        self.assertTrue(made._allows("deliver"))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            made.allow_deliver = False
            self.assertFalse(made._allows("deliver"))
            raise UserError(self.env._("Undone"))
        self.assertTrue(made._allows("deliver"))

    def test_it_does_not_hang_on_what_another_process_tells(self):
        """The registry is not told: a new transaction sees it all the same."""
        made = self.env["stock.lot.disposition"].create(
            {"name": "Watched", "code": "WATCHED", "allow_deliver": True}
        )
        self.assertTrue(made._allows("deliver"))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stock_lot_disposition SET allow_deliver = FALSE WHERE id = %s",
            [made.id],
        )
        self.env.cr.precommit.clear()  # as each new transaction begins
        self.assertFalse(made._allows("deliver"))
