from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.movement import DELIVER
from ..tools.removal import Candidate, femal

FEMAL = "femal"


class StockQuant(models.Model):
    """Reserves eligible lots only, in the order of the removal strategy.

    Eligibility is asked for by the context key ``batch_eligible`` (``(purpose, date)``)
    while something is being reserved. It must never be set when quantities are moved:
    a lot hidden from its own movement would get a second, negative quantity.
    """

    _inherit = "stock.quant"

    disposition_id = fields.Many2one(related="lot_id.disposition_id")
    disposition_color = fields.Integer(related="lot_id.disposition_id.color")

    @api.model
    def _get_removal_strategy_order(self, removal_strategy):
        if removal_strategy == FEMAL:
            return "expiration_date, in_date, id"
        return super()._get_removal_strategy_order(removal_strategy)

    def _get_reserve_quantity(self, product_id, location_id, quantity, *args, **kwargs):
        wanted = (product_id, location_id, quantity, *args)
        if quantity <= 0:
            return super()._get_reserve_quantity(*wanted, **kwargs)
        # Who reserves without saying what for gets only what may leave.
        default = (DELIVER, fields.Datetime.now())
        need = self.env.context.get("batch_need", default)
        choosy = self.with_context(batch_eligible=need)
        reserved = super(StockQuant, choosy)._get_reserve_quantity(*wanted, **kwargs)
        return [(quant.with_env(self.env), taken) for quant, taken in reserved]

    @api.model
    def _update_available_quantity(self, *args, **kwargs):
        blind = self
        if self.env.context.get("batch_eligible"):
            blind = self.with_context(batch_eligible=False)
        return super(StockQuant, blind)._update_available_quantity(*args, **kwargs)

    def _get_gather_domain(self, product_id, location_id, *args, **kwargs):
        domain = super()._get_gather_domain(product_id, location_id, *args, **kwargs)
        need = self.env.context.get("batch_eligible")
        if not need:
            return domain
        eligible = self._eligible_domain(product_id, location_id, *need)
        return Domain(domain) & eligible

    def _gather(self, product_id, location_id, *args, **kwargs):
        quants = super()._gather(product_id, location_id, *args, **kwargs)
        if not self.env.context.get("batch_eligible"):
            return quants
        if self._get_removal_strategy(product_id, location_id) != FEMAL:
            return quants
        return quants._in_femal_order(product_id.femal_window_days)

    @api.model
    def _eligible_domain(self, product, location, purpose, date):
        """Return the domain of quants that may be reserved.

        :param str purpose: what they are for, see ``tools/movement.py``
        :param datetime date: when they are needed
        """
        forbidding = self.env["stock.lot.disposition"]._forbidding_ids(purpose)
        domain = Domain.TRUE
        if forbidding:
            domain &= ~Domain("lot_id.disposition_id", "in", forbidding)
        if purpose == DELIVER:
            domain &= self._femal_margin_domain(product, location, date)
        return domain

    def _femal_margin_domain(self, product, location, date):
        """Return the domain of lots whose useful life outlasts the margin."""
        margin = product.femal_margin_days
        if not margin or self._get_removal_strategy(product, location) != FEMAL:
            return Domain.TRUE
        limit = date + timedelta(days=margin)
        best_before = Domain("lot_id.use_date", ">", limit)
        no_best_before = Domain("lot_id.use_date", "=", False)
        unexpired = Domain("expiration_date", "=", False)
        unexpired |= Domain("expiration_date", ">", limit)
        return best_before | (no_best_before & unexpired)

    def _in_femal_order(self, window_days):
        candidates = (
            Candidate(
                quant, quant.expiration_date, quant.lot_id.use_date, quant.in_date
            )
            for quant in self
        )
        ordered = [candidate.key.id for candidate in femal(candidates, window_days)]
        return self.browse(ordered).sorted(lambda quant: not quant.lot_id)
