from odoo.exceptions import UserError
from odoo.tests import tagged

from .inspection_case import InspectionCase


@tagged("post_install", "-at_install")
class TestArrivals(InspectionCase):
    """Goods come in, and are inspected as the plan says, without anybody asking."""

    def receive_many(self, *names, supplier=None, product=None):
        """Receive lots in one transfer; return them in that order."""
        product = product or self.chickpeas
        picking = self.transfer(
            self.warehouse.in_type_id,
            self.suppliers,
            self.stock,
            supplier or self.supplier,
        )
        move = self.add_move(picking, product, 10 * len(names))
        picking.action_confirm()
        move.move_line_ids.unlink()
        self.env["stock.move.line"].create(
            [
                {
                    "move_id": move.id,
                    "picking_id": picking.id,
                    "product_id": product.id,
                    "lot_name": name,
                    "quantity": 10,
                    "location_id": self.suppliers.id,
                    "location_dest_id": self.stock.id,
                }
                for name in names
            ]
        )
        self.validate(picking)
        lots = {lot.name: lot for lot in move.lot_ids}
        return self.env["stock.lot"].union(*(lots[name] for name in names))

    def states(self, lots):
        return [lot.inspection_ids.state for lot in lots]

    def test_a_receipt_makes_an_inspection_that_the_lot_waits_for(self):
        self.plan(quarantine_until_inspected=True)
        lot = self.receive_many("CP-1")
        inspection = lot.inspection_ids
        self.assertEqual((inspection.state, inspection.moment), ("open", "receipt"))
        self.assertRegex(inspection.name, r"^INS/\d{4}/\d{5}$")
        self.assertEqual(inspection.supplier_id, self.supplier)
        self.assertEqual(inspection.reference, inspection.picking_id.name)
        self.assertEqual(lot.disposition_id, self.disposition("quarantine"))
        with self.assertRaisesRegex(UserError, "CP-1.*Quarantine.*Deliver"):
            self.deliver(self.chickpeas, 5, self.market, lot=lot)
        self.inspect(inspection, Moisture=12)
        self.deliver(self.chickpeas, 5, self.market, lot=lot)

    def test_a_receipt_says_what_is_held_and_what_to_inspect(self):
        self.plan(quarantine_until_inspected=True)
        lots = self.receive_many("CP-1", "CP-2")
        picking = lots.inspection_ids.picking_id
        self.assertEqual(
            self.summary_of(picking).splitlines(),
            [
                "New batches: 2 (CP-1, CP-2).",
                "“Quarantine”: 2 (CP-1, CP-2).",
                "To inspect: 2 (CP-1, CP-2).",
            ],
        )

    def test_what_it_held_and_released_is_among_holds_and_releases(self):
        self.plan(quarantine_until_inspected=True)
        lots = self.receive_many("CP-1", "CP-2")
        decisions = self.env["stock.lot.decision"]
        held = decisions.search([])
        self.assertEqual((held.lot_ids, held.lot_count), (lots, 2))
        self.assertEqual(held.disposition_id, self.disposition("quarantine"))
        self.assertEqual(held.document_model, "stock.lot.inspection")
        inspection = self.inspect(lots[0].inspection_ids, Moisture=12)
        released = decisions.search([]) - held
        self.assertEqual(released.lot_ids, lots[0])
        self.assertEqual(released.disposition_id, self.disposition("released"))
        self.assertEqual(released.document_name, inspection.name)

    def test_without_quarantine_the_goods_may_be_used_meanwhile(self):
        self.plan()
        lot = self.receive_many("CP-1")
        self.assertEqual(lot.inspection_ids.state, "open")
        self.assertEqual(lot.disposition_id, self.disposition("released"))

    def test_a_production_makes_an_inspection(self):
        self.plan(moment="production", product_id=self.mash.id)
        lot = self.receive(self.chickpeas, "CP-1", 10)
        made = self.produce(self.mash, "M-1", 5, uses=[(lot, 3)])
        self.assertFalse(lot.inspection_ids)
        self.assertEqual(made.inspection_ids.moment, "production")

    def test_what_does_not_come_from_outside_is_not_inspected(self):
        self.plan()
        lot = self.put_on_hand(self.make_lot(self.chickpeas, "CP-1"), 10)
        self.bare_move(lot, 3, self.stock, self.stock.copy())._action_done()
        delivery = self.deliver(self.chickpeas, 5, self.market, lot=lot)
        self.take_back(delivery, 2)
        self.assertFalse(lot.inspection_ids)

    def test_more_of_a_lot_is_not_inspected_again(self):
        self.plan()
        lot = self.receive_many("CP-1")
        self.receive_many("CP-1")
        self.assertEqual(len(lot.inspection_ids), 1)

    def test_a_lot_that_somebody_holds_stays_held(self):
        self.plan(quarantine_until_inspected=True)
        lot = self.make_lot(self.chickpeas, "CP-1")
        lot._set_disposition(self.disposition("hold"), "Announced as torn")
        self.receive_many("CP-1")
        self.assertEqual(lot.disposition_id, self.disposition("hold"))
        self.assertEqual(lot.inspection_ids.state, "open")

    def test_what_a_clerk_has_put_under_less_waits_all_the_same(self):
        mild = self.disposition("quarantine").copy(
            {"name": "Mild", "code": "MILD", "allow_consume": True}
        )
        self.plan(quarantine_until_inspected=True)
        lot = self.make_lot(self.chickpeas, "CP-1")
        lot._set_disposition(mild, "Mine")
        received = self.receive_many("CP-1")
        self.assertEqual(received, lot)
        self.assertEqual(lot.disposition_id, self.disposition("quarantine"))
        # What a person has set, no verdict lifts.
        self.assertFalse(lot.is_held_by_inspection)

    def test_a_demand_plan_makes_nothing_by_itself(self):
        self.plan(moment="demand")
        self.assertFalse(self.receive_many("CP-1").inspection_ids)

    def test_a_plan_that_begins_later_is_heeded_at_once(self):
        first = self.receive_many("CP-1")
        plan = self.plan()
        second = self.receive_many("CP-2")
        plan.active = False
        third = self.receive_many("CP-3")
        counts = [len(lot.inspection_ids) for lot in first + second + third]
        self.assertEqual(counts, [0, 1, 0])

    # -- skipped lots

    def test_the_first_of_a_supplier_is_inspected(self):
        self.plan(skip_rule="first")
        lots = self.receive_many("CP-1", "CP-2") + self.receive_many("CP-3")
        self.assertEqual(self.states(lots), ["open", "skipped", "skipped"])
        other = self.receive_many("CP-4", supplier=self.bistro)
        self.assertEqual(self.states(other), ["open"])

    def test_a_skipped_lot_is_released_and_its_history_says_which_rule(self):
        self.plan(skip_rule="one_in", skip_every=3, quarantine_until_inspected=True)
        lots = self.receive_many("CP-1", "CP-2", "CP-3", "CP-4")
        self.assertEqual(self.states(lots), ["open", "skipped", "skipped", "open"])
        self.assertEqual(
            lots.mapped("disposition_id.name"),
            ["Quarantine", "Released"],
        )
        event = lots[1].event_ids.filtered(lambda event: event.kind == "inspection")
        self.assertEqual(event.what, "Inspection skipped")
        self.assertIn("one batch in 3", event.new_value)

    def test_one_in_three_is_counted_over_receipts(self):
        self.plan(skip_rule="one_in", skip_every=3)
        lots = self.env["stock.lot"]
        for number in range(7):
            lots += self.receive_many(f"CP-{number}")
        taken = [state == "open" for state in self.states(lots)]
        self.assertEqual(taken, [True, False, False, True, False, False, True])

    def test_after_a_failure_the_next_lots_are_inspected(self):
        self.plan(skip_rule="first", after_failure=2)
        first = self.receive_many("CP-1")
        skipped = self.receive_many("CP-2")
        self.inspect(first.inspection_ids, Moisture=15)
        lots = skipped + self.receive_many("CP-3", "CP-4", "CP-5")
        self.assertEqual(self.states(lots), ["skipped", "open", "open", "skipped"])

    def test_a_cancelled_inspection_counts_for_nothing(self):
        self.plan(skip_rule="first")
        quality = self.user("quality", "batch_tracking.group_quality_manager")
        wrong = self.receive_many("CP-1").inspection_ids.with_user(quality)
        wrong._cancel("Wrong plan")
        self.assertEqual(self.states(self.receive_many("CP-2")), ["open"])

    # -- how much it costs

    def queries(self, lines):
        self.env.flush_all()
        self.env.invalidate_all()
        lines.mapped("product_id.categ_id.parent_path")
        before = self.env.cr.sql_log_count
        self.env["stock.lot.inspection"]._inspect_arrivals(lines)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def lines_of(self, count):
        """Return done lines of lots that have not been inspected."""
        product = self.make_product(f"Chickpeas {count}")
        lots = self.receive_many(*map(str, range(count)), product=product)
        self.plan(product_id=product.id, quarantine_until_inspected=True)
        return self.env["stock.move.line"].search([("lot_id", "in", lots.ids)])

    def test_goods_without_a_plan_cost_nothing(self):
        lines = self.receive_many("CP-1", "CP-2").quant_ids
        lines = self.env["stock.move.line"].search([("lot_id", "in", lines.lot_id.ids)])
        self.plan(product_id=self.mash.id)
        self.env["stock.lot.inspection.plan"]._scopes()
        self.env.flush_all()
        with self.assertQueryCount(0):
            self.env["stock.lot.inspection"]._inspect_arrivals(lines)

    def test_a_thousand_lots_take_as_many_queries_as_a_hundred(self):
        few, many = self.lines_of(20), self.lines_of(120)
        spent = self.queries(few)
        self.assertLess(self.queries(many) - spent, 15)
        self.assertEqual(len(many.lot_id.inspection_ids), 120)
