import math
from datetime import timedelta

import pytz

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from ...tools.movement import CONSUME, DELIVER, MOVE
from ...tools.removal.ordering import FEMAL, FIFO, ORDERINGS
from ...tools.removal.remaining_life import Requirement, start_of
from .quant_reader import Reader, none_of

#: For these, a lot past its removal date is as good as not there.
FRESH_PURPOSES = (DELIVER, CONSUME, MOVE)
ORDER_HOOK = "_get_removal_strategy_order"


class StockRemoval(models.AbstractModel):
    """Which lot goes next: eligible ones, in order, and no more than are needed.

    The one rule of eligibility is ``_exclusions``: named conditions in SQL, each of
    which keeps a quant from being reserved. Orders are declared in
    ``tools/removal/ordering.py``. Another addon adds to either by overriding
    ``_exclusions`` or ``_orderings``.

    Quants are read in sections - a condition and an order - until the demand is met,
    from indexes that hold only what is free: a product with 20 000 quants costs what
    one with 20 does.
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
        :param Need need: what it was skipped for
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

        The product's margin belongs to FEMAL; what a customer asks always counts.
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
        :param Need need: what for
        :return: list of ``(code, SQL condition on stock_quant)``; NULL does not exclude
        """
        exclusions = []
        forbidding = self.env["stock.lot.disposition"]._forbidding_ids(need.purpose)
        if forbidding:
            exclusions.append(("held", self._held(forbidding)))
        if need.purpose in FRESH_PURPOSES:
            removal = self._column("removal_date")
            exclusions.append(("removal", SQL("%s < %s", removal, need.moment)))
        if need.purpose == DELIVER:
            requirement = self._requirement(product, method, need)
            exclusions += self._short_lived(product, requirement, need)
        return exclusions

    @api.model
    def _held(self, forbidding):
        # A scalar subquery is looked up row by row; IN would first read every held lot.
        return SQL("%s = ANY(%s)", self._lot_column("disposition_id"), list(forbidding))

    @api.model
    def _short_lived(self, product, requirement, need):
        """Return the exclusions by the remaining life on arrival."""
        if requirement == Requirement():
            return []
        useful_until = self._column("useful_until")
        exclusions = []
        if product.use_expiration_date:
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

    # -- what was read

    @api.model
    def _note(self, reading, product, quantity, reserved):
        """Remember what a reservation read, if somebody keeps a record of it."""
        notes = self.env["stock.removal.decision"]._notes()
        if notes is not None and notes.move_id:
            taken = [(quant.id, amount) for quant, amount in reserved]
            notes.append((notes.move_id, product, quantity, reading, taken))

    # -- reading

    @api.model
    def _read_until(self, reading, product, location, domain, demand):
        """Read quants in the order in which they should leave, until ``demand`` is met.

        :param Reading reading: takes what was looked at, skipped quants included
        :param Domain domain: which quants, eligible or not
        :param float demand: in the product's unit
        :return: False if the strategy says no order to read by (closest location,
            least packages), else True
        """
        quants = self.env["stock.quant"]
        method = quants._get_removal_strategy(product, location)
        ordering = self._ordering_in_force(method)
        if not ordering:
            return False
        exclusions = self._exclusions(product, method, reading.need)
        reader = Reader(product, quants._search(domain), exclusions, reading.wide)
        reading.method = method
        wanted = float("inf") if reading.everything else demand
        reading.reads, lacking = self._take(reader, product, ordering, wanted)
        reading.is_partial = not reading.everything and bool(reading.reads)
        fit = [read.quant_id for read in reading.reads if not read.skipped]
        reading.window = [*fit, *lacking]
        return True

    @api.model
    def _look(self, product, location, need, count):
        """Return the first ``count`` quants as they should leave, skipped ones too.

        :return: ``(method, [Read])``; without an order to read by, as core has them
        """
        quants = self.env["stock.quant"].sudo()
        method = quants._get_removal_strategy(product, location)
        domain = quants._get_gather_domain(product, location)
        exclusions = self._exclusions(product, method, need)
        reader = Reader(product.sudo(), quants._search(domain), exclusions, True)
        ordering = self._ordering_in_force(method) or FIFO
        reads = self.sudo()._in_order(reader, product, ordering, math.inf)
        seen = {}
        for read in reads:
            seen.setdefault(read.quant_id, read)
            if len(seen) == count:
                break
        return method, list(seen.values())

    @api.model
    def _take(self, reader, product, ordering, demand):
        """Return the quants read for ``demand``, and the ids of those that lack.

        What some quants lack, others have lent them: it is not free.
        """
        taken, free, lacking = {}, None, []
        for read in self._in_order(reader, product, ordering, demand):
            if free is None:
                lacking, lack = reader.lacking()
                free = -lack
            if read.quant_id in taken:
                continue
            taken[read.quant_id] = read
            free += 0 if read.skipped else read.free
            if free >= demand:
                break
        return list(taken.values()), lacking

    @api.model
    def _in_order(self, reader, product, ordering, demand):
        """Yield quants as they should leave; those without a lot last, as in core."""
        if isinstance(ordering, str):
            yield from self._as_another_addon_wants(reader, ordering)
            return
        if product.removal_fewest_lots and demand != math.inf:
            yield from self._one_lot(reader, product, ordering, demand)
        for condition in self._with_lot_first(reader):
            yield from self._known_first(reader, product, ordering, condition)

    @api.model
    def _as_another_addon_wants(self, reader, order):
        order = self.env["stock.quant"]._order_to_sql(order, reader.query)
        for condition in self._with_lot_first(reader):
            yield from reader.in_order(condition, order)

    @api.model
    def _with_lot_first(self, reader):
        """Return the conditions that come one after the other.

        Untracked products too may have lots, from before: core takes them first.
        """
        lot = reader.column("lot_id")
        return SQL("%s IS NOT NULL", lot), SQL("%s IS NULL", lot)

    @api.model
    def _known_first(self, reader, product, ordering, condition):
        order = reader.order_by(ordering)
        if not self._splits(ordering):
            yield from reader.in_order(condition, order)
            return
        known = reader.known(ordering.lead)
        if ordering.similar:
            window = product.femal_window_days
            yield from reader.similar(condition, ordering, window)
        else:
            yield from reader.in_order(SQL("%s AND %s", condition, known), order)
        unknown = SQL("%s AND (%s) IS NOT TRUE", condition, known)
        yield from reader.in_order(unknown, order)

    @api.model
    def _splits(self, ordering):
        """Tell whether lots that do not know what decides must be asked for apart.

        An ascending date puts them last by itself.
        """
        field = self.env["stock.quant"]._fields[ordering.lead]
        if ordering.similar or field.type in ("float", "monetary"):
            return True
        return not field.required and ordering.by[0].startswith("-")

    @api.model
    def _one_lot(self, reader, product, ordering, demand):
        """Yield the quants of one lot that covers the demand, if one is due as well.

        Due are the lots that are similar to the first: their date lies within the
        product's window from its date, or they cost the same.
        """
        lead = ordering.lead
        known = reader.known(lead)
        by_lead = SQL("%s DESC" if _falls(ordering) else "%s", reader.column(lead))
        first = reader.first_value(known, lead, by_lead)
        if first is None:
            return
        close = self._close_to(reader, lead, first, product.femal_window_days)
        lot_id = reader.one_lot(close, ordering, demand)
        if lot_id:
            lot = SQL("%s = %s", reader.column("lot_id"), lot_id)
            yield from reader.in_order(lot, reader.order_by(ordering))

    @api.model
    def _close_to(self, reader, lead, value, window_days):
        column = reader.column(lead)
        if isinstance(value, float):
            return SQL("%s = %s", column, value)
        reach = timedelta(days=window_days)
        return SQL("%s BETWEEN %s AND %s", column, value - reach, value + reach)

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


def _falls(ordering):
    return not ordering.similar and ordering.by[0].startswith("-")
