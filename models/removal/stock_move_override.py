import pytz

from odoo import fields, models

from ...tools.movement import CONSUME, DELIVER
from ...tools.removal.ordering import Candidate, in_order
from ..base.characters import check_storable
from ..base.ids import check_one
from .exceptions import OverrideReasonMissingError
from .stock_picking import WAITING_STATES

#: For these purposes it matters which lot was taken.
EVALUATED_PURPOSES = (DELIVER, CONSUME)
#: How far down the order it is looked for what was recommended.
LOOKED_AT = 40
#: How many skipped lots a transfer names.
NOTICED = 5


class StockMove(models.Model):
    """Notices when people take another lot than the strategy's.

    What the strategy has reserved for a move is never an override, even if stock has
    changed since. A move whose lots were chosen by hand is compared with what is
    recommended when it is done.
    """

    _inherit = "stock.move"

    override_reason = fields.Char(
        "Why another batch",
        copy=False,
        help="Why another batch leaves than the recommended one.",
    )
    removal_override = fields.Selection(related="picking_type_id.removal_override")

    def write(self, vals):
        check_storable(self, vals, ["override_reason"])
        return super().write(vals)

    def action_explain_removal(self):
        """Open “Why this batch?”."""
        check_one(self)
        return self.env["stock.move.explain"]._open(self)

    def _action_done(self, *args, **kwargs):
        overrides = self._removal_overrides()
        self._check_override_reasons(overrides)
        moves = super()._action_done(*args, **kwargs)
        log = self.env["stock.removal.override"].sudo()
        log.create(overrides)
        return moves

    def _check_override_reasons(self, overrides):
        for move, values in self._unexplained(overrides):
            raise OverrideReasonMissingError(move, *move._overridden_lots(values))

    def _override_sentences(self):
        """Return a sentence for each override that ``self`` would be."""
        sentences = []
        for values in self._removal_overrides():
            move = self.browse(values["move_id"])
            sentences.append(move._override_sentence(*move._overridden_lots(values)))
        return sentences

    def _overridden_lots(self, values):
        """Return the lot that was taken, and the one that was recommended."""
        lots = self.env["stock.lot"]
        return lots.browse(values["lot_id"]), lots.browse(values["recommended_lot_id"])

    def _override_sentence(self, lot, recommended_lot):
        return self.env._(
            "Batch %(recommended)s of %(product)s is recommended, and %(taken)s was "
            "taken.",
            recommended=recommended_lot.name,
            product=self.product_id.display_name,
            taken=lot.name,
        )

    def _unexplained(self, overrides):
        """Yield ``(move, values)`` of overrides that need a reason and have none."""
        for values in overrides:
            move = self.browse(values["move_id"])
            wants = move.picking_type_id.removal_override == "reason"
            if wants and not (move.override_reason or "").strip():
                yield move, values

    def _skipped_notice(self):
        """Return a sentence on what was skipped, if the move waits for anything."""
        self.ensure_one()
        if self.state not in WAITING_STATES or not self.id:
            return ""
        need = self._batch_need()
        if not need or self._should_bypass_reservation():
            return ""
        removal = self.env["stock.removal"]
        method, quants = removal._recommended(
            self.product_id, self.location_id, need, LOOKED_AT
        )
        requirement = removal._requirement(self.product_id, method, need)
        skipped = [
            self._skipped_label(quant, need, requirement)
            for quant in quants
            if quant.skipped and quant.lot_id
        ]
        if not skipped:
            return ""
        unnamed = len(skipped) - NOTICED
        if unnamed > 0:
            skipped[NOTICED:] = [self.env._("… and %(count)s more.", count=unnamed)]
        heading = self.env._(
            "%(product)s: not enough that may be reserved. Skipped:",
            product=self.product_id.display_name,
        )
        return "\n".join([heading, *(f"• {line}" for line in skipped)])

    def _skipped_label(self, quant, need, requirement):
        """Return which lot was skipped, and why.

        :param ScannedQuant quant: the stock that was skipped
        """
        lot = self.env["stock.lot"].browse(quant.lot_id)
        return self.env._(
            "%(lot)s: %(reason)s",
            lot=lot.name,
            reason=self.env["stock.removal"]._reason(
                quant.skipped, lot, quant.useful_until, need, requirement
            ),
        )

    # -- what was recommended

    def _removal_overrides(self):
        """Return values of ``stock.removal.override`` for what ``self`` would take."""
        evaluated = self.filtered(lambda move: move._is_evaluated())
        if not evaluated:
            return []
        decisions = self.env["stock.removal.decision"].sudo()
        decisions = decisions.search([("move_id", "in", evaluated.ids)])
        by_move = decisions.grouped("move_id")
        return [
            values
            for move in evaluated
            for values in move._overrides_of(by_move.get(move, decisions.browse()))
        ]

    def _is_evaluated(self):
        return (
            self.state not in ("done", "cancel")
            and self.picking_type_id.removal_override in ("logged", "reason")
            and self.product_id.tracking != "none"
            and self._batch_purpose() in EVALUATED_PURPOSES
        )

    def _overrides_of(self, decisions):
        taken = self._lots_taken()
        reserved = decisions._taken_lot_ids()
        foreign = [lot for lot in taken if lot.id not in reserved]
        if not foreign:
            return []
        need = self._batch_need()
        method, recommended = self._recommended_lots(need, sum(taken.values()))
        left_behind = [lot for lot in recommended if lot not in taken]
        if not left_behind:
            return []
        common = {
            "partner_id": need.partner_id or False,
            "recommended_lot_id": left_behind[0].id,
            "method": method,
            **self._override_values(),
        }
        return [
            {**common, "lot_id": lot.id, "quantity": taken[lot]}
            for lot in foreign
            if lot not in recommended
        ]

    def _override_values(self):
        """Return what an override says of the move."""
        return {
            "user_id": self.env.uid,
            "company_id": self.company_id.id,
            "move_id": self.id,
            "picking_id": self.picking_id.id,
            "picking_type_id": self.picking_type_id.id,
            "product_id": self.product_id.id,
            "reason": self.override_reason,
        }

    def _lots_taken(self):
        """Return ``{lot: quantity}`` of the lines that will be done."""
        picked = self.move_line_ids.filtered("picked")
        taken = {}
        for line in picked or self.move_line_ids:
            if line.lot_id and line.quantity:
                quantity = line.quantity_product_uom
                taken[line.lot_id] = taken.get(line.lot_id, 0) + quantity
        return taken

    def _recommended_lots(self, need, demand):
        """Return the strategy, and the lots it would take were nothing taken yet."""
        removal = self.env["stock.removal"]
        method, quants = removal._recommended(
            self.product_id, self.location_id, need, LOOKED_AT
        )
        ordering = removal._orderings().get(method)
        if not ordering:
            return method, []
        free = {quant.quant_id: quant.free for quant in quants if not quant.skipped}
        for quant, quantity in self._own_quants():
            free[quant.id] = free.get(quant.id, 0) + quantity
        return method, self._first_lots(free, demand, ordering, need)

    def _first_lots(self, free, demand, ordering, need):
        """Return the first lots in an order, until they cover what is asked.

        :param dict free: ``{quant id: quantity}`` of what may be taken
        """
        eligible = self.env["stock.quant"].sudo().browse(free)
        candidates = [_candidate(quant) for quant in eligible.filtered("lot_id")]
        window = self.product_id.femal_window_days
        zone = pytz.timezone(need.zone)
        lots = []
        for candidate in in_order(candidates, ordering, window, zone):
            if demand <= 0:
                break
            lots.append(candidate.key.lot_id.with_env(self.env))
            demand -= free[candidate.key.id]
        return lots

    def _own_quants(self):
        """Yield the quants that this move has reserved, with how much of each."""
        quants = self.env["stock.quant"].sudo()
        for line in self.move_line_ids.filtered("lot_id"):
            gathered = quants._gather(
                line.product_id,
                line.location_id,
                lot_id=line.lot_id,
                package_id=line.package_id,
                owner_id=line.owner_id,
                strict=True,
            )
            quant = gathered.filtered("lot_id")[:1]
            if quant:
                reserved = min(line.quantity_product_uom, quant.quantity)
                yield quant, reserved


def _candidate(quant):
    values = {
        name: quant[name] or None for name in Candidate._fields if name in quant._fields
    }
    return Candidate(key=quant, **values)
