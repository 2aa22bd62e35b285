from odoo import api, models

from ...tools.recall.reach import POSSIBLE, reach
from ...tools.trace.mass_balance import balance_of
from ..genealogy.lot_sql import id_list
from .scopes import SCOPE_NAMES


class StockRecall(models.Model):
    """What a recall reaches: found by a walk forward, then frozen."""

    _inherit = "stock.recall"

    @api.model
    def _scope(self, lots, scope=POSSIBLE, left_out=()):
        """Return what a recall of ``lots`` would reach, without changing anything.

        :param int scope: how sure it must be, see ``tools/recall/reach.py``
        :param left_out: stock.lot that were taken out: nothing goes on through them
        :return: dict with ``found`` {lot: Found}, ``on_hand`` {lot: quantity},
            ``consignees`` [(lot, partner, delivered, returned, last date)],
            ``balances`` {lot: Balance} and ``moved_over`` {lot: quantity that is goods
            of others of these lots}
        """
        return self._figures_now(*self._found_within(lots, scope, left_out))

    @api.model
    def _found_within(self, lots, scope=POSSIBLE, left_out=()):
        """Return ``{lot id: Found}`` within a scope, and the pairs of lots on the way.

        The pairs are ``(parent id, child id)``, of lots that are both found.
        """
        ways = self._ways(lots)
        found = {
            lot_id: each
            for lot_id, each in reach(lots.ids, ways, set(id_list(left_out))).items()
            if each.scope <= scope
        }
        pairs = [
            (way.parent, way.child)
            for way in ways
            if way.parent in found and way.child in found
        ]
        return found, pairs

    @api.model
    def _figures_now(self, found, pairs):
        """Return how much there is and was of what ``_found_within`` has found."""
        affected = self.env["stock.lot"].search([("id", "in", list(found))])
        return {
            "found": {lot: found[lot.id] for lot in affected},
            "consignees": self._consignees_of(affected),
            **self._figures_of(affected, pairs),
        }

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
        on_hand = traces._sum_by_lot(traces._on_hand(affected))
        flows = traces._flows(affected)
        back = traces._came_back(pairs)
        moved = traces._moved_over(affected, back)
        return {
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

    def _prepare_lot(self, lot, found, scope):
        balance = scope["balances"][lot]
        return {
            "lot_id": lot.id,
            "level": found.level,
            "scope": SCOPE_NAMES[found.scope],
            "is_too_early": found.is_too_early,
            "came_in": balance.came_in,
            "moved_over": min(balance.came_in, scope["moved_over"][lot]),
            "on_hand": balance.on_hand,
            "delivered": balance.delivered,
            "consumed": balance.consumed,
            "removed": balance.removed,
            "passed_on": balance.passed_on,
        }

    def _prepare_consignees(self, consignees):
        """Return the values of the rows that say who has had what.

        :param list consignees: as ``_scope`` returns them
        :return: list of dicts ``{column: value}``, all with the same columns
        """
        return [
            {
                "recall_id": self.id,
                "company_id": self.company_id.id,
                "version": self.version,
                "lot_id": lot.id,
                "partner_id": partner.id,
                "delivered": delivered,
                "returned": returned,
                "net": delivered - returned,
                "date": date,
            }
            for lot, partner, delivered, returned, date in consignees
        ]
