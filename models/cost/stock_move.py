from odoo import api, models
from odoo.tools import SQL, ormcache

from ...tools.cost.in_order import Inflow, unit_costs
from ...tools.days import local_day

#: Where goods come from when they come in at a cost.
COSTLY_SOURCES = ("supplier", "production")


class StockMove(models.Model):
    """Writes what lots cost that come in."""

    _inherit = "stock.move"

    def _action_done(self, *args, **kwargs):
        moves = super()._action_done(*args, **kwargs)
        known = moves
        if moves._costs_come_later():
            known = moves.filtered(lambda move: move._goes_back())
        known._update_unit_costs()
        return moves

    @api.model
    def _costs_come_later(self):
        """Tell whether costs are known later than the move is done.

        Whatever knows them calls ``_update_unit_costs`` then. Inventory alone knows
        the price of a move at once.
        """
        return False

    def _update_unit_costs(self):
        """Write the unit cost of the lots that these done moves brought in, or back.

        Goods that are free, and goods that went back, count for lots whose cost is
        known.
        """
        # sudo: who posts a bill or changes a price has no right on batches
        moves = self.sudo().filtered(lambda move: move._changes_costs())
        costly = moves.filtered(lambda move: move._has_unit_cost())
        known = (moves - costly).move_line_ids.lot_id.filtered("unit_cost")
        (costly.move_line_ids.lot_id | known)._find_unit_costs()

    def _changes_costs(self):
        """Tell whether goods came in, or went back to where they had come from."""
        return self.location_id.usage in COSTLY_SOURCES or self._goes_back()

    def _goes_back(self):
        return self.location_dest_id.usage == "supplier"

    def _has_unit_cost(self):
        return bool(self.price_unit)

    @api.model
    def _unit_cost_sql(self):
        """Return the SQL of what one unit (of the product) of ``stock_move`` cost."""
        return SQL.identifier(
            "stock_move", "price_unit", to_flush=self._fields["price_unit"]
        )

    @api.model
    def _line_cost_sql(self):
        """Return the SQL of what one unit of ``line`` of ``stock_move`` cost.

        NULL where nobody knows. From a supplier, what cost nothing is free.
        """
        cost = self._unit_cost_sql()
        return SQL(
            "CASE WHEN source.usage = 'supplier' THEN COALESCE(%s, 0)"
            " ELSE NULLIF(%s, 0) END",
            cost,
            cost,
        )

    @api.model
    def _is_costed_sql(self):
        """Return the condition on ``line`` of ``stock_move`` that it counts.

        What belongs to somebody else costs us nothing, and is not ours for nothing.
        """
        return SQL(
            "(line.owner_id IS NULL OR line.owner_id ="
            " (SELECT partner_id FROM res_company WHERE id = line.company_id))"
        )

    @api.model
    def _lot_costs(self, lot_ids):
        """Return ``{lot id: unit cost}`` by the done movements from outside.

        In the currency of the lot's company; of a lot that companies share, in that of
        ``_cost_companies``.
        """
        if self._counts_in_currencies():
            return self._costs_in_order(lot_ids)
        return dict(self.env.execute_query(self._lot_costs_sql(lot_ids)))

    @api.model
    @ormcache()
    def _counts_in_currencies(self):
        """Tell whether companies here count in several currencies.

        Remembered, as every receipt asks.
        """
        self.env["res.company"].flush_model(["currency_id"])
        query = SQL("SELECT COUNT(DISTINCT currency_id) > 1 FROM res_company")
        return self.env.execute_query(query)[0][0]

    @api.model
    def _cost_companies(self, lot_ids):
        """Return ``{lot id: id of the company}`` in whose currency its cost is.

        Of lots that companies share, and where they count in several currencies: the
        company whose goods came in first.
        """
        if not self._counts_in_currencies():
            return {}
        shared = self.env["stock.lot"].sudo().browse(lot_ids)
        shared = shared.filtered(lambda lot: not lot.company_id)
        return self._first_companies(self._inflows(shared.ids))

    @api.model
    def _first_companies(self, inflows):
        first = {}
        for inflow in sorted(inflows, key=lambda inflow: inflow.when):
            first.setdefault(inflow.lot, inflow.company)
        return first

    @api.model
    def _costs_in_order(self, lot_ids):
        """Return ``{lot id: unit cost}``, found in order of time.

        What came in costs what it did on that day, at the rate of that day.
        """
        inflows = self._inflows(lot_ids)
        coming = {inflow.lot for inflow in inflows}
        known = coming.union(lot_ids, *(dict(inflow.taken) for inflow in inflows))
        # sudo: what others paid for the same goods counts
        lots = self.env["stock.lot"].sudo().browse(known)
        said = lots.filtered(lambda lot: lot.unit_cost_typed or lot.id not in coming)
        first = self._first_companies(inflows)
        companies = self.env["res.company"].sudo()
        costs = {}
        for _currency, own in (
            lots.filtered(lambda lot: lot.id in coming)
            .grouped(
                lambda lot: (
                    (lot.company_id or companies.browse(first[lot.id])).currency_id
                )
            )
            .items()
        ):
            company = own[0].company_id or companies.browse(first[own[0].id])
            found = unit_costs(
                [self._in_currency_of(company, inflow) for inflow in inflows],
                {lot.id: lot._unit_cost_for(company) for lot in said},
            )
            costs.update((lot.id, found[lot.id]) for lot in own if lot.id in found)
        return costs

    @api.model
    def _in_currency_of(self, company, inflow):
        """Return an ``Inflow`` as it cost in a company's currency on its day."""
        own = company.browse(inflow.company)
        if inflow.cost is None or own.currency_id == company.currency_id:
            return inflow
        cost = own.currency_id._convert(
            inflow.cost,
            company.currency_id,
            company,
            local_day(inflow.when[0], company._zone()),
            round=False,
        )
        return inflow._replace(cost=cost)

    @api.model
    def _inflows(self, lot_ids):
        """Return each ``Inflow`` of lots from outside, without what went back."""
        self._flush_costs()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT came.lot_id, move.date, move.id, move.company_id,
                       (came.quantity - COALESCE((%(returned)s), 0))::float8,
                       came.cost::float8
                FROM (%(came_in)s) came JOIN stock_move move ON move.id = came.move_id
                """,
                returned=self._returned_sql(),
                came_in=self._came_in_at_cost_sql(
                    SQL("line.lot_id = ANY(%s)", list(lot_ids))
                ),
            )
        )
        return [
            Inflow((date, move_id), lot_id, quantity, cost, company=company_id)
            for lot_id, date, move_id, company_id, quantity, cost in rows
        ]

    @api.model
    def _lot_costs_sql(self, lot_ids=None):
        """Return the SELECT of ``lot_id, cost``; None for all lots.

        The average of all that came in, by quantity, without what went back.
        """
        self._flush_costs()
        wanted = SQL("line.lot_id IS NOT NULL")
        if lot_ids is not None:
            wanted = SQL("line.lot_id = ANY(%s)", list(lot_ids))
        return SQL(
            """
            SELECT lot_id, (SUM(kept * cost) / SUM(kept))::float8 AS cost FROM (
                SELECT came.lot_id, came.cost,
                       came.quantity - COALESCE((%(returned)s), 0) AS kept
                FROM (%(came_in)s) came
            ) whole
            WHERE kept > 0
            GROUP BY lot_id
            """,
            returned=self._returned_sql(),
            came_in=self._came_in_at_cost_sql(wanted),
        )

    @api.model
    def _flush_costs(self):
        """Let the database know all that costs are found from."""
        self.flush_model(["state", "date", "location_id", "origin_returned_move_id"])
        self.env["stock.move.line"].flush_model()

    @api.model
    def _came_in_at_cost_sql(self, wanted):
        """Return the SELECT of ``lot_id, move_id, quantity, cost`` by lot and move.

        :param SQL wanted: condition on ``line``
        """
        return SQL(
            """
            SELECT lot_id, move_id, SUM(quantity) AS quantity,
                   SUM(quantity * cost) / SUM(quantity) AS cost
            FROM (
                SELECT line.lot_id, line.move_id,
                       line.quantity_product_uom AS quantity, %(cost)s AS cost
                FROM stock_move_line line
                JOIN stock_move ON stock_move.id = line.move_id
                JOIN stock_location source ON source.id = line.location_id
                WHERE %(wanted)s AND line.state = 'done'
                  AND source.usage = ANY(%(sources)s)
                  AND line.quantity_product_uom > 0 AND %(counts)s
                  AND NOT %(came_back)s
            ) line
            WHERE cost IS NOT NULL
            GROUP BY lot_id, move_id
            """,
            cost=self._line_cost_sql(),
            wanted=wanted,
            counts=self._is_costed_sql(),
            came_back=self._came_back_sql(),
            sources=list(COSTLY_SOURCES),
        )

    @api.model
    def _came_back_sql(self):
        """Return the condition that ``line`` of ``stock_move`` is nothing new.

        What a production used, and gives back: by an unbuild, for example.
        """
        return SQL(
            "(source.usage = 'production' AND EXISTS ("
            " SELECT FROM stock_move_line used"
            " WHERE used.move_id = stock_move.origin_returned_move_id"
            " AND used.lot_id = line.lot_id AND used.state = 'done'))"
        )

    @api.model
    def _returned_sql(self):
        """Return the SELECT of how much of ``came`` has gone back."""
        return SQL(
            """
            SELECT SUM(line.quantity_product_uom)
            FROM stock_move back
            JOIN stock_move_line line ON line.move_id = back.id
            JOIN stock_location target ON target.id = line.location_dest_id
            WHERE back.origin_returned_move_id = came.move_id
              AND line.lot_id = came.lot_id AND line.state = 'done'
              AND target.usage = 'supplier' AND %s
            """,
            self._is_costed_sql(),
        )
