from datetime import timedelta

import pytz

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from ...tools.days import start_of
from ...tools.movement import CONSUME, DELIVER, MOVE
from ...tools.removal.ordering import FEMAL, ORDERINGS
from ...tools.removal.remaining_life import Requirement
from .quant_reader import none_of

#: For these, a lot past its removal date or expiration is as good as not there.
FRESH_PURPOSES = (DELIVER, CONSUME, MOVE)
ORDER_HOOK = "_get_removal_strategy_order"


class StockRemoval(models.AbstractModel):
    """Which lot goes next: eligible ones, in order, and no more than are needed.

    The one rule of eligibility is ``_exclusions``: named conditions in SQL, each of
    which keeps a quant from being reserved. Orders are declared in
    ``tools/removal/ordering.py``. Another addon adds to either by overriding
    ``_exclusions`` or ``_orderings``.
    """

    _name = "stock.removal"
    _description = "Removal Strategy"

    @api.model
    def _reason(self, code, lot, useful_until, need, requirement):
        """Return a sentence for one skipped lot.

        Whoever adds an exclusion extends this with its sentence; what nobody knows is
        told by its code.

        :param str code: see ``_exclusions``
        :param lot: stock.lot that was skipped
        :param datetime useful_until: as it was when the lot was skipped
        :param ReservationNeed need: what it was skipped for
        :param Requirement requirement: the remaining life that was asked for
        :return: str
        """
        return code

    # -- strategies

    @api.model
    def _orderings(self):
        """Return every known ``Ordering`` by the method of its ``product.removal``."""
        return ORDERINGS

    @api.model
    @ormcache()
    def _refused_methods(self):
        """Return the methods that another addon's ORDER BY hook does not let through.

        Such an addon overrides ``_get_removal_strategy_order`` and raises for whatever
        it does not know itself, instead of asking ``super()``.
        """
        refused = set()
        for method in self._orderings():
            try:
                self.env["stock.quant"]._get_removal_strategy_order(method)
            except UserError:
                refused.add(method)
        return frozenset(refused)

    @api.model
    def _refusing_module(self):
        """Return the name of the addon that refuses our methods."""
        for owner in type(self.env["stock.quant"]).__mro__:
            if ORDER_HOOK in vars(owner):
                return getattr(owner, "_module", None) or owner.__module__
        return ""

    @api.model
    def _ordering_in_force(self, method):
        """Return the ``Ordering``, another addon's ORDER BY, or None for no order."""
        ordering = self._orderings().get(method)
        if method in self._refused_methods():
            return ordering
        if not ordering and method == "least_packages":
            return None  # chooses whole packages, which core does
        wanted = self.env["stock.quant"]._get_removal_strategy_order(method)
        if ordering and wanted.replace(" ASC", "") == ordering.sql():
            return ordering
        return wanted or None

    # -- eligibility

    @api.model
    def _requirement(self, product, method, need):
        """Return the ``Requirement`` a lot must meet: the customer's and the product's.

        The product's margin belongs to FEMAL, and a margin of 0 asks for more than
        nothing: a lot whose last day it is does not go. What a customer asks always
        counts.
        """
        if method != FEMAL.method:
            return need.customer
        return need.customer._replace(
            above_days=product.femal_margin_days,
            above_percent=product.femal_margin_percent,
        )

    @api.model
    def _exclusions(self, product, method, need):
        """Return what keeps quants of ``product`` from being reserved.

        :param str method: the removal strategy
        :param ReservationNeed need: what for
        :return: list of ``(code, SQL condition on stock_quant)``; NULL does not exclude
        """
        held = self.env["stock.quant"]._held_conditions
        exclusions = held(need.purpose, self._guarded_ids(need))
        if need.purpose in FRESH_PURPOSES:
            removal = self._column("removal_date")
            exclusions.append(("removal", SQL("%s < %s", removal, need.moment)))
            exclusions.append(("expired", self._expired(need)))
        if need.purpose == DELIVER:
            requirement = self._requirement(product, method, need)
            exclusions += self._short_lived(product, requirement, need)
        return exclusions

    @api.model
    def _expired(self, need):
        """Return the condition that a quant is over when it is needed, or arrives.

        By its expiration itself, whatever its removal date says. On the day of its
        arrival it may still be good for that day.
        """
        last = need.moment
        if need.purpose == DELIVER:
            last = max(last, start_of(need.arrival, pytz.timezone(need.zone)))
        printed, effective = (
            self._column("expiration_date"),
            self._column("effective_expiration_date"),
        )
        return SQL("LEAST(%s, %s) < %s", printed, effective, last)

    @api.model
    def _guarded_ids(self, need):
        """Return the ids of imposed dispositions that nothing is moved out of.

        Whoever moves things about inside takes nothing out of a guarded place unless
        the transfer begins there.
        """
        if need.purpose != MOVE:
            return frozenset()
        return self.env["stock.lot.disposition"]._guarded_ids() - set(need.inside)

    @api.model
    def _short_lived(self, product, requirement, need):
        """Return the exclusions by the remaining life on arrival."""
        if requirement == Requirement():
            return []
        useful_until = self._column("useful_until")
        exclusions = []
        if product.use_expiration_date and requirement.asks_for_life:
            exclusions.append(("undated", SQL("%s IS NULL", useful_until)))
        zone = pytz.timezone(need.zone)
        limit = start_of(need.arrival + timedelta(days=requirement.fixed_days), zone)
        exclusions.append(("short", SQL("%s < %s", useful_until, limit)))
        if not (requirement.percent or requirement.above_percent):
            return exclusions
        produced = self._lot_column("production_date")
        if requirement.needs_total:
            unknown = SQL("%s IS NOT NULL AND %s IS NULL", useful_until, produced)
            exclusions.append(("unproduced", unknown))
        share = self._short_by_share(requirement, useful_until, produced, need)
        return [*exclusions, ("short", share)]

    @api.model
    def _short_by_share(self, requirement, useful_until, produced, need):
        """Return what ``tools/removal/remaining_life.py`` sums up, with tolerance."""
        last = SQL(
            "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", useful_until, need.zone
        )
        left = SQL("(%s - %s::date)", last, need.arrival)
        total = SQL("(%s - %s)", last, produced)
        asked = SQL("CEIL(%s * %s / 100.0 - 1e-6)", requirement.percent, total)
        if not requirement.above_percent:
            return SQL("%s < %s", left, asked)
        above = SQL("FLOOR(%s * %s / 100.0 + 1e-6)", requirement.above_percent, total)
        return SQL("%s < GREATEST(%s, %s + 1)", left, asked, above)

    @api.model
    def _eligible_domain(self, product, location, need):
        """Return the domain of quants that may be reserved."""
        method = self.env["stock.quant"]._get_removal_strategy(product, location)
        conditions = [sql for _code, sql in self._exclusions(product, method, need)]
        if not conditions:
            return Domain.TRUE
        return Domain.custom(to_sql=lambda _model, _alias, _query: none_of(conditions))

    @api.model
    def _column(self, name):
        return self.env["stock.quant"]._field_to_sql("stock_quant", name)

    @api.model
    def _lot_column(self, name):
        field = self.env["stock.lot"]._fields[name]
        return SQL(
            "(SELECT %s FROM stock_lot WHERE stock_lot.id = %s)",
            SQL.identifier("stock_lot", name, to_flush=field),
            self._column("lot_id"),
        )
