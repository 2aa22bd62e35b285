from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from odoo import api, fields, models

from ...tools.removal.reservation import DecisionLog, LoggedScan, ReservationContext
from ...tools.removal.reservation_need import ReservationNeed

#: How long it is kept which lots were looked at, unless a parameter says otherwise.
KEPT_DAYS = 730
GC_BATCH = 10_000
KEPT_PARAMETER = "batch_tracking.decision_days"
#: More candidates than this nobody reads.
EXPLAINED = 60


class Explanation(NamedTuple):
    """Why a move has the lots it has, or would get."""

    need: ReservationNeed
    #: The removal strategy.
    method: str
    #: The ``ExplainedQuant``s, in the order of the strategy.
    candidates: list
    #: The stock.removal.decision it is told from; empty if from the stock as it is.
    decision: Any


class ExplainedQuant(NamedTuple):
    """One quant as it was looked at; quantities in the product's unit.

    ``quant_id`` is None for a lot that was taken by hand and not looked at.
    """

    quant_id: int | None
    lot_id: int | None
    free: float
    #: The code of what skipped it, or None: see ``stock.removal._reason``.
    skipped: str | None
    useful_until: datetime | None
    #: in the move now, or left by it
    taken: float
    #: of what the reservation has chosen
    reserved: float = 0.0


