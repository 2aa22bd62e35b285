import pytz

from odoo import api, fields, models

from ...tools.days import local_day
from ...tools.removal.remaining_life import remaining_days


class StockMoveExplain(models.TransientModel):
    """Why these lots? The candidates of a move in order, and what became of each."""

    _name = "stock.move.explain"
    _inherit = "batch.wizard"
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
        """Return the action that shows why ``move`` has the lots it has."""
        move.check_access("read")
        # sudo: the candidates of a move are what its people may know
        explained = self.sudo().create(self._explained_values(move))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why this batch?"),
            "res_model": self._name,
            "res_id": explained.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _explained_values(self, move):
        explanation = self.env["stock.removal.decision"]._explanation(move)
        if not explanation:
            return {"move_id": move.id, "decided": self.env._("There is no record.")}
        need, method = explanation.need, explanation.method
        removal = self.env["stock.removal"]
        requirement = removal._requirement(move.product_id, method, need)
        strategy = self.env["product.removal"].with_context(lang=None)
        strategy = strategy.search([("method", "=", method)], limit=1)
        lines = self.env["stock.move.explain.line"]
        return {
            "move_id": move.id,
            "strategy": strategy.with_context(lang=self.env.lang).name or method,
            "asked": removal._requirement_label(requirement),
            "arrival": need.arrival,
            "decided": self._decided_label(explanation),
            "line_ids": [
                fields.Command.create(
                    {
                        "place": place,
                        **lines._values(quant, need),
                        **lines._verdict(quant, move, need, requirement, method),
                    }
                )
                for place, quant in enumerate(explanation.candidates, start=1)
            ],
        }

    @api.model
    def _decided_label(self, explanation):
        """Return when and by whom it was decided, if there is a record of it."""
        decision = explanation.decision
        if decision:
            return self.env._(
                "Reserved on %(date)s by %(user)s",
                date=self.env["stock.lot"]._moment_text(decision.date),
                user=decision.user_id.name,
            )
        if any(candidate.taken for candidate in explanation.candidates):
            return self.env._("Nothing was reserved: somebody chose the batches.")
        return self.env._("Nothing is reserved. This is what would be taken now.")


class StockMoveExplainLine(models.TransientModel):
    """One candidate, as it was when it was looked at."""

    _name = "stock.move.explain.line"
    _inherit = "batch.wizard"
    _description = "Candidate Batch"
    _order = "place, id"

    explain_id = fields.Many2one("stock.move.explain", ondelete="cascade")
    place = fields.Integer("#")
    lot_id = fields.Many2one("stock.lot", "Batch", ondelete="cascade")
    location_id = fields.Many2one("stock.location", ondelete="cascade")
    expiration_date = fields.Datetime(related="lot_id.expiration_date")
    unit_cost = fields.Float(related="lot_id.unit_cost")
    days_left = fields.Integer("Days left", help="From the day it is judged on.")
    good_until = fields.Date(help="Until when the days left are counted.")
    free = fields.Float("Free then", digits="Product Unit")
    taken = fields.Float(digits="Product Unit")
    verdict = fields.Selection(
        [
            ("taken", "Taken"),
            ("replaced", "Replaced by hand"),
            ("next", "Not needed"),
            ("skipped", "Skipped"),
        ]
    )
    reason = fields.Text("Why")

    @api.model
    def _values(self, candidate, need):
        """Return what a line says of the batch.

        :param ExplainedQuant candidate: see ``stock.removal.decision``
        """
        lot = self.env["stock.lot"].browse(candidate.lot_id or []).exists()
        quant = self.env["stock.quant"].sudo().browse(candidate.quant_id or [])
        until = candidate.useful_until
        last = until and local_day(until, pytz.timezone(need.zone))
        return {
            "lot_id": lot.id,
            "location_id": quant.exists().location_id.id,
            "good_until": last,
            "days_left": last and remaining_days(last, need.arrival),
            "free": candidate.free,
            "taken": candidate.taken,
        }

    @api.model
    def _verdict(self, candidate, move, need, requirement, method):
        """Return what became of the candidate, and why."""
        removal = self.env["stock.removal"]
        if candidate.taken and candidate.reserved:
            reason = removal._reason_taken(method, candidate, need)
            return {"verdict": "taken", "reason": reason}
        if candidate.taken:
            return {"verdict": "taken", "reason": removal._reason_by_hand(move)}
        if candidate.skipped:
            lot = self.env["stock.lot"].browse(candidate.lot_id or []).exists()
            reason = removal._reason(
                candidate.skipped, lot, candidate.useful_until, need, requirement
            )
            return {"verdict": "skipped", "reason": reason}
        if candidate.reserved:
            reason = self.env._("It was reserved, and another was taken instead.")
            return {"verdict": "replaced", "reason": reason}
        return {"verdict": "next", "reason": False}
