from contextlib import contextmanager
from datetime import timedelta

from odoo import api, fields, models

from ...tools.days import local_day
from ...tools.movement import DELIVER, MOVE
from ...tools.removal.remaining_life import Requirement
from ...tools.removal.reservation import ReservationContext
from ...tools.removal.reservation_need import ReservationNeed


class StockMove(models.Model):
    """A move tells the reservation what the goods are for, and when.

    It does so by a ``ReservationContext``, which ``stock.quant`` heeds when it looks
    for something to reserve, and only then.
    """

    _inherit = "stock.move"

    def _action_assign(self, *args, **kwargs):
        if not self:
            return None  # core asks this after each write of a line, and does nothing
        with self.env["stock.removal.decision"]._recording(self) as moves:
            return super(StockMove, moves)._action_assign(*args, **kwargs)

    def _update_reserved_quantity_vals(self, *args, **kwargs):
        with self._reserving() as move:
            return super(StockMove, move)._update_reserved_quantity_vals(
                *args, **kwargs
            )

    def _set_quantity_done_prepare_vals(self, qty):
        with (
            self.env["stock.removal.decision"]._recording(self) as recorded,
            recorded._reserving() as move,
        ):
            return super(StockMove, move)._set_quantity_done_prepare_vals(qty)

    def _set_lot_ids(self):
        result = None
        for move in self:
            with move._reserving() as reserving:
                result = super(StockMove, reserving)._set_lot_ids()
        return result

    def _get_available_quantity(self, *args, **kwargs):
        with (
            self._reserving() as move,
            ReservationContext.of(move.env.context).filtering(),
        ):
            return super(StockMove, move)._get_available_quantity(*args, **kwargs)

    @contextmanager
    def _reserving(self):
        """Return the move, with a ``ReservationContext`` that says what it needs."""
        move = self._sharing_reservation(self)
        reservation = ReservationContext.of(move.env.context)
        with reservation.for_move(self._origin.id, self._batch_need()):
            yield move

    @api.model
    def _sharing_reservation(self, records):
        """Return records with one ``ReservationContext`` for all that they reserve.

        What does so for many moves, one by one, takes one for all of them: Odoo looks
        through all environments for each that differs by its context.
        """
        if ReservationContext.of(records.env.context):
            return records
        reservation = ReservationContext(self.env["stock.quant"]._any_need())
        return records.with_context(batch_reservation=reservation)

    def _batch_need(self):
        """Return the ``ReservationNeed`` of the move, None if nothing is asked of it.

        A late move needs its goods today, not on the day it was planned for.
        """
        self.ensure_one()
        purpose = self._batch_purpose()
        if not purpose:
            return None
        last = self._batch_last_move()
        moment = max(last.date, fields.Datetime.now())
        partner = last.partner_id or last.picking_id.partner_id
        asked, transit = Requirement(), 0
        if partner and purpose == DELIVER:
            terms = self.env["res.partner"]._shelf_life_terms
            asked, transit = terms(partner.id, self.product_id.categ_id.id)
        zone = self.company_id._zone()
        day = local_day(moment, zone) + timedelta(days=transit)
        # sudo: what a place imposes holds for people who may not read it
        place = self.location_id.sudo()
        inside = tuple(place.imposed_disposition_ids.ids) if purpose == MOVE else ()
        return ReservationNeed(
            purpose, moment, day, str(zone), asked, partner.id or 0, inside
        )
