from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL, float_is_zero

from ...tools.movement import STOCK_USAGES
from ..base.deletion import guards_deletion, with_guards_of_core
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

    def _create(self, data_list):
        # Not in create: that returns what was there before to who counts it anew.
        quants = super()._create(data_list)
        quants._lock_what_holds()
        changed = quants.filtered("quantity")
        changed = changed._watched() | changed._lent()
        if changed:
            changed._note_change({}, changed._positions())
        return quants

    def write(self, vals):
        if "reserved_quantity" in vals and not self.env.su:
            for quant in self.filtered("lot_id"):
                raise StockChangeRefusedError(self.env, quant, is_held=False)
        self._check_company_follows(vals)
        watched = self._watched_in(vals)
        if not watched:
            return super().write(vals)
        before = watched._positions()
        result = super().write(vals)
        watched._note_change(before, watched._positions())
        return result

    def _check_company_follows(self, vals):
        """Refuse to say that goods are another company's than their place is.

        Whoever looks for what is held looks by company.

        :raises StockChangeRefusedError: naming the goods
        """
        if "company_id" not in vals:
            return
        for quant in self.sudo():
            if quant.location_id.company_id.id != (vals["company_id"] or False):
                is_held = quant in quant._restricted()
                raise StockChangeRefusedError(self.env, quant, is_held)

    def unlink(self):
        return super(StockQuant, with_guards_of_core(self)).unlink()

    @guards_deletion
    def _unlink_except_zero_of_held(self):
        """Deleting is no way out either: core counts to zero first, and asks for it.

        Its guard comes before this one, by the order of their names.
        """
        left = self.sudo().filtered(lambda quant: quant.quantity > 0)
        for quant in left._restricted():
            raise StockChangeRefusedError(self.env, quant, is_held=True)

    def _watched_in(self, vals):
        """Return the quants whose change by ``vals`` must be noted.

        Most goods are free, and leave here by what is known of them anyhow.
        """
        names = BALANCE_FIELDS & vals.keys()
        if not names:
            return self.browse()
        is_lent = (vals.get("quantity") or 0) < 0
        return self if is_lent or names != {"quantity"} else self._watched()

    def _watched(self):
        """Return the quants of which a quantity must be noted, or else refused."""
        if not ledger.current(self.env.cr):
            return self
        return self._restricted() | self.filtered(lambda quant: not quant.lot_id)

    def _positions(self):
        """Return ``{quant: Position}``."""
        restricted = self._restricted()
        return {quant: quant._position(quant in restricted) for quant in self.sudo()}

    def _position(self, is_restricted):
        balance = ledger.Balance(
            self.product_id.id,
            self.location_id.id,
            self.lot_id.id or 0,
            self.package_id.id or 0,
            self.owner_id.id or 0,
        )
        return Position(balance, self.quantity, is_restricted)

    def _note_change(self, before, after):
        """Note what has changed, or refuse it where no operation is open.

        :param dict before: ``{quant: Position}``, without quants that are new
        :param dict after: ``{quant: Position}``
        :raises StockChangeRefusedError: naming the goods
        """
        operation = ledger.current(self.env.cr)
        lent = set()
        for quant, now in after.items():
            was = before.get(quant)
            if was == now:
                continue
            if operation is None:
                quant._check_direct_change(was, now, self.env.su)
            else:
                _note(operation, was, now)
            if now.quantity < min(0, _quantity(was)):
                lent.add(quant.id)
        if operation is None:
            self.browse(lent)._check_not_lent_by_held()
        else:
            operation.lent |= lent

    def _check_direct_change(self, was, now, is_system):
        """Refuse a change beside all operations: of held goods anybody's.

        Of other batches a person's; what has no batch is left to core.
        """
        has_lot = now.balance.lot_id or (was and was.balance.lot_id)
        is_held = now.is_restricted or (was and was.is_restricted)
        moved = was and (was.quantity or now.quantity) and was.balance != now.balance
        changed = moved or _quantity(was) != now.quantity
        if changed and (is_held or (has_lot and not is_system)):
            raise StockChangeRefusedError(self.env, self, is_held)

    # -- two people at once

    def _lock_what_holds(self):
        """Let who takes goods around stock that somebody has locked start anew.

        Core makes another quant where the one there is locked, and would not notice
        that it is being held just now. Whoever holds has locked the lot, the place or
        the disposition before: PostgreSQL waits for them, then fails, and Odoo repeats
        it on what is true by then. Who holds later, but does not see the new quant yet,
        fails as well: the lot is changed, to the values that it has.
        """
        taking = self.sudo().filtered(
            lambda quant: (
                quant.lot_id
                and (quant.quantity < 0 or quant.reserved_quantity > 0)
                and quant.location_id.usage in STOCK_USAGES
            )
        )
        if taking:
            taking._lock_lots_places_and_dispositions()

    def _lock_lots_places_and_dispositions(self):
        self.env.cr.execute(
            SQL(
                """
                WITH lot AS (
                    UPDATE stock_lot SET write_date = write_date
                    WHERE id = ANY(%s) RETURNING 1
                ), place AS (
                    SELECT FROM stock_location WHERE id = ANY(%s) FOR SHARE
                ), disposition AS (
                    SELECT FROM stock_lot_disposition FOR SHARE
                )
                SELECT (SELECT COUNT(*) FROM lot), (SELECT COUNT(*) FROM place),
                       (SELECT COUNT(*) FROM disposition)
                """,
                self.lot_id.ids,
                self.location_id.ids,
            )
        )

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
            quant = self._quant_of(balance)
            raise StockChangeRefusedError(self.env, quant, is_held=True)

    def _quant_of(self, balance):
        """Return a stock.quant of the goods that a balance is of, if there is one."""
        # sudo: what was changed is named whatever the user may read
        return self.sudo().search(
            [
                ("product_id", "=", balance.product_id),
                ("lot_id", "=", balance.lot_id or False),
                ("location_id", "=", balance.location_id),
            ],
            limit=1,
        )

    @api.model
    def _is_compensation(self, operation, balance, quantity):
        """Tell whether core has filled up a lot with goods without a number."""
        nameless = balance._replace(lot_id=0)
        given = -operation.nameless.get(nameless, 0)
        return balance.lot_id and 0 < quantity <= given + 10**-DIGITS


def _quantity(position):
    return position.quantity if position else 0


def _note(operation, was, now):
    if was:
        _add(operation, was.balance, -was.quantity, was.is_restricted)
    _add(operation, now.balance, now.quantity, now.is_restricted)


def _add(operation, balance, quantity, is_restricted):
    if is_restricted:
        operation.changes[balance] += quantity
    elif not balance.lot_id:
        operation.nameless[balance] += quantity
