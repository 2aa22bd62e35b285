from odoo import models
from odoo.fields import Domain

from ...tools.movement import STOCK_USAGES
from .exceptions import HeldGoodsStayError

#: What makes another kind of place of one, with all that lies in it.
KIND_FIELDS = {"location_id", "usage", "company_id", "warehouse_id"}


class StockLocation(models.Model):
    """A place with held goods in it stays where it is, and what it is.

    Moving it below Customers, or calling it a customer's, would deliver what lies there
    without any movement.
    """

    _inherit = "stock.location"

    def write(self, vals):
        changed = self._kind_changed_by(vals)
        if changed:
            changed._check_held_goods_stay(vals)
        if changed and {"usage", "company_id"} & vals.keys():
            changed._check_nothing_left_unreleased()
            changed._check_nothing_unreleased_inside()
        return super().write(vals)

    def _check_nothing_unreleased_inside(self):
        """Refuse to call a place another where goods lie that something holds.

        Where they were counted missing, scrapped or used, they would be stock again.

        :raises HeldGoodsStayError: naming the goods
        """
        # sudo: other companies' goods are held as well
        inside = Domain("location_id", "child_of", self.ids)
        inside &= Domain("quantity", ">", 0) & Domain("lot_id", "!=", False)
        inside &= Domain("location_id.usage", "not in", STOCK_USAGES)
        quants = self.env["stock.quant"].sudo().search(inside)
        held = {lot_id for lot_id, _side in quants.lot_id._spots_left_anywhere()}
        self._refuse_to_carry(quants.filtered(lambda quant: quant.lot_id.id in held))

    def _kind_changed_by(self, vals):
        names = KIND_FIELDS & vals.keys()
        return self.filtered(
            lambda place: any(
                place._fields[name].convert_to_write(place[name], place)
                != (vals[name] or False)
                for name in names
            )
        )

    def _check_held_goods_stay(self, vals):
        """Refuse to move places, or change what they are, with held goods inside.

        Within the same warehouse a place may be moved: nothing leaves by that.

        :raises HeldGoodsStayError: naming the goods
        """
        self._refuse_to_carry(self._leaving_by(vals)._held_inside())

    def _refuse_to_carry(self, held):
        """Refuse to change these places with held goods inside, if there are any."""
        if held:
            raise HeldGoodsStayError(
                held,
                self.env._(
                    "%(lot)s of %(product)s lies in %(place)s and is held: the "
                    "location stays where it is. Take the goods out by a transfer "
                    "first.",
                    lot=held[0].lot_id.name or self.env._("Something"),
                    product=held[0].product_id.display_name,
                    place=held[0].location_id.display_name,
                ),
            )

    def _leaving_by(self, vals):
        """Return the places that a change takes away, or makes another kind of."""
        if vals.keys() & KIND_FIELDS != {"location_id"} or not vals["location_id"]:
            return self
        parent = self.browse(vals["location_id"])
        return self.filtered(
            lambda place: (
                parent.usage not in ("internal", "view")
                or parent.warehouse_id != place.warehouse_id
            )
        )

    def _held_inside(self):
        """Return the stock in these places that is held, whosever it is."""
        # sudo: other companies' goods are held as well
        quants = self.env["stock.quant"].sudo()
        inside = Domain("location_id", "child_of", self.ids)
        inside &= Domain("quantity", ">", 0)
        return quants.search(inside & quants._restricted_domain()) if self else quants
