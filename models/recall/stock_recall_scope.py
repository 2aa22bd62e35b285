from odoo import api, models

from ...tools.genealogy.order import depths
from ...tools.genealogy.steps import in_time
from ...tools.trace.mass_balance import balance_of
from ..genealogy.stock_lot_genealogy import FORWARD


class StockRecall(models.Model):
    """What a recall reaches: found by a walk forward, then frozen."""

    _inherit = "stock.recall"

    @api.model
    def _scope(self, lots):
        """Return what a recall of ``lots`` would reach, without changing anything.

        :return: dict with ``levels`` {lot: level}, ``early`` (lots that were made
            before, by their dates), ``on_hand`` {lot: quantity}, ``places`` [(lot,
            location, quantity)], ``consignees`` [(lot, partner, delivered, returned,
            last date)], ``balances`` {lot: Balance} and ``moved_over`` {lot: quantity
            that is goods of others of these lots}
        """
        edges = self.env["stock.lot.genealogy"]._edges(lots, FORWARD)
        pairs = [(edge.parent_id, edge.child_id) for edge in edges]
        steps = depths(lots.ids, pairs)
        affected = self.env["stock.lot"].search([("id", "in", list(steps))])
        return {
            "levels": {lot: steps[lot.id] for lot in affected},
            "early": affected - self._in_time(lots, affected, edges),
            "consignees": self._consignees_of(affected),
            **self._figures_of(affected, pairs),
        }

    def _in_time(self, lots, affected, edges):
        """Return those of ``affected`` that their dates allow to have any of lots."""
        came = self.env["stock.lot.trace"]._came_seconds(affected)
        steps = self.env["stock.lot.genealogy"]._steps(FORWARD, edges, came=came)
        allowed = in_time(lots.ids, steps).lots
        return affected.filtered(lambda lot: lot.id in allowed)

    def _consignees_of(self, affected):
        traces = self.env["stock.lot.trace"]
        by_id = {lot.id: lot for lot in affected}
        dates = traces._last_deliveries(affected)
        partner = self.env["res.partner"].browse
        return [
            (by_id[lot], partner(to), *amounts, dates.get((lot, to)))
            for lot, to, *amounts in traces._consignees(affected)
        ]

    def _figures_of(self, affected, pairs):
        traces = self.env["stock.lot.trace"]
        by_id = {lot.id: lot for lot in affected}
        location = self.env["stock.location"].browse
        places = traces._on_hand(affected)
        on_hand = traces._sum_by_lot(places)
        flows = traces._flows(affected)
        back = traces._came_back(pairs)
        moved = traces._moved_over(affected, back)
        return {
            "places": [
                (by_id[lot_id], location(location_id), quantity)
                for lot_id, location_id, quantity, *_kind in traces._places(affected)
            ],
            "on_hand": {lot: on_hand[lot.id] for lot in affected},
            "balances": {
                lot: balance_of(
                    flows[lot.id],
                    on_hand[lot.id],
                    back[lot.id].quantity if lot.id in back else 0.0,
                )
                for lot in affected
            },
            "moved_over": {lot: moved.get(lot.id, 0) for lot in affected},
        }

    def _prepare_lot(self, lot, level, scope):
        balance = scope["balances"][lot]
        return {
            "lot_id": lot.id,
            "level": level,
            "is_too_early": lot in scope["early"],
            "came_in": balance.came_in,
            "moved_over": min(balance.came_in, scope["moved_over"][lot]),
            "on_hand": balance.on_hand,
            "delivered": balance.delivered,
            "consumed": balance.consumed,
            "removed": balance.removed,
            "passed_on": balance.passed_on,
        }

    def _prepare_consignee(self, lot, partner, delivered, returned, date):
        return {
            "lot_id": lot.id,
            "partner_id": partner.id,
            "delivered": delivered,
            "returned": returned,
            "date": date,
        }
