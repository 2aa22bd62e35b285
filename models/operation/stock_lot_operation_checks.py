from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError

from ...tools.figures import is_amount
from ..ledger.exceptions import HeldGoodsStayError
from .exceptions import NotFreeError


class StockLotOperation(models.Model):
    """What an operation refuses before anything is moved."""

    _inherit = "stock.lot.operation"

    @api.model
    def _check_amounts(self, steps):
        """Refuse quantities that are none: what is compared with them is never less.

        :raises UserError: naming the lot
        """
        for step in steps:
            for item in (*step.taken, step):
                if not is_amount(item.quantity):
                    raise UserError(
                        self.env._(
                            "Say how much of %s it is: a number above zero.",
                            item.lot.display_name,
                        )
                    )

    @api.model
    def _check_free(self, steps):
        """Refuse to take what is not there, or is reserved for something else."""
        wanted = self._wanted(steps)
        for (lot, place, package, owner), quantity in wanted.items():
            unit = lot.product_id.uom_id
            free = self.env["stock.quant"]._get_available_quantity(
                lot.product_id,
                place,
                lot_id=lot,
                package_id=package,
                owner_id=owner,
                strict=True,
            )
            if unit.compare(free, quantity) < 0:
                raise NotFreeError(
                    self.env,
                    lot=lot,
                    location=place,
                    wanted=quantity,
                    free=max(free, 0),
                    references=self._reserved_for(lot, place),
                )

    def _wanted(self, steps):
        """Return ``{(lot, location, package, owner): quantity}`` that steps take."""
        wanted = defaultdict(float)
        for step in steps:
            for goods in step.taken:
                package = goods.package or self.env["stock.package"]
                owner = goods.owner or self.env["res.partner"]
                wanted[goods.lot, goods.location, package, owner] += goods.quantity
        return wanted

    @api.model
    def _check_stays_held(self, steps):
        """Refuse to make of goods in a quarantine something that lies outside of it.

        :raises HeldGoodsStayError: naming the place
        """
        for step in steps:
            # sudo: what a place imposes holds for people who may not read it
            there = step.location.sudo().imposed_disposition_ids
            for goods in step.taken:
                place = goods.location.sudo()
                ended = place.imposed_disposition_ids - there
                if ended:
                    raise HeldGoodsStayError(
                        goods.lot.quant_ids,
                        self.env._(
                            "What lies in %(place)s is “%(disposition)s”: what is made "
                            "of batch %(lot)s must lie there as well. Take it out by a "
                            "transfer first.",
                            place=place.display_name,
                            disposition=ended[0].name,
                            lot=goods.lot.name,
                        ),
                    )

    def _reserved_for(self, lot, place):
        """Return the names of the open transfers that reserve a lot in a place."""
        reserved = self.env["stock.move.line"].search(
            [
                ("lot_id", "=", lot.id),
                ("location_id", "=", place.id),
                ("state", "not in", ("done", "cancel")),
            ]
        )
        return sorted(filter(None, set(reserved.mapped("reference"))))
