from odoo.tests import tagged

from ...tools.movement import (
    CONSUME,
    DELIVER,
    MOVE,
    RETURN,
    SCRAP,
)
from . import correction_paths
from .disposition_paths import BY_LOT, HoldCase, holds, path

PATHS = {**correction_paths.PATHS}


@path(PATHS, DELIVER)
def reserving(case):
    picking = case.waiting_order()
    yield
    picking.action_assign()


@path(PATHS, DELIVER)
def typing_a_quantity(case):
    picking = case.waiting_order()
    yield
    picking.move_ids.quantity = 3


@path(PATHS, DELIVER)
def adding_a_line(case):
    picking = case.waiting_order()
    yield
    case.add_line_of(picking.move_ids)


@path(PATHS, DELIVER)
def adding_a_line_from_outside(case):
    picking = case.waiting_order()
    yield
    case.call("stock.move.line", "create", [case.line_values(picking.move_ids)])


@path(PATHS, DELIVER)
def turning_a_line_to_it(case):
    good = case.put_on_hand(case.make_lot(case.hummus, "GOOD", 50), 5, case.shelf)
    picking = case.waiting_order()
    case.add_line_of(picking.move_ids, lot=good, place=case.shelf)
    yield
    picking.move_line_ids.write({"lot_id": case.bad.id, "location_id": case.row.id})


@path(PATHS, DELIVER, silent=True)
def validating_what_was_reserved(case):
    picking = case.waiting_order()
    case.add_line_of(picking.move_ids)
    yield
    case.validate(picking)


@path(PATHS, DELIVER, silent=True)
def doing_the_move_by_code(case):
    move = case.bare_move(case.bad, 2, case.row, case.customers)
    yield
    move._action_done()


@path(PATHS, DELIVER)
def typing_its_number(case):
    case.warehouse.out_type_id.use_create_lots = True
    picking = case.waiting_order()
    yield
    values = case.line_values(picking.move_ids)
    del values["lot_id"]
    case.env["stock.move.line"].create({**values, "lot_name": "BAD"})
    case.validate(picking)


@path(PATHS, DELIVER)
def picking_for_a_delivery(case):
    case.warehouse.delivery_steps = "pick_ship"
    move = case.procure()
    yield
    move._action_assign()


@path(PATHS, DELIVER)
def shipping_what_was_picked(case):
    case.warehouse.delivery_steps = "pick_ship"
    pick = case.procure()
    pick._action_assign()
    pick.picked = True
    pick._action_done()
    ship = pick.move_dest_ids
    ship._do_unreserve()
    yield pick.location_dest_id
    ship._action_assign()


@path(PATHS, MOVE)
def pushing_on(case):
    case.env["stock.route"].create(
        {
            "name": "Push",
            "product_selectable": True,
            "product_ids": [case.hummus.product_tmpl_id.id],
            "rule_ids": [
                (
                    0,
                    0,
                    {
                        "name": "Row to shelf",
                        "action": "push",
                        "auto": "manual",
                        "location_src_id": case.row.id,
                        "location_dest_id": case.shelf.id,
                        "picking_type_id": case.warehouse.int_type_id.id,
                    },
                )
            ],
        }
    )
    case.bare_move(case.bad, 2, case.suppliers, case.row)._action_done()
    pushed = case.env["stock.move"].search(
        [("location_dest_id", "=", case.shelf.id), ("state", "!=", "done")]
    )
    pushed._do_unreserve()
    assert pushed, "Nothing was pushed"
    yield
    pushed._action_assign()


@path(PATHS, DELIVER)
def running_the_scheduler(case):
    case.warehouse.out_type_id.reservation_method = "manual"
    picking = case.waiting_order()
    picking.move_ids.reservation_date = "2020-01-01"
    yield
    case.env["stock.rule"].run_scheduler()


@path(PATHS, DELIVER)
def sending_to_another_company(case):
    transit = case.env.ref("stock.stock_location_inter_company")
    yield
    case.bare_move(case.bad, 2, case.row, transit)._action_done()


@path(PATHS, CONSUME)
def consuming(case):
    yield
    place = case.hummus.property_stock_production
    case.bare_move(case.bad, 2, case.row, place)._action_done()


@path(PATHS, CONSUME)
def reserving_for_production(case):
    place = case.hummus.property_stock_production
    move = case.waiting_move(case.row, place)
    yield
    move._action_assign()


@path(PATHS, SCRAP)
def scrapping(case):
    yield
    case.env["stock.scrap"].create(
        {
            "product_id": case.hummus.id,
            "lot_id": case.bad.id,
            "scrap_qty": 1,
            "location_id": case.row.id,
        }
    ).do_scrap()


@path(PATHS, RETURN)
def returning_to_the_supplier(case):
    receipt = case.transfer(
        case.warehouse.in_type_id, case.suppliers, case.row, case.supplier
    )
    move = case.add_move(receipt, case.hummus, 2)
    receipt.action_confirm()
    move.move_line_ids.write({"lot_id": case.bad.id, "quantity": 2})
    case.validate(receipt)
    yield
    wizard = case.env["stock.return.picking"].with_context(
        active_id=receipt.id, active_model="stock.picking"
    )
    wizard = wizard.create({"picking_id": receipt.id})
    wizard.product_return_moves.quantity = 1
    wizard._create_return().action_assign()


@path(PATHS, None)
def taking_back_from_a_customer(case):
    picking = case.delivered()
    yield
    case.take_back(picking, 1)


@path(PATHS, None)
def receiving_more_of_it(case):
    yield
    case.bare_move(case.bad, 2, case.suppliers, case.row)._action_done()


@path(PATHS, MOVE)
def moving(case):
    yield
    case.bare_move(case.bad, 2, case.row, case.shelf)._action_done()


@path(PATHS, MOVE)
def reserving_to_move(case):
    move = case.waiting_move(case.row, case.shelf)
    yield
    move._action_assign()


@path(PATHS, MOVE)
def relocating(case):
    yield
    case.env["stock.quant.relocate"].create(
        {"quant_ids": case.bad_quant().ids, "dest_location_id": case.shelf.id}
    ).action_relocate_quants()


@path(PATHS, MOVE)
def changing_the_place_of_the_batch(case):
    case.bad.invalidate_recordset()
    yield
    case.bad.location_id = case.shelf


@path(PATHS, MOVE, held_by=(BY_LOT,))
def packing_what_lies_there(case):
    package = case.env["stock.package"].create({"name": "BOX"})
    yield
    case.bad_quant().move_quants(package_dest_id=package)


@path(PATHS, DELIVER, silent=True)
def packing_for_a_delivery_and_validating(case):
    picking = case.waiting_order()
    case.add_line_of(picking.move_ids)
    yield
    picking.action_put_in_pack()
    case.validate(picking)


@path(PATHS, None)
def moving_into_a_quarantine(case):
    case.shelf.disposition_id = case.disposition("quarantine")
    yield
    case.bare_move(case.bad, 2, case.row, case.shelf)._action_done()


@holds(PATHS)
@tagged("post_install", "-at_install")
class TestHoldPaths(HoldCase):
    """Each path is stopped by the permission that it needs, and by no other."""
