from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.fields import Domain
from odoo.tools import float_compare

from ...tools.movement import STOCK_USAGES

#: Finer than any unit of measure, coarser than what floats lose.
DIGITS = 6
#: The sides of the outside that goods come back from as if they were others.
SIDES = ("inventory", "production", "supplier")


class Spot(NamedTuple):
    """Where goods lie that are counted by themselves; ids, 0 for none."""

    place_id: int
    owner_id: int
    package_id: int


#: The two ends of a line.
SOURCE, TARGET = "location_id", "location_dest_id"


class StockLot(models.Model):
    """Where a lot lies, and what it has left in the books without being released."""

    _inherit = "stock.lot"

    def _guarding(self):
        """Return the dispositions of these lots that only quality managers end.

        Their own, or those of places in which they lie or that they left unreleased.
        """
        guarding = self.disposition_id.filtered("needs_quality_right")
        if not self.env["stock.location"]._imposing_ids():
            return guarding
        spots = [
            *self._spots_lying(self._all_companies()).values(),
            *self._spots_left_anywhere().values(),
        ]
        ids = sorted({spot.place_id for found in spots for spot in found})
        # sudo: what is held is held whoever asks
        imposed = self.env["stock.location"].sudo().browse(ids).imposed_disposition_ids
        return guarding | imposed.filtered("needs_quality_right").with_env(self.env)

    def _guarded(self):
        """Return those of these lots that only quality managers release."""
        guarded = self.filtered("disposition_id.needs_quality_right")
        others = self - guarded
        if not others or not self.env["stock.location"]._imposing_ids():
            return guarded
        places = defaultdict(set)
        for lot_id, spots in others._spots_lying(self._all_companies()).items():
            places[lot_id] |= {spot.place_id for spot in spots}
        for (lot_id, _side), spots in others._spots_left_anywhere().items():
            places[lot_id] |= {spot.place_id for spot in spots}
        ids = sorted(set().union(*places.values()))
        # sudo: what is held is held whoever asks
        imposing = self.env["stock.location"].sudo().browse(ids)
        imposing = imposing.filtered(lambda place: place._is_guarded())
        return guarded | others.filtered(
            lambda lot: not places[lot.id].isdisjoint(imposing._ids)
        )

    def _all_companies(self):
        # sudo: what is held is held in all companies
        return [
            *self.env["res.company"].sudo().search([("id", "!=", False)]).ids,
            False,
        ]

    def _spots_left_anywhere(self):
        """Return ``_spots_left`` of all companies."""
        return self._spots_left(self._all_companies(), self.env["stock.move.line"])

    def _spots_lying(self, companies):
        """Return where the lots lie: ``{lot id: {Spot}}``.

        :param companies: ids of those whose places count, False for none
        """
        spots = defaultdict(set)
        if not self:
            return spots
        # sudo: what is held is held whoever asks, and whatever they may read
        quants = self.env["stock.quant"].sudo()
        for lot, *where in quants._read_group(
            Domain("lot_id", "in", self.ids)
            & Domain("location_id.company_id", "in", companies)
            & Domain("location_id.usage", "in", STOCK_USAGES)
            & Domain("quantity", ">", 0),
            ["lot_id", "location_id", "owner_id", "package_id"],
        ):
            spots[lot.id].add(Spot(*(record.id or 0 for record in where)))
        return spots

    def _spots_left(self, companies, without):
        """Return what they have left, and not come back to, by where to.

        :param companies: ids of those whose places count, False for none
        :param without: stock.move.line that do not count: they are asked for just now
        :return: ``{(lot id, usage of the outside): {Spot}}``
        """
        lines = self._lines_past_what_holds(companies) - without.sudo()
        left = defaultdict(set)
        # Dates can be set back by who counts, lines be typed long before they are done:
        # who does either is found by the other.
        for ordered in (lines.sorted("id"), lines.sorted(lambda ln: (ln.date, ln.id))):
            for key, quantity in _not_come_back(ordered).items():
                if float_compare(quantity, 0, precision_digits=DIGITS) > 0:
                    *side, spot = key
                    left[tuple(side)].add(spot)
        return left

    def _lines_past_what_holds(self, companies):
        """Return the done lines between the outside and stock that something holds.

        Places that impose something, or any where the lot itself is held.
        """
        known = self.env["stock.lot.disposition"]._known()
        imposing = sorted(known.imposing & (known.restrictive | known.guarded))
        by_lot = Domain("lot_id.disposition_id", "in", sorted(known.restrictive))
        ways = Domain.FALSE
        for here, there in ((SOURCE, TARGET), (TARGET, SOURCE)):
            by_place = Domain(f"{here}.imposed_disposition_ids", "in", imposing)
            ways |= self._crossing(here, there, companies) & (by_place | by_lot)
        done = Domain("lot_id", "in", self.ids) & Domain("state", "=", "done")
        # sudo: what is held is held whoever asks, and whatever they may read
        return self.env["stock.move.line"].sudo().search(done & ways)

    @staticmethod
    def _crossing(here, there, companies):
        """Return the domain of lines with stock of companies here, outside there.

        :param str here: name of the field, ``SOURCE`` or ``TARGET``, like ``there``
        """
        return (
            Domain(f"{here}.usage", "in", STOCK_USAGES)
            & Domain(f"{here}.company_id", "in", companies)
            & Domain(f"{there}.usage", "in", SIDES)
        )


def _not_come_back(lines):
    """Return how much has left for good: ``{(lot id, usage, Spot): quantity}``.

    What came in before it left is no return of it.

    :param lines: stock.move.line in the order in which they were done
    """
    left = defaultdict(float)
    for line in lines:
        is_out = line.location_id.usage in STOCK_USAGES
        outside = line.location_dest_id if is_out else line.location_id
        spot = line._spot_at_source() if is_out else line._spot_at_target()
        key = line.lot_id.id, outside.usage, spot
        change = line.quantity_product_uom if is_out else -line.quantity_product_uom
        left[key] = max(0.0, left[key] + change)
    return left
