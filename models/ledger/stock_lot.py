from odoo import api, models

from ...tools.movement import STOCK_USAGES
from ..base.characters import check_storable
from ..history.lot_change import KEY, LotChange
from ..origin.stock_lot import ORIGIN
from .correction import NAME, correction_reason_field, is_other, reason_in
from .exceptions import OriginIsEvidenceError


class StockLot(models.Model):
    """Where held goods come from is evidence; and whether there have been any at all.

    Whoever traces a held lot back asks whom it came from, and under which number. So
    quality alone corrects that, and says why; of what is not recalled others still fill
    in what nobody knew.
    """

    _inherit = "stock.lot"

    # Not stored: the history keeps it, and the next correction has its own.
    correction_reason = correction_reason_field(store=False)

    def write(self, vals):
        check_storable(self, vals, [NAME])
        reason = reason_in(vals)
        lots = self.with_context(**{KEY: LotChange(reason)}) if reason else self
        lots._check_may_tell_origin(vals)
        vals = {name: value for name, value in vals.items() if name != NAME}
        return super(StockLot, lots).write(vals)

    @api.model
    def _origin_fields(self):
        """Return the names of what says where a lot comes from."""
        return {*ORIGIN, "ref"}

    def _check_may_tell_origin(self, vals):
        """Refuse to say that held goods come from elsewhere, but for a reason.

        :raises OriginIsEvidenceError: naming a lot and the field
        """
        names = self._origin_fields() & vals.keys()
        if not names or self.env.su:
            return
        if self._may_release() and LotChange.of(self.env).reason:
            return
        # sudo: whether it is held, and for whom, does not depend on who asks
        held = self.sudo()._held_evidence()
        recalled = held._recalled()
        for lot in held:
            for name in names:
                is_known = bool(lot[name]) or lot in recalled
                if is_known and is_other(lot, name, vals[name]):
                    raise OriginIsEvidenceError(lot.with_env(self.env), name)

    def _held_evidence(self):
        """Return those of which there are goods that only quality tells about."""
        held = self.filtered("is_held") | self._recalled()
        return held._that_came_in()

    def _recalled(self):
        """Return those under recall; rooms above add what open recalls reach."""
        recalled = self._disposition("recalled")
        return self.filtered(lambda lot: lot.disposition_id == recalled)

    def _that_came_in(self):
        """Return those that a movement has brought into stock, from wherever."""
        # sudo: whether there are goods of it does not depend on who asks
        lines = self.env["stock.move.line"].sudo()
        groups = lines._read_group(
            [
                ("lot_id", "in", self.ids),
                ("state", "=", "done"),
                ("location_id.usage", "not in", STOCK_USAGES),
                ("location_dest_id.usage", "in", STOCK_USAGES),
            ],
            ["lot_id"],
        )
        return self.browse(lot.id for (lot,) in groups)
