from typing import Any, NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.movement import USES


class Held(NamedTuple):
    """What keeps goods from a use."""

    disposition: Any
    #: The stock.location that imposes it; empty if the lot has it itself.
    place: Any
    #: One of ``tools.movement.USES``.
    purpose: str


class StockQuant(models.Model):
    """The one definition of what is held.

    Goods are held from a use by the disposition of their lot, or by one that the place
    imposes in which they lie, if that forbids the use. Whoever asks takes the form
    that suits: of a lot in a place (``_held_by``), a domain (``_held_domain``),
    conditions for the index of free quants (``_held_conditions``), or the text of a
    view (``_held_view_sql``). ``tests/disposition/test_disposition_held.py`` compares
    them.
    """

    _inherit = "stock.quant"

    @api.model
    def _held_by(self, lot, place, use):
        """Return the ``Held`` that keeps a lot in a place from ``use``, or None.

        :param lot: stock.lot, may be empty
        :param place: stock.location, may be empty
        :param str use: one of ``tools.movement.USES``
        """
        # sudo: what is held is held whoever asks, and whatever they may read
        lot, place = lot.sudo(), place.sudo()
        if not lot.disposition_id._allows(use):
            return Held(lot.disposition_id, place.browse(), use)
        for imposed in place.imposed_disposition_ids:
            if not imposed._allows(use):
                return Held(imposed, place, use)
        return None

    @api.model
    def _holding_ids(self, use, guarded=()):
        """Return the ids of the dispositions that hold goods from ``use``.

        :param str use: one of ``tools.movement.USES``
        :param guarded: ids of dispositions that hold what lies in their places besides
        :return: ids of lots' own, ids of those that places impose; both lists
        """
        of_lots = self.env["stock.lot.disposition"]._forbidding_ids(use)
        imposing = self.env["stock.location"]._imposing_ids()
        return list(of_lots), sorted(imposing & {*of_lots, *guarded})

    @api.model
    def _held_domain(self, use):
        """Return the domain of quants that must not be put to ``use``.

        ``any!``: who sells or buys may look up quantities without reading batches.
        """
        of_lots, of_places = self._holding_ids(use)
        held = Domain.FALSE
        if of_lots:
            by_lot = Domain("disposition_id", "in", of_lots)
            held |= Domain("lot_id", "any!", by_lot)
        if of_places:
            by_place = Domain("imposed_disposition_ids", "in", of_places)
            held |= Domain("location_id", "any!", by_place)
        return held

    @api.model
    def _held_conditions(self, use, guarded=()):
        """Return what holds quants, for a query that looks at them one by one.

        :param guarded: see ``_holding_ids``
        :return: list of ``(code, SQL condition on stock_quant)``, “place” before “held”
        """
        of_lots, of_places = self._holding_ids(use, guarded)
        conditions = []
        if of_places:
            conditions.append(("place", self._in_place_sql(of_places)))
        if of_lots:
            conditions.append(("held", self._of_lot_sql(of_lots)))
        return conditions

    @api.model
    def _of_lot_sql(self, disposition_ids):
        field = self.env["stock.lot"]._fields["disposition_id"]
        # A scalar subquery is looked up row by row; IN would first read every held lot.
        return SQL(
            "(SELECT %s FROM stock_lot WHERE stock_lot.id = %s) = ANY(%s)",
            SQL.identifier("stock_lot", "disposition_id", to_flush=field),
            self._field_to_sql("stock_quant", "lot_id"),
            disposition_ids,
        )

    @api.model
    def _in_place_sql(self, disposition_ids):
        field = self.env["stock.location"]._fields["imposed_disposition_ids"]
        return SQL(
            "EXISTS (SELECT FROM stock_location_imposed_rel imposed"
            " WHERE %s = %s AND imposed.disposition_id = ANY(%s))",
            SQL.identifier("imposed", "location_id", to_flush=field),
            self._field_to_sql("stock_quant", "location_id"),
            disposition_ids,
        )

    @api.model
    def _held_view_sql(self, alias, use):
        """Return the text of a condition for a view: permissions may change later.

        Hashed once by PostgreSQL: lots and places that hold are few.

        :param str alias: what the view calls stock_quant
        """
        assert use in USES, use
        return f"""(
            {alias}.lot_id IN (
                SELECT held.id FROM stock_lot held
                JOIN stock_lot_disposition held_as ON held_as.id = held.disposition_id
                WHERE held_as.allow_{use} IS NOT TRUE
            ) OR {alias}.location_id IN (
                SELECT imposed.location_id FROM stock_location_imposed_rel imposed
                JOIN stock_lot_disposition held_as
                  ON held_as.id = imposed.disposition_id
                WHERE held_as.allow_{use} IS NOT TRUE
            )
        )"""

    # -- held from any movement

    @api.model
    def _restricted_domain(self):
        """Return the domain of quants for which some movement is forbidden."""
        restrictive = list(self.env["stock.lot.disposition"]._restrictive_ids())
        by_batch = Domain("disposition_id", "in", restrictive)
        by_place = Domain("imposed_disposition_ids", "in", restrictive)
        held = Domain("lot_id", "any!", by_batch)
        return held | Domain("location_id", "any!", by_place)

    def _restricted(self):
        """Return the quants whose lot, or place, forbids some movement."""
        known = self.env["stock.lot.disposition"]._known()
        # sudo: what is held is held whoever asks, and whatever they may read
        quants = self.sudo()
        restrictive = known.restrictive
        lots = {lot.id for lot in quants.lot_id if lot.disposition_id.id in restrictive}
        places = set()
        if known.imposing & restrictive:
            places = {
                place.id
                for place in quants.location_id
                if not restrictive.isdisjoint(place.imposed_disposition_ids._ids)
            }
        if not lots and not places:
            return self.browse()
        return self.filtered(
            lambda quant: quant.lot_id.id in lots or quant.location_id.id in places
        )

    def _restricting(self):
        """Return the dispositions of the lot and the place that forbid a movement."""
        imposed = self.location_id.imposed_disposition_ids
        return (self.lot_id.disposition_id | imposed)._restrictive()
