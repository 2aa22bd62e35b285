from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import LinkCase


@tagged("post_install", "-at_install")
class TestOrders(LinkCase):
    """What core notes wrongly of manufacturing orders."""

    def consume(self, order, lot, quantity):
        """Use ``quantity`` of a lot right now, before the order is closed."""
        move = order.move_raw_ids.filtered(
            lambda move: move.product_id == lot.product_id and move.state != "done"
        )[:1]
        move.move_line_ids.unlink()
        self.add_line(move, lot, quantity)
        move.picked = True
        move._action_done()
        return move

    def test_what_was_used_before_closing_is_linked(self):
        order = self.plan()
        self.consume(order, self.batch, 5)
        lot = self.finish(order)
        self.assertEqual(self.links(lot), {"M-1": (5, "production", "exact")})

    def test_what_is_added_when_all_is_done_is_linked(self):
        order = self.plan()
        lot = self.finish(order)
        late = self.put_on_hand(self.make_lot(self.chickpeas, "CP-9"), 3)
        place = order.production_location_id
        move = self.env["stock.move"].create(
            {
                "product_id": late.product_id.id,
                "product_uom_qty": 2,
                "raw_material_production_id": order.id,
                "location_id": self.stock.id,
                "location_dest_id": place.id,
            }
        )
        self.add_line(move, late, 2)
        move.picked = True
        move._action_done()
        self.assertEqual(
            self.links(lot),
            {"M-1": (5, "production", "exact"), "CP-9": (2, "production", "exact")},
        )

    def test_what_is_added_days_later_is_marked_and_not_certain(self):
        order = self.plan()
        lot = self.finish(order)
        late = self.put_on_hand(self.make_lot(self.chickpeas, "CP-9"), 3)
        move = self.env["stock.move"].create(
            {
                "product_id": late.product_id.id,
                "product_uom_qty": 2,
                "raw_material_production_id": order.id,
                "location_id": self.stock.id,
                "location_dest_id": order.production_location_id.id,
            }
        )
        self.add_line(move, late, 2)
        move.picked = True
        with freeze_time(fields.Datetime.now() + timedelta(days=2)):
            move._action_done()
        self.assertEqual(self.links(lot)["CP-9"], (2, "production", "exact"))
        links = self.env["stock.lot.link"].search([("child_lot_id", "=", lot.id)])
        early = links.filtered("is_too_early")
        self.assertEqual(early.parent_lot_id, late)
        [node] = [n for n in late.trace("forward")["nodes"] if n["id"] == lot.id]
        self.assertTrue(node["too_early"])
        self.assertEqual((node["certain"], node["proportional"]), (0, 2))
        recall = self.env["stock.recall"]._launch(late, "Stones", kind="drill")
        self.assertEqual((recall.lot_count, recall.early_count), (2, 1))

    def test_two_postings_of_one_order_are_told_apart(self):
        """What the second posting used is not in what the first has made."""
        self.env["stock.quant"]._update_available_quantity(
            self.mash, self.stock, -95, lot_id=self.batch
        )
        self.put_on_hand(self.make_lot(self.mash, "M-2"), 5)
        order = self.plan(quantity=40)
        first = self.post_half(order, "H-1")
        self.tick(order.move_raw_ids | order.move_finished_ids)
        second = self.post_half(order, "H-2")
        self.assertEqual(self.links(first), {"M-1": (5, "production", "exact")})
        self.assertEqual(self.links(second), {"M-2": (5, "production", "exact")})

    def post_half(self, order, name, lot=None):
        lot = lot or self.make_lot(self.hummus, name)
        order.lot_producing_ids = lot
        order.qty_producing = order.qty_produced + 20
        todo = (order.move_raw_ids | order.move_finished_ids).filtered(
            lambda move: move.state != "done"
        )
        finished = todo & order.move_finished_ids
        finished.move_line_ids.unlink()
        self.add_line(finished, lot, 20)
        raw = todo & order.move_raw_ids
        raw.quantity = 5
        raw.picked = True
        order._post_inventory()
        return lot

    def tick(self, moves):
        """Let an hour pass since what is done."""
        done = moves.move_line_ids.filtered(lambda line: line.state == "done")
        done.date = fields.Datetime.now() - timedelta(hours=1)

    def post_before_the_addon(self, second=None):
        """Core has forgotten what the first one used, and mixed up the second."""
        order = self.plan()
        first = self.finish(order)
        line = order.move_finished_ids.move_line_ids
        line.date = fields.Datetime.now() - timedelta(hours=2)
        order.move_raw_ids.move_line_ids.date = line.date
        second = second(first) if second else self.make_lot(self.hummus, "H-2")
        part = self.put_on_hand(self.make_lot(self.mash, "M-2"), 5)
        place = order.production_location_id
        made = self.bare_move(second, 20, place, self.stock)
        made.production_id = order
        used = self.bare_move(part, 5, self.stock, place)
        used.raw_material_production_id = order
        (used | made)._action_done()
        core = Command.set(used.move_line_ids.ids)
        (made.move_line_ids | line).consume_line_ids = [core]
        return first, second, part

    def test_postings_from_before_the_addon_are_told_apart(self):
        first, second, _part = self.post_before_the_addon()
        self.assertEqual(
            self.links(first),
            {
                "M-1": (2.5, "production", "proportional"),
                "M-2": (0, "production", "proportional"),
            },
        )
        self.assertEqual(
            self.links(second),
            {
                "M-1": (2.5, "production", "proportional"),
                "M-2": (5, "production", "exact"),
            },
        )

    def test_a_recall_marks_what_was_made_before_its_part_was_used(self):
        """Odoo pairs them all the same, and dates may be wrong: both are counted."""
        first, second, part = self.post_before_the_addon()
        early = self.env["stock.lot.link"].search([("parent_lot_id", "=", part.id)])
        early = early.filtered("is_too_early")
        self.assertEqual(early.child_lot_id, first)
        nodes = {node["id"]: node for node in part.trace("forward")["nodes"]}
        self.assertTrue(nodes[first.id]["too_early"])
        self.assertFalse(nodes[second.id]["too_early"])
        amounts = [(nodes[lot.id]["certain"]) for lot in (first, second)]
        self.assertEqual(amounts, [0, 5])
        self.assertEqual(nodes[first.id]["proportional"], 0)
        recall = self.env["stock.recall"]._launch(part, "Stones", kind="drill")
        self.assertEqual((recall.lot_count, recall.early_count), (3, 1))
        self.assertEqual(recall.lot_ids.filtered("is_too_early").lot_id, first)

    def test_a_batch_that_both_postings_made_is_not_made_before(self):
        lot, _same, part = self.post_before_the_addon(second=lambda first: first)
        links = self.env["stock.lot.link"].search([("child_lot_id", "=", lot.id)])
        self.assertFalse(links.filtered("is_too_early"))
        self.assertEqual(
            self.links(lot)[part.name], (5, "production", "exact"), "all of it"
        )

    def test_what_somebody_has_said_counts_whatever_the_dates(self):
        first, _second, part = self.post_before_the_addon()
        lines = self.env["stock.move.line"]
        used = lines.search([("lot_id", "=", part.id), ("move_id", "!=", False)])
        made = lines.search([("lot_id", "=", first.id)])
        self.env["stock.lot.attribution"]._attribute(used, {(used, made): 2}, "Seen")
        self.assertEqual(self.links(first)["M-2"], (2, "production", "exact"))

    def test_a_byproduct_is_linked_as_one(self):
        bom = self.make_bom(self.mash, 10, [(self.chickpeas, 8)], [(self.hummus, 3)])
        self.put_on_hand(self.make_lot(self.chickpeas, "CP-1"), 8)
        order = self.plan(bom, 10)
        extra = self.make_lot(self.hummus, "WATER-1")
        order.move_byproduct_ids.lot_ids = extra
        order.move_byproduct_ids.quantity = 3
        lot = self.finish(order)
        self.assertEqual(self.links(lot), {"CP-1": (8, "production", "exact")})
        self.assertEqual(self.links(extra), {"CP-1": (8, "byproduct", "exact")})

    def test_a_byproduct_that_meets_its_product_again_counts_its_part_once(self):
        water = self.make_product("Water")
        soaked = self.make_bom(self.mash, 100, [(self.chickpeas, 4)], [(water, 5)])
        mixed = self.make_bom(self.hummus, 50, [(self.mash, 100), (water, 5)])
        part = self.put_on_hand(self.make_lot(self.chickpeas, "CP-1"), 10)
        self.batch._set_disposition(self.disposition("hold"), "Not of this test")
        order = self.plan(soaked, 100)
        order.move_byproduct_ids.lot_ids = extra = self.make_lot(water, "WATER-1")
        order.move_byproduct_ids.quantity = 5
        lot = self.finish(order)
        end = self.finish(self.plan(mixed, 50))
        self.assertEqual(set(self.links(end)), {lot.name, extra.name})
        forward = {node["id"]: node for node in part.trace("forward")["nodes"]}
        back = {node["id"]: node for node in end.trace("back")["nodes"]}
        holding = [forward[made.id] for made in (lot, extra, end)]
        for found in (*holding, back[part.id]):
            amounts = [found[key] for key in ("certain", "proportional", "worst_case")]
            self.assertEqual(amounts, [4, 4, 4], found["name"])

    def test_a_link_knows_its_document_and_work_center(self):
        center = self.env["mrp.workcenter"].create({"name": "Mixer"})
        self.bom.operation_ids = [
            Command.create({"name": "Mix", "workcenter_id": center.id})
        ]
        order = self.plan()
        lot = self.finish(order)
        link = self.env["stock.lot.link"].search([("child_lot_id", "=", lot.id)])
        self.assertEqual(link.reference, order.name)
        self.assertEqual(
            (link.document_model, link.document_id), ("mrp.production", order.id)
        )
        self.assertEqual((link.equipment, link.workcenter_id), ("Mixer", center))
        self.assertEqual(link.company_id, self.company)

    def test_untracked_ingredients_are_gaps(self):
        oil = self.make_product("Oil", tracking="none")
        bom = self.make_bom(self.hummus, 20, [(self.mash, 5), (oil, 2)])
        order = self.plan(bom)
        lot = self.finish(order)
        gap = self.env["stock.lot.gap"].search([("lot_id", "=", lot.id)])
        self.assertEqual(
            (gap.product_id, gap.quantity, gap.direction, gap.reason, gap.reference),
            (oil, 2, "back", "untracked", order.name),
        )
        self.assertEqual((gap.lot_quantity, gap.document_id), (20, order.id))

    def test_untracked_intermediates_are_gaps_on_both_sides(self):
        paste = self.make_product("Paste", tracking="none")
        self.finish(self.plan(self.make_bom(paste, 4, [(self.mash, 5)]), 4))
        lot = self.finish(self.plan(self.make_bom(self.hummus, 20, [(paste, 4)])))
        gaps = self.env["stock.lot.gap"].search([("product_id", "=", paste.id)])
        self.assertEqual(
            {(gap.lot_id, gap.direction, gap.quantity, gap.reason) for gap in gaps},
            {
                (self.batch, "forward", 4, "untracked"),
                (lot, "back", 4, "untracked"),
            },
        )

    def test_many_lots_take_no_more_queries(self):
        counts = []
        for quantity in (1, 30):
            bom = self.make_bom(self.make_product("Thing"), 1, [(self.mash, quantity)])
            order = self.plan(bom, 1)
            order.lot_producing_ids = self.number_lot(order.product_id)
            order.qty_producing = 1
            move = order.move_raw_ids
            move.move_line_ids.unlink()
            for number in range(quantity):
                lot = self.make_lot(self.mash, f"Q-{quantity}-{number}")
                self.add_line(move, self.put_on_hand(lot, 1), 1)
            move.picked = True
            (move | order.move_finished_ids)._action_confirm()
            order.button_mark_done()
            lines = order.move_finished_ids.move_line_ids
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env["stock.lot.link"]._sync(lines)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 5)