class StockRemovalDecision(models.Model):
    """What a reservation chose from, so that it can be explained later.

    ``scanned`` is a list of ``[quant, lot, free, skipped, useful until, taken]`` in the
    order of the strategy, as it was at that moment: ids, quantities in the product's
    unit, the code of what skipped it or null, ISO date and time in UTC.
    """

    _name = "stock.removal.decision"
    _description = "Removal Decision"
    _order = "id desc"
    _log_access = False

    move_id = fields.Many2one("stock.move", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", ondelete="set null")
    date = fields.Datetime(required=True)
    method = fields.Char(help="Removal strategy")
    demand = fields.Float(digits="Product Unit")
    need = fields.Json(help="Purpose, moment, arrival, time zone and what was asked")
    scanned = fields.Json()

    _move_idx = models.Index("(move_id, id)")
    _date_idx = models.Index("(date)")

    @api.model
    @contextmanager
    def _recording(self, moves):
        """Record what is reserved for moves; within another such block, that records.

        :param moves: stock.move
        :return: the moves, with the ``ReservationContext`` that takes note
        """
        reservation = ReservationContext.of(moves.env.context)
        if reservation and reservation.decision_log is not None:
            with self._recording_within(reservation):
                yield moves
            return
        log = DecisionLog()
        anybody = self.env["stock.quant"]._any_need()
        reservation = ReservationContext(anybody, decision_log=log)
        yield moves.with_context(batch_reservation=reservation)
        self._record(log)

    @api.model
    @contextmanager
    def _recording_within(self, reservation):
        log = reservation.decision_log
        known = len(log)
        try:
            with reservation.for_move(0, self.env["stock.quant"]._any_need()):
                yield
        except Exception:
            del log[known:]  # whoever catches it has rolled that back
            raise

    @api.model
    def _log_scan(self, reservation, scan, demand, reserved):
        """Take note of what a reservation has read, if somebody records it.

        :param ReservationContext reservation: for which move
        :param ReservationScan scan: what it has read
        :param float demand: how much it wanted, in the product's unit
        :param list reserved: ``[(quant, taken)]``
        """
        if reservation.decision_log is None or not reservation.move_id:
            return
        taken = {quant.id: amount for quant, amount in reserved}
        entry = LoggedScan(reservation.move_id, demand, scan, taken)
        reservation.decision_log.append(entry)

    @api.model
    def _record(self, log):
        """Write down what a ``DecisionLog`` holds; one decision for each move.

        A chained move reserves lot by lot what its predecessor brought: that is one
        decision too.
        """
        values = {}
        now = fields.Datetime.now()
        for entry in log:
            if not entry.taken:
                continue  # nothing to explain: what is there now tells it better
            decision = values.setdefault(entry.move_id, self._first_values(entry, now))
            decision["demand"] += entry.demand
            decision["scanned"] += _as_json(entry.scan.scanned, entry.taken)
        moves = self.env["stock.move"].browse(values)
        for move in moves:
            values[move.id]["company_id"] = move.company_id.id
        # sudo: nobody writes decisions but the reservation itself
        return self.sudo().create(list(values.values()))

    def _first_values(self, entry, now):
        """Return what is the same for all that one move reserves."""
        return {
            "move_id": entry.move_id,
            "user_id": self.env.uid,
            "date": now,
            "method": entry.scan.method,
            "demand": 0.0,
            "need": entry.scan.need.as_json(),
            "scanned": [],
        }

    @api.autovacuum
    def _gc_decisions(self):
        """Forget decisions older than the system parameter says."""
        parameters = self.env["ir.config_parameter"].sudo()
        days = int(parameters.get_param(KEPT_PARAMETER, KEPT_DAYS))
        limit = fields.Datetime.now() - timedelta(days=days)
        old = self.sudo().search([("date", "<", limit)], limit=GC_BATCH)
        old.unlink()
        return len(old), len(old) == GC_BATCH  # done, more to do

    def _taken_lot_ids(self):
        """Return the ids of the lots that these decisions reserved."""
        return {row[1] for decision in self for row in decision.scanned or () if row[5]}

    # -- explaining

    @api.model
    def _explanation(self, move):
        """Return why ``move`` has the lots it has.

        What was reserved is explained from its record, whatever has changed since; a
        move that has nothing yet, by what is in stock now.

        :param move: stock.move that the user may read
        :return: ``Explanation``, None if there is neither
        """
        # sudo: decisions belong to the reservation; the move was checked
        decisions = self.sudo().search([("move_id", "=", move.id)])
        is_open = move.state not in ("done", "cancel")
        if decisions and (move.move_line_ids or not is_open):
            return decisions._explanation_as_recorded(move.quantity)
        need = move._batch_need()
        if not need or not is_open:
            return None
        method, quants = self.env["stock.removal"]._recommended(
            move.product_id, move.location_id, need, EXPLAINED
        )
        candidates = [ExplainedQuant(*quant[:5], 0) for quant in quants]
        return Explanation(need, method, candidates, self.browse())

    def _explanation_as_recorded(self, quantity):
        """Return the ``Explanation`` of what led to a move's present ``quantity``."""
        latest = self[0]
        need = ReservationNeed.from_json(latest.need)
        candidates = self._merged_candidates(quantity)[:EXPLAINED]
        return Explanation(need, latest.method, candidates, latest)

    def _merged_candidates(self, quantity):
        """Return what these decisions, the latest first, have read for ``quantity``."""
        merged = {}
        for decision in reversed(self._latest_for(quantity)):
            for quant_id, lot_id, free, skipped, until, taken in decision.scanned:
                before = merged[quant_id].taken if quant_id in merged else 0
                useful_until = until and datetime.fromisoformat(until)
                merged[quant_id] = ExplainedQuant(
                    quant_id, lot_id, free, skipped, useful_until, before + taken
                )
        return list(merged.values())

    def _latest_for(self, quantity):
        """Return the latest decisions, as many as it takes to reach ``quantity``.

        A move that is served little by little has several; those that were undone
        since lie further back than its quantity goes.
        """
        counted, total = self.browse(), 0
        for decision in self:
            if counted and total >= quantity:
                break
            counted |= decision
            total += sum(row[5] for row in decision.scanned)
        return counted


def _as_json(scanned, taken):
    return [
        [
            quant.quant_id,
            quant.lot_id,
            quant.free,
            quant.skipped,
            quant.useful_until and quant.useful_until.isoformat(),
            taken.get(quant.quant_id, 0),
        ]
        for quant in scanned
    ]
