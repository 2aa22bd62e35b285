from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.fields import Domain
from odoo.tools import float_compare

from ...tools.movement import MOVE, STOCK_USAGES
from .release import Release

#: Finer than any unit of measure, coarser than what floats lose.
DIGITS = 6


class Spot(NamedTuple):
    """Where goods lie that are counted by themselves; ids, 0 for none."""

    place_id: int
    owner_id: int
    package_id: int


class StockMoveLine(models.Model):
    """Counting is no way to carry goods: less here and more there is a movement.

    So more of a batch is counted in one place only if it could have been moved there
    from wherever it lies, or was counted missing.
    """

    _inherit = "stock.move.line"

    def _check_may_leave(self):
        result = super()._check_may_leave()
        self._check_not_moved_by_counting()
        return result

    def _check_not_moved_by_counting(self):
        """Refuse to find goods that are held somewhere else, without the right.

        Who has it leaves an event.

        :raises ReleaseNotAllowedError: naming the batch, and where it lies
        :raises SecondPersonNeededError: where two people release
        :raises SignatureNeededError: where releases are signed
        """
        found = self._found_by_counting()
        if not found:
            return
        spots = found._spots_of_batches()
        for line in found:
            if place := line._taken_from(spots[line.lot_id.id]):
                self.env["stock.lot"]._check_release(line._release_by_count(place))
                line._note_found(place)

    def _found_by_counting(self):
        """Return the lines by which stock grows, of batches that something may hold."""
        # sudo: what is held is held whoever counts, and whatever they may read
        if "inventory" not in self.location_id.sudo().mapped("usage"):
            return self.browse()
        found = self.sudo().filtered(
            lambda line: (
                line.lot_id
                and line.quantity
                and line.location_id.usage == "inventory"
                and line.location_dest_id.usage in STOCK_USAGES
            )
        )
        return found.with_env(self.env)

    def _spots_of_batches(self):
        """Return where batches lie or were counted missing: ``{lot id: {Spot}}``."""
        spots = defaultdict(set)
        mine = Domain("lot_id", "in", self.lot_id.ids)
        companies = [*self.company_id.ids, False]
        for lot, *where in self._lying(mine, companies):
            spots[lot.id].add(Spot(*(record.id or 0 for record in where)))
        for (lot_id, spot), quantity in self._missing(mine, companies).items():
            if float_compare(quantity, 0, precision_digits=DIGITS) > 0:
                spots[lot_id].add(spot)
        return spots

    def _lying(self, domain, companies):
        """Return ``[(lot, place, owner, package)]`` of stock that is there."""
        # sudo: what is held is held whoever counts, and whatever they may read
        quants = self.env["stock.quant"].sudo()
        return quants._read_group(
            domain
            & Domain("location_id.company_id", "in", companies)
            & Domain("location_id.usage", "in", STOCK_USAGES)
            & Domain("quantity", ">", 0),
            ["lot_id", "location_id", "owner_id", "package_id"],
        )

    def _missing(self, domain, companies):
        """Return what counts say is missing: ``{(lot id, Spot): quantity}``.

        :param companies: ids of those whose places count, False for none
        """
        missing = defaultdict(float)
        done = domain & Domain("state", "=", "done")
        # A line that is done already is no earlier count.
        done &= Domain("id", "not in", self.ids)
        for sign, here, there, package in (
            (1, "location_id", "location_dest_id", "package_id"),
            (-1, "location_dest_id", "location_id", "result_package_id"),
        ):
            lines = self.sudo()._read_group(
                done
                & Domain(f"{here}.usage", "in", STOCK_USAGES)
                & Domain(f"{here}.company_id", "in", companies)
                & Domain(f"{there}.usage", "=", "inventory"),
                ["lot_id", here, "owner_id", package],
                ["quantity_product_uom:sum"],
            )
            for lot, *where, quantity in lines:
                spot = Spot(*(record.id or 0 for record in where))
                missing[lot.id, spot] += sign * quantity
        return missing

    def _taken_from(self, spots):
        """Return a place out of which the line's goods could not be moved, if any.

        :param spots: ``{Spot}`` in which the batch lies, or is missing
        """
        places = self.env["stock.location"]
        line = self.sudo()
        here = Spot(
            line.location_dest_id.id,
            line.owner_id.id or 0,
            line.result_package_id.id or 0,
        )
        ids = sorted({spot.place_id for spot in spots if spot != here})
        return next(filter(self._may_not_come_from, places.browse(ids)), places)

    def _may_not_come_from(self, place):
        target, place = self.location_dest_id.sudo(), place.sudo()
        if place._is_loosened_by(target):
            return True
        held = self.env["stock.quant"]._held_by(self.lot_id, place, MOVE)
        return bool(held) and not target._is_restrictive()

    def _release_by_count(self, place):
        """Return the ``Release`` of what is counted here and lies in a place."""
        lots = self.env["stock.lot"]
        lot = self.lot_id.sudo()
        place = place.sudo()
        holding = (place.imposed_disposition_ids | lot.disposition_id)._restrictive()[
            :1
        ]
        data = {
            "lot": lot.name,
            "place": place.display_name,
            "here": self.location_dest_id.sudo().display_name,
            "disposition": holding.name,
        }
        return Release(
            holding,
            self.lot_id,
            self.company_id,
            ask=self.env._(
                "Batch %(lot)s lies in %(place)s as “%(disposition)s”, or was counted "
                "missing there. More of it in %(here)s would be a movement: ask a "
                "quality manager to move it or to count it there, %(who)s.",
                who=lots._releasers_label(self.company_id),
                **data,
            ),
            propose=self.env._(
                "Batch %(lot)s lies in %(place)s as “%(disposition)s”, or was counted "
                "missing there, and two people take it to %(here)s: by a transfer, not "
                "by counting.",
                **data,
            ),
        )

    def _note_found(self, place):
        """Let the history of the batch say who counted it past what holds it."""
        # sudo: whoever counts leaves an event, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        events.create(
            events._note(
                self.lot_id,
                "disposition",
                self.env._("Counted elsewhere"),
                place.sudo().display_name,
                self.location_dest_id.sudo().display_name,
                document=self.picking_id or self.move_id,
                company_id=self.company_id.id,
            )
        )
