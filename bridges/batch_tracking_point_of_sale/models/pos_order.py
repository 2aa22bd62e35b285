from odoo import models

from .exceptions import TillClosedError


class PosOrder(models.Model):
    """A sale of which recalled goods are refunded."""

    _inherit = "pos.order"

    def _refund_recalled(self, shares):
        """Refund some of a sale, as core does with all of it.

        :param dict shares: ``{pos.order.line: [(stock.recall.consignee, quantity)]}``
        :return: pos.order, to be paid out at the till
        :raises TillClosedError: if the till has no open session
        """
        self.ensure_one()
        till = self.session_id.config_id
        if not till.current_session_id:
            raise TillClosedError(till)
        refund = self.copy(self._prepare_refund_values(till.current_session_id))
        for line, goods in shares.items():
            for row, quantity in goods:
                line._refund_for(row, quantity, refund)
        refund._compute_prices()
        till.notify_synchronisation(till.current_session_id.id, 0)
        return refund
