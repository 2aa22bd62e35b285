from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import float_is_zero

from . import ledger
from .exceptions import StockChangeRefusedError

#: What a quantity is, where, and of what.
BALANCE_FIELDS = {
    "product_id",
    "lot_id",
    "location_id",
    "package_id",
    "owner_id",
    "quantity",
}
#: Finer than any unit of measure, coarser than what floats lose.
DIGITS = 6


class Position(NamedTuple):
    """What a quant says: which goods, how much of them, and whether they are held."""

    balance: ledger.Balance
    quantity: float
    is_restricted: bool


class StockQuant(models.Model):
    """The last gate: held stock changes only by what an operation was permitted.

    See ``ledger.py``. Nobody changes stock directly: movements and counting do, and
    both carry out lines.
    """

    _inherit = "stock.quant"

    @api.model_create_multi
    def create(self, vals_list):
        quants = super().create(vals_list)
        changed = quants.filtered("quantity")
        if changed:
            changed._note_change({}, changed._positions())
        return quants

    def write(self, vals):
        if "reserved_quantity" in vals and not self.env.su:
            for quant in self.filtered("lot_id"):
                raise StockChangeRefusedError(self.env, quant, is_held=False)
        if BALANCE_FIELDS.isdisjoint(vals):
            return super().write(vals)
        before = self._positions()
        result = super().write(vals)
        self._note_change(before, self._positions())
        return result

    def _positions(self):
        """Return ``{quant: Position}``."""
        return {quant: quant._position() for quant in self.sudo()}

    def _position(self):
        balance = ledger.Balance(
            self.product_id.id,
            self.location_id.id,
            self.lot_id.id or 0,
            self.package_id.id or 0,
            self.owner_id.id or 0,
        )
        return Position(balance, self.quantity, self._is_restricted())

    @api.model
    def _restricted_domain(self):
        """Return the domain of quants for which some movement is forbidden."""
        restrictive = list(self.env["stock.lot.disposition"]._restrictive_ids())
        by_batch = Domain("disposition_id", "in", restrictive)
        by_place = Domain("imposed_disposition_ids", "in", restrictive)
        held = Domain("lot_id", "any!", by_batch)
        return held | Domain("location_id", "any!", by_place)

    def _is_restricted(self):
        """Tell whether the lot, or the place it lies in, forbids some movement."""
        return bool(self._restricting())

    def _restricting(self):
        """Return the dispositions of the lot and the place that forbid a movement."""
        imposed = self.location_id.imposed_disposition_ids
        return (self.lot_id.disposition_id | imposed)._restrictive()

    def _note_change(self, before, after):
        """Note what has changed, or refuse it where no operation is open.

        :param dict before: ``{quant: Position}``, without quants that are new
        :param dict after: ``{quant: Position}``
        :raises StockChangeRefusedError: naming the goods
        """
        operation = ledger.current(self.env.cr)
        for quant, now in after.items():
            was = before.get(quant)
            if was == now:
                continue
            if operation is None:
                quant._check_direct_change(was, now, self.env.su)
            else:
                _note(operation, was, now)
            quant._check_not_lent_by_held(now)

    def _check_direct_change(self, was, now, is_system):
        """Refuse a change beside all operations: of held goods anybody's.

        Of other batches a person's; what has no batch is left to core.
        """
        has_lot = now.balance.lot_id or (was and was.balance.lot_id)
        is_held = now.is_restricted or (was and was.is_restricted)
        moved = was and (was.quantity or now.quantity) and was.balance != now.balance
        changed = moved or (was.quantity if was else 0) != now.quantity
        if changed and (is_held or (has_lot and not is_system)):
            raise StockChangeRefusedError(self.env, self, is_held)

    def _check_not_lent_by_held(self, now):
        """Refuse to take goods without a number from where only held ones lie."""
        if now.balance.lot_id or now.quantity >= 0:
            return
        if self.location_id.usage not in ("internal", "transit"):
            return
        here = self.search(
            [
                ("product_id", "=", now.balance.product_id),
                ("location_id", "=", now.balance.location_id),
                ("lot_id", "!=", False),
                ("quantity", ">", 0),
            ]
        )
        held = here.filtered(lambda quant: quant._is_restricted())
        if held:
            raise StockChangeRefusedError(self.env, held[0], is_held=True)

    @api.model
    def _settle(self, operation):
        """Refuse an operation that changed more than its lines were permitted.

        :param ledger.Operation operation: just before it ends
        :raises StockChangeRefusedError: naming the goods
        """
        for balance, quantity in operation.differences().items():
            if float_is_zero(quantity, precision_digits=DIGITS):
                continue
            if self._is_compensation(operation, balance, quantity):
                continue
            lot = self.env["stock.lot"].browse(balance.lot_id or [])
            quants = self.sudo().search(
                [
                    ("product_id", "=", balance.product_id),
                    ("lot_id", "=", lot.id),
                    ("location_id", "=", balance.location_id),
                ],
                limit=1,
            )
            raise StockChangeRefusedError(self.env, quants, is_held=True)

    @api.model
    def _is_compensation(self, operation, balance, quantity):
        """Tell whether core has filled up a lot with goods without a number."""
        nameless = balance._replace(lot_id=0)
        given = -operation.nameless.get(nameless, 0)
        return balance.lot_id and 0 < quantity <= given + 10**-DIGITS


def _note(operation, was, now):
    if was:
        _add(operation, was.balance, -was.quantity, was.is_restricted)
    _add(operation, now.balance, now.quantity, now.is_restricted)


def _add(operation, balance, quantity, is_restricted):
    if is_restricted:
        operation.changes[balance] += quantity
    elif not balance.lot_id:
        operation.nameless[balance] += quantity
