from contextlib import contextmanager
from datetime import timedelta

from odoo import api, fields, models

from ...tools.removal.reservation_need import Notes

#: How long it is kept which lots were looked at, unless a parameter says otherwise.
KEPT_DAYS = 730
GC_BATCH = 10_000
#: Under this name the cursor keeps what is being noted.
NOTES = "batch_tracking.notes"
KEPT_PARAMETER = "batch_tracking.decision_days"


class StockRemovalDecision(models.Model):
    """What a reservation chose from, so that it can be explained later.

    ``reads`` is a list of ``[quant, lot, free, skipped, useful until, taken]`` in the
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
    reads = fields.Json()

    _move_idx = models.Index("(move_id, id)")
    _date_idx = models.Index("(date)")

    @api.model
    @contextmanager
    def _recording(self):
        """Record what is reserved meanwhile; within another such block, it records.

        The notes are the transaction's and not the context's: a context of its own for
        each reservation makes Odoo search ever more environments.
        """
        notes = self._notes()
        if notes is not None:
            outer, notes.move_id = notes.move_id, 0
            yield
            notes.move_id = outer
            return
        notes = self.env.cr.cache[NOTES] = Notes()
        try:
            yield
        finally:
            del self.env.cr.cache[NOTES]
        self._record(notes)

    @api.model
    def _notes(self):
        """Return the ``Notes`` that are being taken, None if nobody wants any."""
        return self.env.cr.cache.get(NOTES)

    @api.model
    def _record(self, notes):
        """Write down what ``Notes`` hold; one decision for each move.

        A chained move reserves lot by lot what its predecessor brought: that is one
        decision too.
        """
        values = {}
        now = fields.Datetime.now()
        for move_id, _product, demand, reading, taken in notes:
            if not taken:
                continue  # nothing to explain: what is there now tells it better
            decision = values.setdefault(
                move_id,
                {
                    "move_id": move_id,
                    "user_id": self.env.uid,
                    "date": now,
                    "method": reading.method,
                    "demand": 0.0,
                    "need": reading.need.as_json(),
                    "reads": [],
                },
            )
            decision["demand"] += demand
            decision["reads"] += _as_json(reading.reads, dict(taken))
        moves = self.env["stock.move"].browse(values)
        for move in moves:
            values[move.id]["company_id"] = move.company_id.id
        # sudo: nobody writes decisions but the reservation itself
        return self.sudo().create(list(values.values()))

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
        return {read[1] for one in self for read in one.reads or () if read[5]}


def _as_json(reads, taken):
    return [
        [
            *(read.quant_id, read.lot_id, read.free, read.skipped),
            read.useful_until and read.useful_until.isoformat(),
            taken.get(read.quant_id, 0),
        ]
        for read in reads
    ]
