from datetime import datetime

import pytz

from odoo import api, fields, models
from odoo.tools import format_datetime

from ...tools.removal.remaining_life import local_day, remaining_days
from ...tools.removal.reservation_need import Need

#: More than this nobody reads in a dialog.
SHOWN = 60


class StockMoveExplain(models.TransientModel):
    """Why these lots? The candidates of a move in order, and what became of each."""

    _name = "stock.move.explain"
    _description = "Why This Batch?"

    move_id = fields.Many2one("stock.move", readonly=True, ondelete="cascade")
    product_id = fields.Many2one(related="move_id.product_id")
    strategy = fields.Char(readonly=True)
    asked = fields.Char("Asked of a batch", readonly=True)
    arrival = fields.Date("Judged on", readonly=True)
    decided = fields.Char(readonly=True)
    line_ids = fields.One2many("stock.move.explain.line", "explain_id", readonly=True)

    @api.model
    def _open(self, move):
        """Return the action that shows why ``move`` has the lots it has.

        What was reserved is explained from its record, whatever has changed since;
        a move that has nothing yet, by what is in stock now.
        """
        move.check_access("read")
        explained = self.create(self._explanation(move))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why this batch?"),
            "res_model": self._name,
            "res_id": explained.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _explanation(self, move):
        # sudo: decisions belong to the reservation; the move was checked
        decisions = move.env["stock.removal.decision"].sudo()
        decisions = decisions.search([("move_id", "=", move.id)])
        open_move = move.state not in ("done", "cancel")
        if decisions and (move.move_line_ids or not open_move):
            return self._from_record(move, decisions)
        need = move._batch_need()
        if not need or not open_move:
            return {"move_id": move.id, "decided": self.env._("There is no record.")}
        return self._from_stock(move, need)

    @api.model
    def _from_record(self, move, decisions):
        latest = decisions[0]
        need = Need.from_json(latest.need)
        reads = self._merged(decisions, move.quantity)
        decided = self.env._(
            "Reserved on %(date)s by %(user)s",
            date=format_datetime(self.env, latest.date),
            user=latest.user_id.name,
        )
        return self._values(move, need, latest.method, reads, decided)

    @api.model
    def _merged(self, decisions, quantity):
        """Return what the decisions read that led to the move's present ``quantity``.

        A move that is served little by little has several; those that were undone
        since lie further back than its quantity goes.
        """
        counted, total = decisions.browse(), 0
        for decision in decisions:
            if counted and total >= quantity:
                break
            counted |= decision
            total += sum(read[5] for read in decision.reads)
        merged = {}
        for decision in reversed(counted):
            for quant, lot, free, skipped, until, taken in decision.reads:
                before = merged.get(quant, (None,) * 5 + (0,))[5]
                last = until and datetime.fromisoformat(until)
                merged[quant] = (quant, lot, free, skipped, last, before + taken)
        return list(merged.values())

    @api.model
    def _from_stock(self, move, need):
        method, found = self.env["stock.removal"]._look(
            move.product_id, move.location_id, need, SHOWN
        )
        reads = [(*read[:5], 0) for read in found]
        decided = self.env._("Nothing is reserved. This is what would be taken now.")
        return self._values(move, need, method, reads, decided)

    @api.model
    def _values(self, move, need, method, reads, decided):
        removal = self.env["stock.removal"]
        requirement = removal._requirement(move.product_id, method, need)
        strategy = self.env["product.removal"].with_context(lang=None)
        strategy = strategy.search([("method", "=", method)], limit=1)
        lines = self.env["stock.move.explain.line"]
        return {
            "move_id": move.id,
            "strategy": strategy.with_context(lang=self.env.lang).name or method,
            "asked": removal._asked(requirement),
            "arrival": need.arrival,
            "decided": decided,
            "line_ids": [
                fields.Command.create(lines._values(place, read, need, requirement))
                for place, read in enumerate(reads[:SHOWN], start=1)
            ],
        }


class StockMoveExplainLine(models.TransientModel):
    """One candidate, as it was when it was looked at."""

    _name = "stock.move.explain.line"
    _description = "Candidate Batch"
    _order = "place, id"

    explain_id = fields.Many2one("stock.move.explain", ondelete="cascade")
    place = fields.Integer("#")
    lot_id = fields.Many2one("stock.lot", "Batch", ondelete="cascade")
    location_id = fields.Many2one("stock.location", ondelete="cascade")
    expiration_date = fields.Datetime(related="lot_id.expiration_date")
    unit_cost = fields.Float(related="lot_id.unit_cost")
    days_left = fields.Integer("Days left")
    free = fields.Float("Free then", digits="Product Unit")
    taken = fields.Float(digits="Product Unit")
    verdict = fields.Selection(
        [("taken", "Taken"), ("next", "Not needed"), ("skipped", "Skipped")]
    )
    reason = fields.Text("Why")

    @api.model
    def _values(self, place, read, need, requirement):
        quant_id, lot_id, free, skipped, useful_until, taken = read
        lot = self.env["stock.lot"].browse(lot_id or []).exists()
        quant = self.env["stock.quant"].sudo().browse(quant_id).exists()
        removal = self.env["stock.removal"]
        zone = pytz.timezone(need.zone)
        last = useful_until and local_day(useful_until, zone)
        verdict = "skipped" if skipped else "taken" if taken else "next"
        return {
            "place": place,
            "lot_id": lot.id,
            "location_id": quant.location_id.id,
            "days_left": last and remaining_days(last, need.arrival),
            "free": free,
            "taken": taken,
            "verdict": verdict,
            "reason": skipped
            and removal._reason(skipped, lot, useful_until, need, requirement),
        }
