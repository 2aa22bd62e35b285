from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.movement import CONSUME, DELIVER
from ...tools.removal.ordering import Candidate, in_order
from .stock_picking import LACKING

JUDGED = (DELIVER, CONSUME)
#: How far down the order it is looked for what was due.
LOOKED_AT = 40
#: How many skipped lots a transfer names.
NOTICED = 5


class StockMove(models.Model):
    """Notices when people take another lot than the strategy's.

    What the strategy has reserved for a move is never an override, even if stock has
    changed since. A move whose lots were chosen by hand is compared with what is due
    when it is done.
    """

    _inherit = "stock.move"

    override_reason = fields.Char(
        "Why another batch",
        copy=False,
        help="Why another batch leaves than the one that was due.",
    )
    removal_override = fields.Selection(related="picking_type_id.removal_override")

    def action_explain_removal(self):
        """Open “Why this batch?”."""
        self.ensure_one()
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
            raise UserError(
                self.env._(
                    "%(sentence)s Transfers of type “%(type)s” need a reason for that: "
                    "open the details of the product and fill in “Why another batch”.",
                    sentence=move._override_sentence(values),
                    type=move.picking_type_id.display_name,
                )
            )

    def _override_sentences(self):
        """Return a sentence for each override that ``self`` would be."""
        overrides = self._removal_overrides()
        return [
            self.browse(values["move_id"])._override_sentence(values)
            for values in overrides
        ]

    def _override_sentence(self, values):
        lots = self.env["stock.lot"]
        return self.env._(
            "Batch %(due)s of %(product)s is due, and %(taken)s was taken.",
            due=lots.browse(values["lot_due_id"]).name,
            product=self.product_id.display_name,
            taken=lots.browse(values["lot_id"]).name,
        )

    def _unexplained(self, overrides):
        """Yield ``(move, values)`` of overrides that need a reason and have none."""
        for values in overrides:
            move = self.browse(values["move_id"])
            wants = move.picking_type_id.removal_override == "reason"
            if wants and not (move.override_reason or "").strip():
                yield move, values

    def _skipped_notice(self):
        """Return a sentence on what was skipped, if the move lacks something."""
        self.ensure_one()
        if self.state not in LACKING or not self.id:
            return ""
        need = self._batch_need()
        if not need or self._should_bypass_reservation():
            return ""
        removal = self.env["stock.removal"]
        method, reads = removal._look(
            self.product_id, self.location_id, need, LOOKED_AT
        )
        requirement = removal._requirement(self.product_id, method, need)
        skipped = [
            self.env._(
                "%(lot)s: %(reason)s",
                lot=lot.name or self.env._("without batch"),
                reason=removal._reason(
                    read.skipped, lot, read.useful_until, need, requirement
                ),
            )
            for read in reads
            if read.skipped
            for lot in self.env["stock.lot"].browse(read.lot_id or [])
        ]
        if not skipped:
            return ""
        more = len(skipped) - NOTICED
        if more > 0:
            skipped[NOTICED:] = [self.env._("… and %(count)s more.", count=more)]
        heading = self.env._(
            "%(product)s: not enough that may be reserved. Skipped:",
            product=self.product_id.display_name,
        )
        return "\n".join([heading, *(f"• {line}" for line in skipped)])

    # -- what was due

    def _removal_overrides(self):
        """Return values of ``stock.removal.override`` for what ``self`` would take."""
        judged = self.filtered(lambda move: move._is_judged())
        if not judged:
            return []
        decisions = self.env["stock.removal.decision"].sudo()
        decisions = decisions.search([("move_id", "in", judged.ids)])
        by_move = decisions.grouped("move_id")
        return [
            values
            for move in judged
            for values in move._overrides_of(by_move.get(move, decisions.browse()))
        ]

    def _is_judged(self):
        return (
            self.state not in ("done", "cancel")
            and self.picking_type_id.removal_override in ("logged", "reason")
            and self.product_id.tracking != "none"
            and self._batch_purpose() in JUDGED
        )

    def _overrides_of(self, decisions):
        taken = self._lots_taken()
        reserved = decisions._taken_lot_ids()
        foreign = [lot for lot in taken if lot.id not in reserved]
        if not foreign:
            return []
        need = self._batch_need()
        method, due = self._lots_due(need, sum(taken.values()))
        left = [lot for lot in due if lot not in taken]
        return [
            {
                "user_id": self.env.uid,
                "company_id": self.company_id.id,
                "move_id": self.id,
                "picking_id": self.picking_id.id,
                "picking_type_id": self.picking_type_id.id,
                "partner_id": need.partner_id or False,
                "product_id": self.product_id.id,
                "lot_id": lot.id,
                "lot_due_id": left[0].id,
                "quantity": taken[lot],
                "method": method,
                "reason": self.override_reason,
            }
            for lot in foreign
            if left and lot not in due
        ]

    def _lots_taken(self):
        """Return ``{lot: quantity}`` of the lines that will be done."""
        picked = self.move_line_ids.filtered("picked")
        taken = {}
        for line in picked or self.move_line_ids:
            if line.lot_id and line.quantity:
                quantity = line.quantity_product_uom
                taken[line.lot_id] = taken.get(line.lot_id, 0) + quantity
        return taken

    def _lots_due(self, need, demand):
        """Return the strategy, and the lots it would take were nothing taken yet."""
        removal = self.env["stock.removal"]
        method, reads = removal._look(
            self.product_id, self.location_id, need, LOOKED_AT
        )
        ordering = removal._orderings().get(method)
        if not ordering:
            return method, []
        free = {read.quant_id: read.free for read in reads if not read.skipped}
        for quant, quantity in self._own_quants():
            free[quant.id] = free.get(quant.id, 0) + quantity
        quants = self.env["stock.quant"].sudo().browse(free)
        candidates = [_candidate(quant) for quant in quants.filtered("lot_id")]
        due = []
        window = self.product_id.femal_window_days
        for candidate in in_order(candidates, ordering, window):
            if demand <= 0:
                break
            due.append(candidate.key.lot_id.with_env(self.env))
            demand -= free[candidate.key.id]
        return method, due

    def _own_quants(self):
        """Yield the quants that this move has reserved, with how much of each."""
        quants = self.env["stock.quant"].sudo()
        for line in self.move_line_ids.filtered("lot_id"):
            scope = (line.product_id, line.location_id, line.lot_id, line.package_id)
            found = quants._gather(*scope, owner_id=line.owner_id, strict=True)
            quant = found.filtered("lot_id")[:1]
            if quant:
                reserved = min(line.quantity_product_uom, quant.quantity)
                yield quant, reserved


def _candidate(quant):
    values = {
        name: quant[name] or None for name in Candidate._fields if name in quant._fields
    }
    return Candidate(key=quant, **values)
