from odoo import models

from ...tools.movement import MOVE, OWN_USAGES
from .exceptions import HeldByCompanyError
from .release import Release
from .stock_lot_spots import SIDES, Spot

#: Where what one company has counted away, used or scrapped comes back at another. A
#: supplier may send one what another has sent back.
SHARED_SIDES = ("inventory", "production")
#: Where goods are of use to somebody who does not ask what held them.
USED_UP = ("customer", "production", "supplier")


class StockMoveLine(models.Model):
    """What comes from outside is not carried past what holds the rest of its batch.

    Less here and more there is a movement, whether the books say that goods were
    counted away meanwhile, used, scrapped or sent back. So goods of a batch come in, or
    pass on, only if they could have been moved there from wherever the batch lies, or
    has gone from to that side of the outside; of a batch that companies share, also
    wherever another company has counted it away.
    """

    _inherit = "stock.move.line"

    def _check_may_leave(self):
        result = super()._check_may_leave()
        self._check_comes_past_nothing()
        return result

    def _action_done(self):
        nameless = self.filtered(lambda line: line.lot_name and not line.lot_id)
        nameless = nameless._coming_from_outside(is_named=False)
        result = super()._action_done()
        # By its number core has found the batch only now.
        nameless.exists()._check_comes_past_nothing()
        return result

    def _check_comes_past_nothing(self):
        """Refuse to bring what is held somewhere else, without the right.

        Who has it leaves an event.

        :raises HeldByCompanyError: where it lay with a company that is not the user's
        :raises ReleaseNotAllowedError: naming the batch, and where it lies
        :raises SecondPersonNeededError: where two people release
        :raises SignatureNeededError: where releases are signed
        """
        for line, place in self._past_what_holds():
            line._check_held_by_no_other(place)
            self.env["stock.lot"]._check_release(line._release_from_outside(place))
            line._note_come_past(place)

    def _check_held_by_no_other(self, place):
        """Refuse to bring what lay in a place of a company the user does not work for.

        Which place that is, is none of their business.

        :raises HeldByCompanyError: naming the batch, and the company
        """
        others = place.sudo().company_id - self.env.user.sudo().company_ids
        if others and not self.env.su:
            raise HeldByCompanyError(self.lot_id, others)

    def _past_what_holds(self):
        """Return ``[(line, place)]`` of lines that come past a place that holds."""
        coming = self._coming_from_outside()
        if not coming:
            return []
        gone, lying = coming._spots_gone(), coming._spots_passed()
        found = [
            (
                line,
                line._comes_past(gone[line.id], has_gone=True)
                or line._comes_past(lying[line.id]),
            )
            for line in coming
        ]
        return [(line, place) for line, place in found if place]

    def _coming_from_outside(self, is_named=True):
        """Return the lines that bring goods from outside which something may hold.

        :param bool is_named: only those of which the batch is known
        """
        # sudo: what is held is held whoever moves, and whatever they may read
        lines = self.sudo()
        if all(place.usage in OWN_USAGES for place in lines.location_id):
            return self.browse()
        known = self.env["stock.lot.disposition"]._known()
        places_hold = not known.imposing.isdisjoint(known.restrictive | known.guarded)
        return self.browse(
            line.id
            for line in lines
            if line.quantity
            and line._enters()
            and (places_hold or line._is_counted_while_held(known))
            and (line.lot_id or not is_named)
        )

    def _enters(self):
        """Tell whether goods come in, or pass on outside, as no delivery that returns.

        Customers send back what they have, whatever holds the rest of it.
        """
        source, target = self.location_id.usage, self.location_dest_id.usage
        if source in OWN_USAGES or source == target:
            return False
        return source != "customer" or target == "production"

    def _is_counted_while_held(self, known):
        """Tell whether the batch itself may be kept from moving where it was found."""
        if self.location_id.usage != "inventory":
            return False
        return not self.lot_id or self.lot_id.disposition_id.id in known.restrictive

    # -- what holds the rest

    def _spots_gone(self):
        """Return what each line's batch has left for where this comes from."""
        companies = [*self.company_id.ids, False]
        gone = self.lot_id._spots_left(companies, self)
        shared = self.lot_id._shared()
        if shared:
            everywhere = shared._spots_left(shared._all_companies(), self)
            gone |= {
                key: everywhere[key] for key in everywhere if key[1] in SHARED_SIDES
            }
        return {
            line.id: gone.get((line.lot_id.id, line.location_id.sudo().usage), set())
            for line in self
        }

    def _spots_passed(self):
        """Return where each line's batch still lies, if that counts."""
        passing = self.filtered(lambda line: line._passes_what_lies())
        lying = passing.lot_id._spots_lying([*passing.company_id.ids, False])
        return {
            line.id: lying.get(line.lot_id.id, set()) if line in passing else set()
            for line in self
        }

    def _passes_what_lies(self):
        """Tell whether what still lies somewhere counts as well.

        It does for who says to have found it, and who passes it on at once. More may be
        received or made of a batch of which some is held.
        """
        line = self.sudo()
        is_found = line.location_id.usage == "inventory"
        return is_found or line.location_dest_id.usage in USED_UP

    def _comes_past(self, spots, has_gone=False):
        """Return a place out of which the line's goods could not go there, if any.

        :param spots: ``{Spot}`` in which the batch lies
        :param bool has_gone: it lay there, and has gone to where this comes from
        """
        places = self.env["stock.location"]
        here = self._spot_at_target()
        ids = sorted({spot.place_id for spot in spots if spot != here})
        for place in places.browse(ids).sudo():
            if self._may_not_come_from(place) or (
                # On from one side of the outside to another nobody could follow it.
                has_gone and self._stays_outside() and place._is_restrictive()
            ):
                return place.with_env(self.env)
        return places

    def _may_not_come_from(self, place):
        target, quants = self.location_dest_id.sudo(), self.env["stock.quant"]
        if target.usage not in OWN_USAGES:
            purpose = self.move_id._purpose_between(self.location_id.sudo(), target)
            return bool(quants._held_by(self.lot_id, place, purpose))
        held = quants._held_by(self.lot_id, place, MOVE)
        if held and not target._is_restrictive():
            return True
        return place._is_loosened_by(target)

    def _stays_outside(self):
        return self.location_dest_id.sudo().usage in SIDES

    def _spot_at_source(self):
        line = self.sudo()
        return Spot(line.location_id.id, line.owner_id.id or 0, line.package_id.id or 0)

    def _spot_at_target(self):
        line = self.sudo()
        package_id = line.result_package_id.id or 0
        return Spot(line.location_dest_id.id, line.owner_id.id or 0, package_id)

    # -- the release

    def _release_from_outside(self, place):
        """Return the ``Release`` of what comes past a place that holds it."""
        lots = self.env["stock.lot"]
        place = place.sudo()
        held_as = place.imposed_disposition_ids | self.lot_id.sudo().disposition_id
        holding = (held_as._restrictive() or held_as)[:1]
        data = {
            "lot": self.lot_id.name,
            "place": place.display_name,
            "here": self.location_dest_id.sudo().display_name,
            "disposition": holding.name,
        }
        return Release(
            holding,
            self.lot_id,
            self.company_id,
            ask=self.env._(
                "Batch %(lot)s lies in %(place)s as “%(disposition)s”, or has left it "
                "unreleased: counted missing, used, scrapped or sent back. More of it "
                "in %(here)s would be a movement: ask a quality manager to move it or "
                "to bring it there, %(who)s.",
                who=lots._releasers_label(self.company_id),
                **data,
            ),
            propose=self.env._(
                "Batch %(lot)s lies in %(place)s as “%(disposition)s”, or has left it "
                "unreleased: counted missing, used, scrapped or sent back. Two people "
                "take it to %(here)s: by a transfer from %(place)s, where it is "
                "counted or returned first.",
                **data,
            ),
        )

    def _note_come_past(self, place):
        """Let the history of the batch say who brought it past what holds it."""
        is_found = self.location_id.sudo().usage == "inventory"
        counted = self.env._("Counted elsewhere")
        # sudo: whoever moves leaves an event, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        events.create(
            [
                events._note(
                    self.lot_id,
                    "disposition",
                    counted if is_found else self.env._("Brought from outside"),
                    place.sudo().display_name,
                    self.location_dest_id.sudo().display_name,
                    document=self.picking_id or self.move_id,
                    company_id=company.id,
                )
                for company in self.company_id | place.sudo().company_id
            ]
        )
