"""What the genealogy costs those who receive and produce, beside core alone."""

from odoo.fields import Command

from benchmarks import side_by_side

LOTS = 1_000
ORDERS = 50
COMPONENTS = 20
NAME = "Measured"


def compare(ours, core, scale):
    """Return the ratios of the times, and the queries that we add."""
    figures = {}
    for name, size in (("receipt", LOTS), ("production", ORDERS)):
        found = side_by_side.compare(
            __name__, name, (max(1, int(size * scale)),), ours, core
        )
        figures |= {
            f"{name}_overhead": found["ratio"],
            f"{name}_overhead_queries": found["queries"],
            f"{name}_overhead_s": found["seconds"],
        }
    return figures


def receipt(env, _side, lots):
    """Return the work: validate a receipt of many new lots, their numbers typed."""
    picking = env["stock.picking"].search([("origin", "=", NAME)])
    if not picking:
        picking = _make_receipt(env, lots)
        env.cr.commit()

    def work():
        picking.with_context(skip_backorder=True).button_validate()
        assert picking.state == "done", picking.state

    return work


def _make_receipt(env, lots):
    product = _product(env, NAME)
    picking = env["stock.picking"].create(
        {
            "origin": NAME,
            "picking_type_id": _warehouse(env).in_type_id.id,
            "location_id": env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": _warehouse(env).lot_stock_id.id,
        }
    )
    route = {
        "product_id": product.id,
        "picking_id": picking.id,
        "location_id": picking.location_id.id,
        "location_dest_id": picking.location_dest_id.id,
    }
    move = env["stock.move"].create({"product_uom_qty": lots, **route})
    picking.action_confirm()
    move.move_line_ids.unlink()
    env["stock.move.line"].create(
        [
            {"move_id": move.id, "quantity": 1, "lot_name": f"T{n:06}", **route}
            for n in range(lots)
        ]
    )
    move.picked = True
    return picking


def production(env, _side, count):
    """Return the work: close many orders, each of many components tracked by lot."""
    orders = env["mrp.production"].search([("origin", "=", NAME)])
    if not orders:
        orders = _make_orders(env, count)
        env.cr.commit()

    def work():
        orders.button_mark_done()
        assert set(orders.mapped("state")) == {"done"}, orders.mapped("state")

    return work


def _make_orders(env, count):
    product = _product(env, f"{NAME} product")
    components = [_product(env, f"{NAME} {n}") for n in range(COMPONENTS)]
    for component in components:
        lot = env["stock.lot"].create({"product_id": component.id, "name": NAME})
        env["stock.quant"]._update_available_quantity(
            component, _warehouse(env).lot_stock_id, count, lot_id=lot
        )
    bom = env["mrp.bom"].create(
        {
            "product_tmpl_id": product.product_tmpl_id.id,
            "bom_line_ids": [
                Command.create({"product_id": component.id, "product_qty": 1})
                for component in components
            ],
        }
    )
    order = {"product_id": product.id, "bom_id": bom.id, "product_qty": 1}
    orders = env["mrp.production"].create(
        [{**order, "origin": NAME} for _ in range(count)]
    )
    orders.action_confirm()
    orders.action_assign()
    lots = env["stock.lot"].create(
        [{"product_id": product.id, "name": f"P{n:04}"} for n in range(count)]
    )
    for order, lot in zip(orders, lots, strict=True):
        order.lot_producing_ids = lot
        order.qty_producing = 1
        order.set_qty_producing()
    orders.move_raw_ids.picked = True
    return orders


def _product(env, name):
    return env["product.product"].create(
        {"name": name, "is_storable": True, "tracking": "lot"}
    )


def _warehouse(env):
    return env["stock.warehouse"].search([], limit=1)
