from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...tools.movement import STOCK_USAGES
from ...tools.removal.remaining_life import Requirement
from ...tools.simulation.replay import Demand, Lot, Outcome, Policy, replay

#: Products replayed between two signs of progress.
BATCH = 20
#: More movements than this run in the background.
AT_ONCE = 20_000
#: What came in, and what was there at the start: lots as they were received.
LOTS_SQL = """
    WITH flows AS (
        SELECT line.product_id, line.lot_id, line.date,
               CASE WHEN target.usage = ANY(%(own)s) THEN 1 ELSE -1 END
                   * line.quantity_product_uom AS quantity
        FROM stock_move_line line
        JOIN stock_location source ON source.id = line.location_id
        JOIN stock_location target ON target.id = line.location_dest_id
        WHERE line.state = 'done' AND line.company_id = %(company)s
          AND line.product_id = ANY(%(products)s)
          AND line.lot_id IS NOT NULL AND line.date < %(end)s
          AND (source.usage = ANY(%(own)s)) <> (target.usage = ANY(%(own)s))
    ), events AS (
        SELECT product_id, lot_id, %(start)s AS date, MIN(date) AS since,
               SUM(quantity) AS quantity
        FROM flows WHERE date < %(start)s
        GROUP BY product_id, lot_id
        UNION ALL
        SELECT product_id, lot_id, date, date, quantity
        FROM flows WHERE date >= %(start)s AND quantity > 0
    )
    SELECT events.product_id, events.lot_id, events.date, events.quantity,
           events.since, lot.expiration_date, lot.use_date,
           lot.effective_expiration_date, lot.production_date,
           lot.unit_cost, lot.removal_date
    FROM events JOIN stock_lot lot ON lot.id = events.lot_id
    WHERE events.quantity > 0
    ORDER BY events.date, events.lot_id
"""


