from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.movement import MOVE


class StockRemoval(models.AbstractModel):
    """What lies in a place that imposes a disposition is held as by the lot's own."""

    _inherit = "stock.removal"

    @api.model
    def _exclusions(self, product, method, need):
        exclusions = super()._exclusions(product, method, need)
        forbidding = self._forbidding_places(need)
        if forbidding:
            exclusions.insert(0, ("place", self._held_by_place(forbidding)))
        return exclusions

    @api.model
    def _forbidding_places(self, need):
        """Return the ids of imposed dispositions that keep goods from ``need``.

        Whoever moves things about inside takes nothing out of a quarantine unless the
        transfer begins there.
        """
        dispositions = self.env["stock.lot.disposition"]
        imposing = self.env["stock.location"]._imposing_ids()
        forbidding = set(dispositions._forbidding_ids(need.purpose))
        if need.purpose == MOVE:
            forbidding |= dispositions._guarded_ids() - set(need.inside)
        return sorted(imposing & forbidding)

    @api.model
    def _held_by_place(self, disposition_ids):
        field = self.env["stock.location"]._fields["imposed_disposition_ids"]
        return SQL(
            "EXISTS (SELECT FROM stock_location_imposed_rel imposed"
            " WHERE %s = %s AND imposed.disposition_id = ANY(%s))",
            SQL.identifier("imposed", "location_id", to_flush=field),
            self._column("location_id"),
            disposition_ids,
        )

    @api.model
    def _held_domain(self, use):
        """Return the domain of quants that must not be put to ``use``.

        ``any!``: who sells or buys may look up quantities without reading batches.

        :param str use: one of ``tools.movement.USES``
        """
        forbidding = self.env["stock.lot.disposition"]._forbidding_ids(use)
        places = self.env["stock.location"]._imposing_ids() & set(forbidding)
        held = Domain.FALSE
        if forbidding:
            by_batch = Domain("disposition_id", "in", forbidding)
            held |= Domain("lot_id", "any!", by_batch)
        if places:
            by_place = Domain("imposed_disposition_ids", "in", sorted(places))
            held |= Domain("location_id", "any!", by_place)
        return held

    def _reason(self, code, lot, useful_until, need, requirement):
        if code != "place":
            return super()._reason(code, lot, useful_until, need, requirement)
        return self.env._(
            "It lies in a location that does not let it be taken for this."
        )
