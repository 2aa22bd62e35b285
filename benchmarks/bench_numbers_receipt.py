"""What numbering by pattern costs a receipt, beside core with typed numbers."""

from benchmarks import side_by_side

LOTS = 1_000


def compare(ours, core, scale):
    """Return the ratio of the times, and the queries that we add."""
    lots = int(LOTS * scale)
    result = side_by_side.compare(__name__, "receive", (lots,), ours, core)
    return {
        "numbers_receipt_overhead": result["ratio"],
        "numbers_receipt_queries": result["queries"],
        "numbers_receipt_s": result["seconds"],
    }


def receive(env, side, lots):
    """Return the work: a receipt from its lines to done, each line a new lot."""
    warehouse = env["stock.warehouse"].search([], limit=1)
    picking_type = warehouse.in_type_id
    product = env["product.product"].create(
        {"name": "Measured", "is_storable": True, "tracking": "lot"}
    )
    names = [f"T{n:06}" for n in range(lots)]
    if side == "ours":
        pattern = {"name": "Measured", "batch_pattern": "{product}{yy}{doy}{seq:6}"}
        sequence = env["ir.sequence"].create(pattern)
        product.write({"batch_code": "RX", "lot_sequence_id": sequence.id})
        picking_type.batch_number_lots = True
        names = [False] * lots

    def work():
        way = {
            "location_id": env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": warehouse.lot_stock_id.id,
        }
        picking = env["stock.picking"].create(
            {"picking_type_id": picking_type.id, **way}
        )
        wanted = {"product_id": product.id, "product_uom_qty": lots}
        move = env["stock.move"].create({"picking_id": picking.id, **wanted, **way})
        picking.action_confirm()
        move.move_line_ids.unlink()
        _add_lines(move, names)
        move.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        assert picking.state == "done", picking.state

    return work


def _add_lines(move, names):
    """Add a line of one unit for each name; False for a name to come."""
    move.env["stock.move.line"].create(
        [
            {
                "move_id": move.id,
                "picking_id": move.picking_id.id,
                "product_id": move.product_id.id,
                "quantity": 1,
                "lot_name": name,
            }
            for name in names
        ]
    )