class StockRemovalSimulation(models.Model):
    """What another removal strategy would have cost: a replay of a past period.

    The company's own receipts and deliveries are replayed under every strategy, by the
    engine in ``tools/simulation/replay.py``. Nothing is written but the result. Large
    periods run in the background, some products at a time.
    """

    _name = "stock.removal.simulation"
    _description = "Removal Simulation"
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: fields.Date.today() - timedelta(days=365),
    )
    date_to = fields.Date(
        "Until", required=True, default=lambda self: fields.Date.today()
    )
    categ_ids = fields.Many2many("product.category", string="Product categories")
    product_ids = fields.Many2many("product.product", string="Products")
    own_settings = fields.Boolean(
        "Try other settings",
        help="Replay FEMAL with this margin and window instead of each product's own.",
    )
    margin_days = fields.Float("Margin of expiration (days)")
    window_days = fields.Float("Similar expirations (days)")
    state = fields.Selection(
        [("draft", "To run"), ("running", "Running"), ("done", "Done")],
        default="draft",
        readonly=True,
    )
    progress = fields.Float(readonly=True)
    waiting = fields.Json(help="Ids of products that are still to be replayed")
    total = fields.Integer(help="How many products there are")
    line_ids = fields.One2many(
        "stock.removal.simulation.line", "simulation_id", readonly=True
    )

    _forward_period = models.Constraint(
        "CHECK(date_from < date_to)", "The period must end after it begins."
    )

    @api.depends("date_from", "date_to")
    def _compute_name(self):
        for simulation in self:
            simulation.name = self.env._(
                "%(start)s to %(end)s",
                start=simulation.date_from,
                end=simulation.date_to,
            )

    @api.constrains("margin_days", "window_days")
    def _check_days(self):
        for simulation in self:
            if simulation.margin_days < 0 or simulation.window_days < 0:
                raise ValidationError(
                    self.env._("The days of a simulation cannot be negative.")
                )

    # -- running

    def action_run(self):
        """Replay the period: at once if it is small, else in the background."""
        self.ensure_one()
        self.check_access("write")
        self._start()
        if not self.waiting:
            raise UserError(
                self.env._(
                    "Nothing was delivered or used of products tracked by batch in "
                    "this period. Choose another period or other products."
                )
            )
        if self._count_moves() > AT_ONCE:
            self.env.ref("batch_tracking.ir_cron_removal_simulation")._trigger()
            return
        while self.waiting:
            self._step()

    def _start(self):
        products = self._products()
        self.line_ids.unlink()
        self.write(
            {
                "waiting": products.ids,
                "total": len(products),
                "progress": 0,
                "state": "running",
                "line_ids": [
                    fields.Command.create({"method": method})
                    for method in self.env["stock.removal"]._orderings()
                ],
            }
        )

    @api.model
    def _cron_simulate(self):
        """Go on with what is running, some products at a time."""
        for simulation in self.search([("state", "=", "running")], order="id"):
            while simulation.waiting:
                done = simulation._step()
                left = self.env["ir.cron"]._commit_progress(
                    done, remaining=len(simulation.waiting or [])
                )
                if not left:
                    return

    def _step(self):
        """Replay some of the waiting products; return how many."""
        ids, waiting = self.waiting[:BATCH], self.waiting[BATCH:]
        products = self.env["product.product"].browse(ids).exists()
        outcomes = self._replay(products)
        for line in self.line_ids:
            line._add(outcomes[line.method])
        self.write(
            {
                "waiting": waiting,
                "progress": 100 * (1 - len(waiting) / max(1, self.total)),
                "state": "running" if waiting else "done",
            }
        )
        return len(ids)

    def _replay(self, products):
        """Return ``{method: Outcome}`` over some products."""
        outcomes = {}
        lots, demands = self._lots(products), self._demands(products)
        for method, ordering in self.env["stock.removal"]._orderings().items():
            outcomes[method] = Outcome()
            for product in products:
                policy = self._policy(product, ordering)
                events = (lots.get(product.id, ()), demands.get(product.id, ()))
                outcomes[method].add(replay(*events, policy))
        return outcomes

    def _policy(self, product, ordering):
        if self.own_settings:
            return Policy(ordering, self.window_days, self.margin_days)
        return Policy(
            ordering,
            product.femal_window_days,
            product.femal_margin_days,
            product.femal_margin_percent,
        )

    # -- what happened

    def _bounds(self):
        return (
            datetime.combine(self.date_from, datetime.min.time()),
            datetime.combine(self.date_to, datetime.min.time()),
        )

    def _products(self):
        """Return the tracked products of which something left in the period."""
        domain = [("tracking", "!=", "none")]
        if self.categ_ids:
            domain.append(("categ_id", "child_of", self.categ_ids.ids))
        if self.product_ids:
            domain.append(("id", "in", self.product_ids.ids))
        start, end = self._bounds()
        moved = self.env["stock.move"]._read_group(
            [
                ("state", "=", "done"),
                ("company_id", "=", self.company_id.id),
                ("date", ">=", start),
                ("date", "<", end),
                ("location_id.usage", "in", STOCK_USAGES),
                ("location_dest_id.usage", "in", ("customer", "production")),
                ("product_id", "any", domain),
            ],
            ["product_id"],
        )
        return self.env["product.product"].concat(*(product for (product,) in moved))

    def _count_moves(self):
        start, end = self._bounds()
        return self.env["stock.move"].search_count(
            [
                ("state", "=", "done"),
                ("product_id", "in", self.waiting),
                ("date", ">=", start),
                ("date", "<", end),
            ],
            limit=AT_ONCE + 1,
        )

    def _lots(self, products):
        """Return ``{product id: [Lot]}``: what was there, and what came in."""
        self.env["stock.move.line"].flush_model()
        self.env["stock.lot"].flush_model()
        start, end = self._bounds()
        rows = self.env.execute_query(
            SQL(
                LOTS_SQL,
                own=list(STOCK_USAGES),
                company=self.company_id.id,
                products=products.ids,
                start=start,
                end=end,
            )
        )
        lots = {}
        for product_id, *facts in rows:
            lots.setdefault(product_id, []).append(_lot(*facts, start=start))
        return lots

    def _demands(self, products):
        """Return ``{product id: [Demand]}`` of customers and production."""
        start, end = self._bounds()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.product_id, MIN(line.date), SUM(line.quantity_product_uom),
                       COALESCE(move.partner_id, picking.partner_id), target.usage
                FROM stock_move_line line
                JOIN stock_move move ON move.id = line.move_id
                LEFT JOIN stock_picking picking ON picking.id = move.picking_id
                JOIN stock_location source ON source.id = line.location_id
                JOIN stock_location target ON target.id = line.location_dest_id
                WHERE line.state = 'done' AND line.company_id = %(company)s
                  AND line.product_id = ANY(%(products)s)
                  AND line.date >= %(start)s AND line.date < %(end)s
                  AND source.usage = ANY(%(own)s)
                  AND target.usage IN ('customer', 'production')
                GROUP BY line.product_id, line.move_id, 4, 5
                """,
                own=list(STOCK_USAGES),
                company=self.company_id.id,
                products=products.ids,
                start=start,
                end=end,
            )
        )
        categories = {product.id: product.categ_id.id for product in products}
        demands = {}
        for product_id, date, quantity, partner_id, usage in rows:
            terms = (Requirement(), 0)
            if partner_id and usage == "customer":
                terms = self.env["res.partner"]._shelf_life_terms(
                    partner_id, categories[product_id]
                )
            demand = Demand(_day(date, start), quantity, *terms)
            demands.setdefault(product_id, []).append(demand)
        return demands

    # -- screens

    def action_chart(self):
        """Open the result as a chart."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Strategies compared"),
            "res_model": "stock.removal.simulation.line",
            "view_mode": "graph,list",
            "domain": [("simulation_id", "=", self.id)],
        }


def _day(moment, start):
    return (moment - start) / timedelta(days=1) if moment else None


def _lot(lot_id, date, quantity, since, *facts, start):
    """Return the ``Lot`` of a row of ``LOTS_SQL``."""
    expiry, best_before, effective, made, cost, removal = facts
    return Lot(
        key=lot_id,
        day=_day(date, start),
        quantity=quantity,
        expiry=_day(expiry, start),
        best_before=_day(best_before, start),
        effective=_day(effective, start),
        produced=float((made - start.date()).days) if made else None,
        cost=cost or 0.0,
        since=_day(since, start),
        removal=_day(removal, start),
    )
