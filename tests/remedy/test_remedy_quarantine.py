from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.remedy import stock_move_apart
from ...models.remedy.exceptions import NoQuarantineError
from ..recall.recall_case import RecallCase

PROGRESS = "odoo.addons.base.models.ir_cron.IrCron._commit_progress"


@tagged("post_install", "-at_install")
class TestQuarantineDrafts(RecallCase):
    """What is recalled and lies here: 5 kg CP-1, 1 M-1, 28 H-1 and 50 H-2."""

    def cage(self, warehouse=None):
        warehouse = warehouse or self.warehouse
        return self.env["stock.location"].create(
            {
                "name": "Cage",
                "location_id": warehouse.view_location_id.id,
                "usage": "internal",
                "company_id": warehouse.company_id.id,
                "disposition_id": self.disposition("recalled").id,
            }
        )

    def drafts(self, recall):
        action = recall.action_open_quarantine()
        return self.env["stock.picking"].search(action["domain"])

    def amounts(self, picking):
        return {
            move.product_id: move.product_uom_qty
            for move in picking.move_ids
            if move.state != "cancel"
        }

    def test_a_launch_drafts_one_transfer_of_all_that_lies_here(self):
        cage = self.cage()
        recall = self.launch()
        picking = self.drafts(recall)
        self.assertEqual((picking.state, recall.apart_count), ("draft", 1))
        self.assertEqual(picking.location_dest_id, cage)
        self.assertEqual(picking.recall_id, recall)
        self.assertEqual(
            self.amounts(picking), {self.chickpeas: 5, self.mash: 1, self.hummus: 78}
        )

    def test_each_warehouse_has_its_own(self):
        other = self.env["stock.warehouse"].create({"name": "North", "code": "NO"})
        cages = self.cage() | self.cage(other)
        self.put_on_hand(self.first, 6, other.lot_stock_id)
        pickings = self.drafts(self.launch())
        self.assertEqual(pickings.location_dest_id, cages)
        north = pickings.filtered(lambda p: p.picking_type_id == other.int_type_id)
        self.assertEqual(self.amounts(north), {self.hummus: 6})

    def test_each_company_that_it_was_traced_in_has_its_own(self):
        other = self.env["res.company"].create({"name": "Sister"})
        there = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        self.cage()
        self.cage(there)
        self.put_on_hand(self.second, 6, there.lot_stock_id)
        self.manager.company_ids |= other
        alone = self.drafts(self.launch(self.first))
        self.assertEqual(alone.company_id, self.company)
        both = self.recalls().with_context(
            allowed_company_ids=[self.company.id, other.id]
        )
        recall = both._launch(self.second, "Metal found")
        moves = self.env["stock.move"].search([("recall_id", "=", recall.id)])
        self.assertEqual(
            {move.company_id: move.product_uom_qty for move in moves},
            {self.company: 50, other: 6},
        )

    def test_it_takes_the_recalled_batches_and_no_others(self):
        cage = self.cage()
        good = self.receive(self.hummus, "H-9", 100)
        picking = self.drafts(self.launch())
        picking.action_confirm()
        picking.action_assign()
        lines = picking.move_line_ids
        self.assertEqual(
            {line.lot_id: line.quantity for line in lines},
            {self.bad: 5, self.mash_lot: 1, self.first: 28, self.second: 50},
        )
        self.validate(picking)
        self.assertEqual(picking.state, "done")
        there = self.env["stock.quant"].search([("location_id", "=", cage.id)])
        self.assertEqual(there.lot_id, self.all_lots)
        self.assertNotIn(good, there.lot_id)
        self.assert_stock_adds_up(self.hummus)

    def test_of_very_many_batches_some_are_taken_at_a_time(self):
        self.cage()
        self.startPatcher(patch.object(stock_move_apart, "AT_ONCE", 3))
        picking = self.drafts(self.launch())
        picking.action_confirm()
        self.assertEqual(len(picking.move_line_ids), 3)
        with patch(PROGRESS, return_value=60):
            self.env["stock.move"]._cron_reserve_again()
        self.assertEqual(picking.move_line_ids.lot_id, self.all_lots)
        self.assertFalse(any(picking.move_ids.mapped("seeks_lots")))

    def test_what_was_scrapped_since_is_not_taken(self):
        self.cage()
        picking = self.drafts(self.launch())
        self.scrap(self.second, 20)
        picking.action_confirm()
        picking.action_assign()
        lines = picking.move_line_ids.filtered(lambda line: line.lot_id == self.second)
        self.assertEqual(sum(lines.mapped("quantity")), 30)

    def test_what_lies_apart_is_left_where_it_is(self):
        cage = self.cage()
        self.put_on_hand(self.second, 3, cage)
        self.assertEqual(self.amounts(self.drafts(self.launch()))[self.hummus], 78)

    def test_again_changes_nothing(self):
        self.cage()
        recall = self.launch()
        recall.action_draft_quarantine()
        picking = self.drafts(recall)
        self.assertEqual(len(picking), 1)
        self.assertEqual(self.amounts(picking)[self.hummus], 78)

    def test_an_expansion_adds_to_the_draft(self):
        self.cage()
        more = self.receive(self.hummus, "H-3", 30)
        recall = self.launch()
        recall._expand(more, "The same delivery")
        self.assertEqual(self.amounts(self.drafts(recall))[self.hummus], 108)

    def test_what_comes_when_the_first_is_under_way_gets_another(self):
        self.cage()
        more = self.receive(self.hummus, "H-3", 30)
        recall = self.launch()
        first = self.drafts(recall)
        first.action_confirm()
        recall._expand(more, "The same delivery")
        second = self.drafts(recall) - first
        self.assertEqual(self.amounts(second), {self.hummus: 30})

    def test_what_is_cleared_goes_out_of_the_draft(self):
        self.cage()
        recall = self.launch()
        recall._clear(self.second, "Made on another line")
        self.assertEqual(self.amounts(self.drafts(recall))[self.hummus], 28)
        recall._clear(recall.lot_ids.lot_id - self.second, "Nothing is wrong")
        self.assertFalse(self.drafts(recall))

    def test_what_is_moved_in_two_steps_stays_with_the_recall(self):
        self.cage()
        picking = self.drafts(self.launch())
        picking.action_confirm()
        picking.action_assign()
        hummus = picking.move_ids.filtered(lambda m: m.product_id == self.hummus)
        hummus.move_line_ids[0].quantity = 10
        picking.move_ids.picked = True
        picking.with_context(cancel_backorder=False)._action_done()
        rest = picking.backorder_ids
        self.assertEqual(rest.recall_id, picking.recall_id)

    def test_without_a_quarantine_it_is_said(self):
        recall = self.launch()
        self.assertFalse(self.drafts(recall))
        [text] = [
            notice["text"]
            for notice in recall.banner["notices"]
            if "no quarantine" in notice["text"]
        ]
        self.assertIn(self.warehouse.name, text)
        with self.assertRaisesRegex(NoQuarantineError, self.warehouse.name):
            recall.action_draft_quarantine()

    def not_apart_notice(self, recall):
        [notice] = [
            notice
            for notice in recall.banner["notices"]
            if "no quarantine" in notice["text"]
        ]
        return notice

    def test_who_may_makes_a_quarantine_and_the_transfers_with_it(self):
        self.manager.group_ids |= self.env.ref("stock.group_stock_manager")
        recall = self.launch()
        names = [action["name"] for action in self.not_apart_notice(recall)["actions"]]
        self.assertIn("action_make_quarantine", names)
        recall.action_make_quarantine()
        place = self.drafts(recall).location_dest_id
        self.assertEqual(
            place.disposition_id, self.env["stock.lot"]._disposition("recalled")
        )
        self.assertEqual(place.warehouse_id, self.warehouse)
        self.assertFalse(recall.not_apart)

    def test_who_may_not_is_told_whom_to_ask(self):
        recall = self.launch()
        notice = self.not_apart_notice(recall)
        self.assertIn("inventory administrator", notice["text"])
        names = [action["name"] for action in notice["actions"]]
        self.assertEqual(names, ["action_draft_quarantine"])
        with self.assertRaises(AccessError):
            recall.action_make_quarantine()

    def test_what_has_a_draft_is_drafted_again_and_begun_is_said(self):
        self.cage()
        recall = self.launch()
        picking = self.drafts(recall)
        picking.action_confirm()
        with self.assertRaisesRegex(NoQuarantineError, picking.name):
            recall.action_draft_quarantine()

    def test_once_there_is_one_they_are_drafted(self):
        recall = self.launch()
        self.cage()
        recall.action_draft_quarantine()
        self.assertTrue(self.drafts(recall))
        self.assertFalse(recall.not_apart)

    def test_a_drill_drafts_nothing(self):
        self.cage()
        self.assertFalse(self.drafts(self.launch(kind="drill")))

    def test_who_only_recalls_needs_no_right_on_inventory(self):
        self.cage()
        groups = self.env.ref("stock.group_stock_user")
        self.manager.group_ids -= groups
        self.assertTrue(self.drafts(self.launch()))

    def test_whatever_the_number_of_batches_it_asks_as_much(self):
        self.cage()
        counts = []
        for number in range(2):
            for extra in range(1 + 20 * number):
                self.receive(self.hummus, f"X-{number}-{extra}", 1)
            lots = self.env["stock.lot"].search([("name", "=like", f"X-{number}-%")])
            recall = self.launch(lots)
            recall._drop_drafts(recall._apart_moves())
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            recall._draft_quarantine()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertAlmostEqual(counts[0], counts[1], delta=3)
