"""A launch against processes that ship the same batches at the same moment."""

import time

from odoo import SUPERUSER_ID, api, modules
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, retrying

from ...models.ledger import ledger
from ..disposition.races import QUIET, committed
from ..history.history_case import forget_lots
from ..processes import in_processes

PLENTY = 100_000


class RecallRace:
    """Some processes ship batches one unit at a time, one recalls all of them.

    :param str database: name; everything in it is committed
    :param int shippers: how many processes ship
    :param int lots: how many batches; each has one unit delivered before
    :param float seconds: for which they ship; the launch comes in the middle
    """

    def __init__(self, database, shippers, lots, seconds):
        self.database, self.shippers, self.seconds = database, shippers, seconds
        with committed(database) as env:
            self.lot_ids, self.product_ids = _prepare(env, lots)
        self.recall_id = None

    def run(self):
        """Return ``(units shipped, how often a launch failed)``."""
        deadline = time.time() + self.seconds
        work = [("ship", self.lot_ids, deadline, n) for n in range(self.shippers)]
        work.append(("launch", self.lot_ids, time.time() + self.seconds / 2, 0))
        results = in_processes(self.database, _take_part, work)
        launches = [rest for what, *rest in results if what == "launch"]
        [(self.recall_id, failures)] = launches
        return sum(rest[0] for what, *rest in results if what == "ship"), failures

    def outcome(self):
        """Return ``(units leaked, units delivered, units that the recall counted)``."""
        with committed(self.database) as env:
            recall = env["stock.recall"].browse(self.recall_id)
            lines = env["stock.move.line"].search(
                [("lot_id", "in", self.lot_ids), ("consignment", "=", "delivered")]
            )
            return (
                sum(recall._leaked().values()),
                sum(lines.mapped("quantity")),
                sum(recall.consignee_ids.mapped("delivered")),
            )

    def clean_up(self):
        """Remove what can be removed."""
        with committed(self.database) as env:
            lots = env["stock.lot"].browse(self.lot_ids)
            recalls = env["stock.recall.lot"].search([("lot_id", "in", lots.ids)])
            recalls = recalls.recall_id | env["stock.recall"].search(
                [("suspect_ids", "in", lots.ids)]
            )
            for table, column in _OF_RECALLS:
                env.cr.execute(
                    f"DELETE FROM {table} WHERE {column} = ANY(%s)", [recalls.ids]
                )
            env["stock.lot.decision"].search([("lot_ids", "in", lots.ids)]).unlink()
            lots._set_disposition(lots._disposition("released"), "Tidied up")
            with ledger.operation(env.cr):
                env.cr.execute(
                    "DELETE FROM stock_quant WHERE lot_id = ANY(%s)", [lots.ids]
                )
            pickings = env["stock.move.line"].search([("lot_id", "in", lots.ids)])
            pickings = pickings.picking_id | env["stock.picking"].search(
                [("origin", "=", "Recall race")]
            )
            env.cr.execute(
                "DELETE FROM stock_move_line WHERE lot_id = ANY(%s)", [lots.ids]
            )
            env.cr.execute(
                "DELETE FROM stock_move WHERE picking_id = ANY(%s)", [pickings.ids]
            )
            env.invalidate_all()
            pickings.unlink()
            forget_lots(env, lots)
            env["product.product"].browse(self.product_ids).product_tmpl_id.unlink()


_OF_RECALLS = (
    ("stock_recall_consignee", "recall_id"),
    ("stock_recall_lot", "recall_id"),
    ("stock_recall_left_out", "recall_id"),
    ("stock_recall", "id"),
)


def _prepare(env, count):
    product = env["product.product"].create(
        {"name": "Shipped at once", "is_storable": True, "tracking": "lot"}
    )
    lots = env["stock.lot"].create(
        [{"product_id": product.id, "name": f"RUSH-{n}"} for n in range(count)]
    )
    warehouse = env["stock.warehouse"].search([], limit=1)
    with ledger.operation(env.cr):
        for lot in lots:
            env["stock.quant"]._update_available_quantity(
                product, warehouse.lot_stock_id, PLENTY, lot_id=lot
            )
    return lots.ids, product.ids


def ship(env, lot_id):
    """Ship one unit of a batch, from the order to the door, in one transaction."""
    lot = env["stock.lot"].browse(lot_id)
    warehouse = env["stock.warehouse"].search([], limit=1)
    way = {
        "location_id": warehouse.lot_stock_id.id,
        "location_dest_id": env.ref("stock.stock_location_customers").id,
    }
    line = {"product_id": lot.product_id.id, "lot_id": lot.id, "quantity": 1, **way}
    picking = env["stock.picking"].create(
        {
            "picking_type_id": warehouse.out_type_id.id,
            "origin": "Recall race",
            "move_ids": [
                Command.create(
                    {
                        "product_id": lot.product_id.id,
                        "product_uom_qty": 1,
                        "move_line_ids": [Command.create(line)],
                        **way,
                    }
                )
            ],
            **way,
        }
    )
    picking.action_confirm()
    picking.move_ids.picked = True
    picking.button_validate()


def _take_part(registry, what, lot_ids, until, number):
    # As in a server, where no test runs.
    modules.module.current_test = False
    return {"ship": _ship_until, "launch": _launch_at}[what](
        registry, lot_ids, until, number
    )


def _ship_until(registry, lot_ids, until, number):
    """Ship one batch after the other until they are held, or it is time."""
    shipped = 0
    while time.time() < until:
        lot_id = lot_ids[(shipped + number) % len(lot_ids)]
        try:
            with registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, QUIET)
                ship(env, lot_id)
            shipped += 1
        except UserError:
            shipped += 0
            number += 1  # held: the next one
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            registry.reset_changes()
    return "ship", shipped


def _launch_at(registry, lot_ids, moment, _number):
    """Launch as a button does: Odoo tries again; count how often it had to."""
    time.sleep(max(0, moment - time.time()))
    failures = []
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, QUIET)
        lots = env["stock.lot"].browse(lot_ids)
        recall = env["stock.recall"]._draft(lots, "Race")
        cr.commit()  # pylint: disable=invalid-commit

        def launch():
            failures.append(recall)
            recall._start(alone=True)

        retrying(launch, env)
    return "launch", recall.id, len(failures) - 1
