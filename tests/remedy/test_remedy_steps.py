from odoo.fields import Command
from odoo.tests import tagged

from .remedy_case import RemedyCase


@tagged("post_install", "-at_install")
class TestReplacementSteps(RemedyCase):
    """Replacements go as any order goes: picked and packed where the warehouse does."""

    def steps_from(self, picking):
        """Do a transfer and all that follow it; return all of them in their order."""
        done = picking.browse()
        while picking:
            self.validate(picking)
            done |= picking
            picking = picking.move_ids.move_dest_ids.picking_id
        return done

    def test_picked_packed_and_shipped(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        first = self.replace()
        self.assertEqual(first.picking_type_id, self.warehouse.pick_type_id)
        self.assertEqual(
            (first.partner_id, first.recall_id), (self.market, self.recall)
        )
        self.assertEqual((self.mine.replaced, self.mine.to_make_good), (35, 0))
        steps = self.steps_from(first)
        self.assertEqual(
            steps.picking_type_id.mapped("code"), ["internal", "internal", "outgoing"]
        )
        self.assertEqual(steps.recall_id, self.recall)
        last = steps[-1].move_ids
        self.assertEqual(last.location_dest_id, self.customers)
        self.assertEqual(last.replaced_move_id, self.to_market.move_ids)
        self.assertEqual((self.mine.replaced, self.mine.to_make_good), (35, 0))

    def test_its_cost_counts_once(self):
        self.other.unit_cost = 2
        self.steps_from(self.replace())
        once = self.recall.replaced_value
        self.warehouse.delivery_steps = "pick_ship"
        row = self.row(self.recall, self.bistro, self.first)
        self.answer(self.recall, self.bistro, {self.first: {"destroyed": 8}})
        self.steps_from(self.replace(row))
        self.recall.invalidate_recordset()
        self.assertEqual(self.recall.replaced_value, once + 8 * 2)

    def test_what_was_picked_and_then_given_up_is_still_owed(self):
        self.warehouse.delivery_steps = "pick_ship"
        pick = self.replace()
        self.validate(pick)
        self.assertEqual((self.mine.replaced, self.mine.to_make_good), (35, 0))
        pick.move_ids.move_dest_ids.picking_id.action_cancel()
        self.mine.invalidate_recordset()
        self.assertEqual((self.mine.replaced, self.mine.to_make_good), (0, 35))

    def test_a_part_picked_now_and_the_rest_later(self):
        self.warehouse.delivery_steps = "pick_ship"
        pick = self.replace()
        pick.move_line_ids.quantity = 20
        self.validate(pick)
        self.mine.invalidate_recordset()
        self.assertEqual((self.mine.replaced, self.mine.to_make_good), (35, 0))

    def pulled_by_way_of_the_ramp(self):
        warehouse = self.warehouse
        shelf = warehouse.wh_output_stock_loc_id
        shelf.active = True
        steps = [
            (shelf, self.customers, warehouse.out_type_id, "make_to_order"),
            (self.stock, shelf, warehouse.pick_type_id, "make_to_stock"),
        ]
        return self.env["stock.route"].create(
            {
                "name": "By the ramp",
                "rule_ids": [
                    Command.create(
                        {
                            "name": f"{source.name} to {target.name}",
                            "action": "pull",
                            "picking_type_id": kind.id,
                            "location_src_id": source.id,
                            "location_dest_id": target.id,
                            "location_dest_from_rule": True,
                            "procure_method": method,
                            "warehouse_id": warehouse.id,
                        }
                    )
                    for source, target, kind, method in steps
                ],
            }
        )

    def test_steps_that_the_customers_pull(self):
        """Rules of one's own make the delivery wait for a picking."""
        self.hummus.route_ids = self.pulled_by_way_of_the_ramp()
        self.release(self.second)
        self.other.sudo()._set_disposition(self.disposition("hold"), "Odd")
        out = self.replace()
        self.assertEqual(out.picking_type_id, self.warehouse.out_type_id)
        pick = out.move_ids.move_orig_ids.picking_id
        pick.action_assign()
        self.assertFalse(pick.move_line_ids)
        self.release(self.other)
        pick.action_assign()
        self.assertEqual(pick.move_line_ids.lot_id, self.other)
        self.validate(pick)
        self.assertEqual(
            (out.state, out.move_line_ids.lot_id), ("assigned", self.other)
        )
        self.validate(out)
        self.assertEqual((out.state, self.mine.replaced), ("done", 35))

    def release(self, lot):
        """Release a batch that nobody has cleared from the recall."""
        lot.sudo()._set_disposition(self.disposition("released"), "Looks good")

    def test_what_was_released_and_not_cleared_replaces_nothing(self):
        self.release(self.second)
        self.other.sudo()._set_disposition(self.disposition("hold"), "Odd")
        picking = self.replace()
        self.assertFalse(picking.move_line_ids)
        with self.subTest("Orders of others take it, as somebody has released it"):
            other = self.order(self.hummus, 5, self.bistro)
            self.assertEqual(other.move_line_ids.lot_id, self.second)
        self.recall._clear(self.second, "It was not in that kettle")
        picking.action_assign()
        self.assertEqual(picking.move_line_ids.lot_id, self.second)

    def test_a_drill_keeps_nothing_from_being_a_replacement(self):
        self.launch(self.other, kind="drill")
        self.assertEqual(self.replace().move_line_ids.lot_id, self.other)
