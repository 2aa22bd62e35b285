"""What reserving costs beside a database that does not have the addon."""

from benchmarks import side_by_side
from benchmarks.bench_removal import (
    FEW,
    STRATEGIES,
    WANTED,
    analyze,
    stocked_product,
)

NAME = "Measured"
TURNS = 6
MOVES, PRODUCTS, QUANTS_EACH = 100, 50, 1_000


def compare(ours, core, scale):
    """Return ratios of the times: less than 1 is faster than core."""
    few = side_by_side.compare(__name__, "reserve_few", (), ours, core)
    each = (int(QUANTS_EACH * scale),)
    assign = side_by_side.compare(__name__, "assign", each, ours, core, rounds=5)
    return {
        "reserve_10_ratio": few["ratio"],
        "assign_100_moves_ratio": assign["ratio"],
        "assign_100_moves_s": assign["seconds"],
    }


def reserve_few(env, side, *_arguments):
    """Return the work: reserve from ten quants under each strategy, FEFO in core."""
    stock = env["stock.warehouse"].search([], limit=1).lot_stock_id
    products = [_product(env, side, stock, FEW, method) for method in STRATEGIES]
    analyze(env)
    quants = env["stock.quant"]

    def work():
        for _turn in range(TURNS):
            for product in products:
                env.invalidate_all()
                reserved = quants._get_reserve_quantity(product, stock, WANTED)
                assert sum(taken for _quant, taken in reserved) == WANTED

    return work


def assign(env, side, quants_each):
    """Return the work: confirm and reserve 100 deliveries of 50 products."""
    warehouse = env["stock.warehouse"].search([], limit=1)
    stock = warehouse.lot_stock_id
    products = env["product.product"].search([("default_code", "=", NAME)])
    if not products:
        for _n in range(PRODUCTS):
            products |= _product(env, side, stock, quants_each, "fefo")
        products.default_code = NAME
        analyze(env)
        env.cr.commit()
    places = {
        "location_id": stock.id,
        "location_dest_id": env.ref("stock.stock_location_customers").id,
    }
    pickings = env["stock.picking"].create(
        [{"picking_type_id": warehouse.out_type_id.id, **places} for _n in range(MOVES)]
    )
    moves = env["stock.move"].create(
        [
            {
                "product_id": products[n % PRODUCTS].id,
                "product_uom_qty": WANTED,
                "picking_id": picking.id,
                **places,
            }
            for n, picking in enumerate(pickings)
        ]
    )

    def work():
        pickings.action_confirm()
        pickings.action_assign()
        assert all(move.state == "assigned" for move in moves)

    return work


def _product(env, side, stock, count, method):
    product = stocked_product(env, stock, count, ours=side == "ours")
    fefo = env.ref("product_expiry.removal_fefo")
    if side == "ours":
        product.removal_strategy_id = env.ref(STRATEGIES[method])
    product.categ_id = env["product.category"].create(
        {"name": "Bench", "removal_strategy_id": fefo.id}
    )
    env.flush_all()
    return product
