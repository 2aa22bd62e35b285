from math import isclose

from odoo import api, models
from odoo.tools import format_amount

from .stock_removal_decision import EXPLAINED, ExplainedQuant, Explanation


class StockRemovalDecision(models.Model):
    """Tells what really left, beside what was reserved, and what was not needed."""

    _inherit = "stock.removal.decision"

    @api.model
    def _explanation(self, move):
        explanation = super()._explanation(move)
        # sudo: what lies in the move was checked with it
        taken = move.sudo()._lots_taken()
        if not explanation:
            need = taken and move._batch_need()
            if not need:
                return None
            quants = self.env["stock.quant"]
            method = quants._get_removal_strategy(move.product_id, move.location_id)
            explanation = Explanation(need, method, [], self.browse())
        candidates = self._as_it_left(explanation.candidates, taken)
        if explanation.decision:
            candidates += self._not_needed(move, explanation, candidates)
        return explanation._replace(candidates=candidates[:EXPLAINED])

    @api.model
    def _as_it_left(self, candidates, taken):
        """Return the candidates with what lies in the move now, or has left by it.

        :param dict taken: ``{lot: quantity}``; lots that were not looked at are added
        """
        reserved = {}
        for each in candidates:
            reserved[each.lot_id] = reserved.get(each.lot_id, 0) + each.taken
        left = {lot.id: quantity for lot, quantity in taken.items()}
        told, corrected = [], set()
        for each in candidates:
            amount, lot_id = each.taken, each.lot_id
            if lot_id and not isclose(
                left.get(lot_id, 0), reserved[lot_id], abs_tol=1e-9
            ):
                amount = 0 if lot_id in corrected else left.get(lot_id, 0)
                corrected.add(lot_id)
            told.append(each._replace(taken=amount, reserved=each.taken))
        return told + self._taken_by_hand(candidates, taken)

    def _taken_by_hand(self, candidates, taken):
        known = {each.lot_id for each in candidates}
        return [
            ExplainedQuant(None, lot.id, 0, None, lot.useful_until or None, quantity)
            for lot, quantity in taken.items()
            if lot.id not in known
        ]

    @api.model
    def _not_needed(self, move, explanation, told):
        """Return what may go as well, and was there already when it was decided."""
        _method, quants = self.env["stock.removal"]._recommended(
            move.product_id, move.location_id, explanation.need, EXPLAINED
        )
        eligible = self._untold(quants, told)
        quants = self.env["stock.quant"].sudo()
        quants = quants.browse([quant.quant_id for quant in eligible])
        there = {q.id for q in quants if q.in_date < explanation.decision.date}
        return [
            ExplainedQuant(*quant[:5], 0)
            for quant in eligible
            if quant.quant_id in there
        ]

    def _untold(self, quants, told):
        """Return what was not skipped, and is not told of yet."""
        known = {each.quant_id for each in told}
        known_lots = {each.lot_id for each in told if each.quant_id is None}
        return [
            quant
            for quant in quants
            if not quant.skipped
            and quant.quant_id not in known
            and quant.lot_id not in known_lots
        ]


class StockRemoval(models.AbstractModel):
    """Says why a lot was taken."""

    _inherit = "stock.removal"

    @api.model
    def _reason_taken(self, method, candidate, need):
        """Return why the strategy has taken something.

        :param ExplainedQuant candidate: what was taken
        :param ReservationNeed need: in whose time zone days are told
        """
        ordering = self._orderings().get(method)
        if not ordering:
            return self.env._("The strategy put it first of those that may go.")
        lead = ordering.lead
        field = self.env["stock.quant"]._fields[lead]
        label = field._description_string(self.env)
        value = self._lead_value(lead, candidate, need)
        if not value:
            return self.env._("No other that may go comes before it.")
        return self.env._(
            "First of those that may go: %(what)s %(value)s.",
            what=label.lower(),
            value=value,
        )

    def _lead_value(self, lead, candidate, need):
        # sudo: what the reservation has compared, of a lot that was taken
        lot = self.env["stock.lot"].sudo().browse(candidate.lot_id or []).exists()
        quant = self.env["stock.quant"].sudo().browse(candidate.quant_id or [])
        value = (lot if lead in lot._fields else quant.exists())[lead]
        if lead == "unit_cost":
            currency = (lot.company_id or self.env.company).currency_id
            return value and format_amount(self.env, value, currency)
        return value and self._day(value, need)

    @api.model
    def _reason_by_hand(self, move):
        """Return who took another lot than was recommended, and why, as far as told."""
        # sudo: the log of what was taken by this move, which the user may read
        override = self.env["stock.removal.override"].sudo()
        override = override.search([("move_id", "=", move.id)], limit=1)
        why = override.reason or move.override_reason
        if override and why:
            return self.env._(
                "Taken by hand by %(user)s: “%(why)s”",
                user=override.user_id.name,
                why=why,
            )
        if override:
            return self.env._("Taken by hand by %s.", override.user_id.name)
        return self.env._("Taken by hand.")
