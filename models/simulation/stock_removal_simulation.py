import logging
from collections import defaultdict
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...tools.days import local_day
from ...tools.simulation.replay import Outcome, Policy, replay
from ..base.ids import check_one
from ..base.job import IN_USE, JobRun, failure_text
from ..removal.product_template import MOST_DAYS

_logger = logging.getLogger(__name__)

#: Products replayed between two signs of progress.
BATCH = 20
#: More movements than this run in the background.
AT_ONCE = 20_000
#: Before and after these, some time zone has no moment for the day.
FIRST_YEAR, LAST_DAY = 1900, date(9998, 12, 31)

#: What the replay alone writes.
RESULTS = {"state", "progress", "waiting", "total", "left_out", "line_ids"}


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
        default=lambda self: self._today() - timedelta(days=365),
    )
    date_to = fields.Date("Until", required=True, default=lambda self: self._today())
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
    left_out = fields.Text(
        readonly=True, help="Products that could not be replayed, and why"
    )
    line_ids = fields.One2many(
        "stock.removal.simulation.line", "simulation_id", readonly=True
    )

    _forward_period = models.Constraint(
        "CHECK(date_from <= date_to)", "The period must not end before it begins."
    )

    def _today(self):
        """Return the day that it is in the company's time zone."""
        return local_day(fields.Datetime.now(), self.env.company._zone())

    @api.depends("date_from", "date_to")
    @api.depends_context("lang")
    def _compute_name(self):
        for simulation in self:
            simulation.name = self.env._(
                "%(start)s to %(end)s",
                start=format_date(self.env, simulation.date_from, date_format="medium"),
                end=format_date(self.env, simulation.date_to, date_format="medium"),
            )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [_asked(vals) for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        return super().write(vals if self.env.su else _asked(vals))

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        for simulation in self:
            if simulation.date_from.year < FIRST_YEAR or simulation.date_to > LAST_DAY:
                raise ValidationError(
                    self.env._(
                        "Choose a period between %(first)s and %(last)s.",
                        first=FIRST_YEAR,
                        last=LAST_DAY.year,
                    )
                )

    @api.constrains("margin_days", "window_days")
    def _check_days(self):
        for simulation in self:
            if not (
                0 <= simulation.margin_days <= MOST_DAYS
                and 0 <= simulation.window_days <= MOST_DAYS
            ):
                raise ValidationError(
                    self.env._("Type a number of days from 0 to %s.", MOST_DAYS)
                )

    # -- running

    def action_run(self):
        """Replay the period: at once if it is small, else in the background."""
        check_one(self)
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
        # sudo: results are written by nothing but this model
        self.sudo().line_ids.unlink()
        self.sudo().write(
            {
                "waiting": products.ids,
                "total": len(products),
                "progress": 0,
                "state": "running",
                "left_out": False,
                "line_ids": [
                    fields.Command.create(vals) for vals in self._line_vals(products)
                ],
            }
        )

    def _line_vals(self, products):
        """Return the lines to be filled: a strategy for each unit of measure."""
        in_use = self._methods_in_use(products)
        return [
            {"method": method, "uom_id": uom.id, "is_in_use": (method, uom) in in_use}
            for uom in products.uom_id
            for method in self.env["stock.removal"]._orderings()
        ]

    def _methods_in_use(self, products):
        """Return the pairs of strategy and unit by which products are reserved now."""
        quants = self.env["stock.quant"]
        warehouses = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company_id.id)]
        )
        return {
            (quants._get_removal_strategy(product, place), product.uom_id)
            for product in products
            for place in warehouses.lot_stock_id
        }

    @api.model
    def _cron_simulate(self):
        """Go on with what is running, some products at a time."""
        job = JobRun(self.env, "batch_tracking.ir_cron_removal_simulation")
        while running := self._running(job):
            if not job.do(
                running[0],
                lambda simulation: simulation._step(),
                size=1,
                beyond=lambda: sum(len(each.waiting) for each in self._running(job)),
            ):
                return

    @api.model
    def _running(self, job):
        """Return what is to be run, but for what ``job`` has set aside."""
        return self.search(
            [("state", "=", "running"), ("id", "not in", job.set_aside())], order="id"
        )

    def _step(self):
        """Replay some of the waiting products; return how many."""
        ids, waiting = self.waiting[:BATCH], self.waiting[BATCH:]
        products = self.env["product.product"].browse(ids).exists()
        for outcomes in self._replay_or_leave_out(products):
            for line in self.line_ids:
                line._add(outcomes[line.method, line.uom_id])
        # sudo: results are written by nothing but this model
        self.sudo().write(
            {
                "waiting": waiting,
                "progress": 100 * (1 - len(waiting) / max(1, self.total)),
                "state": "running" if waiting else "done",
            }
        )
        return len(ids)

    def _replay_or_leave_out(self, products):
        """Return the outcomes of products; one that fails is left out, and named."""
        try:
            with self.env.cr.savepoint():
                return [self._replay(products)]
        except IN_USE:
            raise
        except Exception as error:  # whatever it is: the others are replayed
            if len(products) == 1:
                _logger.warning("%s is not replayed", products, exc_info=True)
                self._leave_out(products, failure_text(self.env, error))
                return []
        each = map(self._replay_or_leave_out, products)
        return [outcomes for found in each for outcomes in found]

    def _leave_out(self, product, why):
        line = f"{product.display_name}: {why}"
        self.sudo().left_out = "\n".join(filter(None, [self.left_out, line]))

    def _replay(self, products):
        """Return ``{(method, uom.uom): Outcome}`` over some products."""
        outcomes = defaultdict(Outcome)
        lots, demands = self._lots(products), self._demands(products)
        for method, ordering in self.env["stock.removal"]._orderings().items():
            for product in products:
                policy = self._policy(product, ordering)
                events = (lots.get(product.id, ()), demands.get(product.id, ()))
                outcomes[method, product.uom_id].add(replay(*events, policy))
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

    # -- screens

    def action_chart(self):
        """Open the result as a chart."""
        check_one(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Strategies compared"),
            "res_model": "stock.removal.simulation.line",
            "view_mode": "graph,list",
            "domain": [("simulation_id", "=", self.id)],
        }


def _asked(vals):
    """Return what people may ask for, without results."""
    return {name: value for name, value in vals.items() if name not in RESULTS}
