from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from ...tools.movement import STOCK_USAGES
from .exceptions import LeftUnreleasedError, StockChangeRefusedError


class StockQuant(models.Model):
    """Goods are not taken from where they are not, if they could be held ones.

    Core lets more go than is there, and counts on. Goods that something holds must not
    leave as such a lack: neither from where they lie, nor from the books that say that
    they are gone.
    """

    _inherit = "stock.quant"

    def _lent(self):
        """Return the quants in stock of which more went than was there."""
        return self.sudo().filtered(
            lambda quant: quant.quantity < 0 and quant.location_id.usage in STOCK_USAGES
        )

    def _check_not_lent_by_held(self):
        """Refuse to take goods that are not there, where they could be held ones.

        Without a number, or with one that has never come in: those that lie in the same
        place. With a number: those of that batch, wherever they lie, or have gone from
        without a release: counted missing, used, scrapped or sent back.

        :raises StockChangeRefusedError: naming the held goods
        :raises LeftUnreleasedError: naming the batch, and the place that it left
        """
        # sudo: what is held is held whoever asks
        lent = self._lent()
        if not lent:
            return
        known = lent.lot_id & lent.lot_id._that_came_in()
        lent.filtered(lambda quant: quant.lot_id in known)._check_none_left()
        taken = Domain.OR(quant._perhaps_taken(known) for quant in lent)
        numbered = Domain("lot_id", "!=", False) & Domain("quantity", ">", 0)
        numbered &= Domain("location_id.usage", "in", STOCK_USAGES)
        for quant in lent.search(taken & numbered)._restricted():
            raise StockChangeRefusedError(self.env, quant, is_held=True)

    def _check_none_left(self):
        """Refuse to lend of batches of which some has left a place that holds it.

        What has come back there, or was taken out by who may release, is not gone.

        :raises LeftUnreleasedError: naming the batch, and the place
        """
        places = self.env["stock.location"]
        if not self or not places._imposing_ids():
            return
        left = defaultdict(set)
        for (lot_id, _side), spots in self.lot_id._spots_left_anywhere().items():
            left[lot_id] |= {spot.place_id for spot in spots}
        for quant in self:
            gone_from = places.browse(sorted(left[quant.lot_id.id])).sudo()
            for place in gone_from.filtered(quant._would_escape):
                raise LeftUnreleasedError(self.env, quant, place)

    def _would_escape(self, place):
        """Tell whether goods of a place may do more where these are."""
        here = self.location_id
        more = place._forbidden_here() - here._forbidden_here()
        return bool(more) or place._is_loosened_by(here)

    def _perhaps_taken(self, known):
        """Return the domain of the goods that this one's lack may have taken.

        :param known: stock.lot that have come in
        """
        if self.lot_id in known:
            return Domain("lot_id", "=", self.lot_id.id)
        same = Domain("product_id", "=", self.product_id.id)
        return same & Domain("location_id", "=", self.location_id.id)
