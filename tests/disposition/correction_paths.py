"""Paths by which people correct what was counted or done already."""

from ...tools.movement import COUNT, DELIVER, PURPOSES, USES
from .disposition_paths import path

PATHS = {}


@path(PATHS, COUNT)
def counting(case):
    yield
    quant = case.bad_quant().with_context(inventory_mode=True)
    quant.inventory_quantity = 7
    quant.action_apply_inventory()


@path(PATHS, COUNT)
def counting_quickly(case):
    yield
    quant = case.bad_quant().with_context(inventory_mode=True)
    quant.inventory_quantity_auto_apply = 7


@path(PATHS, USES)
def changing_the_quantity_from_outside(case):
    yield
    case.call("stock.quant", "write", [case.bad_quant().ids, {"quantity": 4}])


@path(PATHS, USES)
def adding_a_quantity_from_outside(case):
    yield
    values = {
        "product_id": case.hummus.id,
        "lot_id": case.bad.id,
        "location_id": case.row.id,
        "quantity": 4,
        "owner_id": case.supplier.id,
    }
    case.call("stock.quant", "create", [values])


@path(PATHS, PURPOSES)
def growing_a_done_line(case):
    picking = case.delivered()
    yield
    picking.move_line_ids.quantity = 5


@path(PATHS, PURPOSES)
def counting_a_done_line_in_dozens(case):
    dozen = case.env.ref("uom.product_uom_dozen")
    picking = case.delivered(quantity=0.5)
    yield
    picking.move_line_ids.product_uom_id = dozen


@path(PATHS, PURPOSES)
def turning_a_done_line_to_it(case):
    good = case.put_on_hand(case.make_lot(case.hummus, "GOOD", 50), 5, case.row)
    picking = case.delivered(lot=good)
    yield
    picking.move_line_ids.lot_id = case.bad


@path(PATHS, PURPOSES)
def sending_a_done_line_elsewhere(case):
    move = case.bare_move(case.bad, 2, case.row, case.shelf)
    move._action_done()
    yield
    move.move_line_ids.location_dest_id = case.customers


@path(PATHS, DELIVER)
def adding_a_done_line(case):
    picking = case.delivered()
    yield
    case.add_line_of(picking.move_ids)


@path(PATHS, DELIVER)
def adding_a_done_line_from_outside(case):
    picking = case.delivered()
    yield
    case.call("stock.move.line", "create", [case.line_values(picking.move_ids)])
