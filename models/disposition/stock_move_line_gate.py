from odoo import models

from ...tools.movement import MOVE, STOCK_USAGES
from .exceptions import BatchHeldError
from .release import Release


class StockMoveLine(models.Model):
    """Refuses what the disposition of the lot, or of the place it lies in, forbids."""

    _inherit = "stock.move.line"

    def _check_dispositions(self):
        """Refuse lines that may not make this movement.

        :raises BatchHeldError: naming the lot, what holds it, who put it there and why
        """
        for line in self._maybe_held():
            if held := line._held():
                raise BatchHeldError(line, held)

    def _maybe_held(self):
        """Return the lines whose lot or place forbids anything at all: few, if any."""
        restrictive = self.env["stock.lot.disposition"]._restrictive_ids()
        # sudo: the gate holds whoever moves, and whatever they may read
        lots, held = self.lot_id.sudo(), set()
        if not restrictive.isdisjoint(lots.disposition_id._ids):
            held = {lot.id for lot in lots if lot.disposition_id.id in restrictive}
        places = self._imposing_places()
        if not held and not places:
            return self.browse()
        return self.filtered(
            lambda line: line.lot_id.id in held or line.location_id.id in places
        )

    def _imposing_places(self):
        """Return the ids of those of the lines' places that impose something."""
        if not self.env["stock.location"]._imposing_ids():
            return set()
        places = self.location_id.sudo()
        return {place.id for place in places if place.imposed_disposition_ids}

    def _batch_permitted(self):
        """Tell whether the line may do what it does."""
        return not self._held()

    def _held(self):
        """Return the ``Held`` that forbids what the line does, or None."""
        self.ensure_one()
        # What core moves is the one, what a person typed the other.
        if not (self.quantity or self.quantity_product_uom):
            return None
        quants = self.env["stock.quant"]
        for purpose in self._batch_purposes():
            if held := quants._held_by(self.lot_id, self.location_id, purpose):
                return held
        return None

    def _would_be_forbidden(self, disposition):
        """Tell whether the line would lose its lot, were it under ``disposition``."""
        if not self.quantity or self.state == "cancel":
            return False
        return not all(map(disposition._allows, self._batch_purposes()))

    def _batch_purposes(self):
        """Return what must be permitted: what the move is for, and where this goes.

        Lines may leave the route of their move: their own counts as well.
        """
        move = self.move_id
        if move._is_internal_to_operation():
            return ()
        own = move._purpose_between(self.location_id, self.location_dest_id)
        if own in (None, MOVE) and self.location_dest_id.sudo()._is_restrictive():
            return ()  # into a quarantine, whatever the move is for
        purpose = move._batch_purpose() if move else None
        if purpose and own in (None, MOVE):
            return (purpose,)
        # On the way to a quarantine it is not in it yet: its own step counts.
        return tuple(dict.fromkeys(filter(None, (purpose, own))))

    # -- leaving a place that imposes a disposition

    def _check_may_leave(self):
        """Refuse to carry goods out of a quarantine to those who may not release.

        :raises ReleaseNotAllowedError: naming the place and who may
        :raises SecondPersonNeededError: to who planned it alone
        :raises SignatureNeededError: where releases are signed
        """
        leaving = self._leaving_guarded()
        for lines in leaving.grouped(
            lambda line: (line.company_id, line.location_id)
        ).values():
            release = lines[0]._release_from_place()
            is_second = lines._is_planned_by_another()
            self.env["stock.lot"]._check_release(release._replace(is_second=is_second))

    def _leaving_guarded(self):
        """Return the lines that carry goods out of what only quality ends."""
        places = self._imposing_places()
        if not places:
            return self.browse()
        return self.filtered(
            lambda line: line.location_id.id in places and line._leaves_guarded()
        )

    def _leaves_guarded(self):
        """Tell whether a disposition ends by this line which only quality ends."""
        source, target = self.location_id.sudo(), self.location_dest_id.sudo()
        inward = target.usage in STOCK_USAGES
        return inward and bool(self.quantity) and source._is_loosened_by(target)

    def _release_from_place(self):
        """Return the ``Release`` of what the line carries out of a place."""
        lots = self.env["stock.lot"]
        place = self.location_id.sudo()
        guarding = place.imposed_disposition_ids.filtered("needs_quality_right")[:1]
        return Release(
            guarding,
            place.with_env(self.env),
            self.company_id,
            ask=self.env._(
                "What lies in %(place)s is “%(disposition)s”: only a quality manager "
                "takes it out. Ask %(who)s.",
                place=place.display_name,
                disposition=guarding.name,
                who=lots._releasers_label(self.company_id),
            ),
            propose=self.env._(
                "What lies in %(place)s is “%(disposition)s”, and two people take it "
                "out: one quality manager plans the transfer, another one validates "
                "it.",
                place=place.display_name,
                disposition=guarding.name,
            ),
        )

    def _note_left(self):
        """Let the history of each lot say that it was taken out of a quarantine."""
        # sudo: whoever takes goods out leaves an event, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        events.create([line._left_event() for line in self if line.lot_id])

    def _left_event(self):
        source, target = self.location_id.sudo(), self.location_dest_id.sudo()
        document = self.picking_id or self.move_id
        return self.env["stock.lot.event"]._note(
            self.lot_id,
            "disposition",
            self.env._("Taken out of %s", source.display_name),
            ", ".join(source.imposed_disposition_ids.mapped("name")),
            ", ".join(target.imposed_disposition_ids.mapped("name"))
            or target.display_name,
            document=document,
            company_id=self.company_id.id,
        )
