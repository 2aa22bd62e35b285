from odoo import fields, models

from ..tools.movement import DELIVER, purpose_of


class StockMove(models.Model):
    """A move tells the reservation what the goods are for, and when.

    It does so by the context key ``batch_need``: ``(purpose, date)``, which
    ``stock.quant`` heeds when it looks for something to reserve, and only then.
    """

    _inherit = "stock.move"

    lot_operation_id = fields.Many2one(
        "stock.lot.operation", index="btree_not_null", copy=False
    )

    def _action_done(self, *args, **kwargs):
        moves = super()._action_done(*args, **kwargs)
        # Some modules pair lines before they are done, others afterwards.
        self.env["stock.lot.link"]._sync(moves.move_line_ids, fresh=True)
        return moves

    def _update_reserved_quantity_vals(self, *args, **kwargs):
        return super(StockMove, self._with_batch_need())._update_reserved_quantity_vals(
            *args, **kwargs
        )

    def _set_quantity_done_prepare_vals(self, qty):
        return super(
            StockMove, self._with_batch_need()
        )._set_quantity_done_prepare_vals(qty)

    def _get_available_quantity(self, *args, **kwargs):
        move = self._with_batch_need()
        move = move.with_context(batch_eligible=move.env.context.get("batch_need"))
        return super(StockMove, move)._get_available_quantity(*args, **kwargs)

    def _with_batch_need(self):
        purpose = self._batch_purpose()
        return self.with_context(batch_need=(purpose, self.date) if purpose else False)

    def _batch_purpose(self):
        """Return what the goods are for in the end: picking for a delivery delivers.

        :return: one of ``tools.movement.PURPOSES``, or None
        """
        self.ensure_one()
        # sudo: who may not read operations is checked all the same
        if self.lot_operation_id and self.sudo().lot_operation_id.is_running:
            return None  # what is made of a held lot is held
        last = self._batch_last_move()
        target = last.location_final_id or last.location_dest_id
        if target.usage == "transit" and not target.company_id:
            return DELIVER  # to another company
        source = self.location_id.usage
        return purpose_of(source, target.usage, counting=self.is_inventory)

    def _batch_last_move(self):
        """Return the last open move of the chain that this one feeds."""
        move, seen = self, self
        while following := self._batch_next_move(move) - seen:
            move = following
            seen |= move
        return move

    def _batch_next_move(self, move):
        if move.location_dest_id.usage not in ("internal", "transit"):
            return self.browse()
        return move.move_dest_ids.filtered(lambda m: m.state != "cancel")[:1]
