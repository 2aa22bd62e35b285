"""Documents of apps and packages that take goods along when they are done."""

from odoo.fields import Command


def waiting_documents(case):
    """Return ``{model: records}`` of what waits to be done with the batch FRESH.

    :param case: an ``AttackCase``; of apps that are not installed there is nothing
    """
    case.tin = case.make_product("Tin", tracking="none")
    found = {"stock.package": _package(case)}
    if "mrp.production" in case.env:
        found["mrp.production"] = _production(case)
    if "repair.order" in case.env:
        found["repair.order"] = _repair(case)
    return found


def _package(case):
    """Return a package with some of the batch in it, on the shelf beside the stock."""
    package = case.env["stock.package"].create({"name": "Sack"})
    move = case.bare_move(case.fresh, 2, case.stock, case.stock)
    move.move_line_ids.result_package_id = package
    move._action_done()
    return package


def _production(case):
    """Return an order that consumes the batch and waits to be finished."""
    order = case.env["mrp.production"].create(
        {
            "product_id": case.tin.id,
            "product_qty": 1,
            "move_raw_ids": [
                Command.create({"product_id": case.chickpeas.id, "product_uom_qty": 1})
            ],
        }
    )
    order.action_confirm()
    order.qty_producing = 1
    case.add_line(order.move_raw_ids, case.fresh, 1)
    order.move_raw_ids.picked = True
    return order


def _repair(case):
    """Return a repair that takes the batch as a part, under way."""
    repair = case.env["repair.order"].create({"product_id": case.tin.id})
    part = case.env["stock.move"].create(
        {
            "repair_id": repair.id,
            "repair_line_type": "add",
            "product_id": case.chickpeas.id,
            "product_uom_qty": 1,
        }
    )
    repair.action_validate()
    part.move_line_ids.unlink()
    case.add_line(part, case.fresh, 1)
    part.picked = True
    repair.action_repair_start()
    return repair
