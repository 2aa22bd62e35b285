import math

import pytz

from odoo import api, models
from odoo.tools import SQL

from ...tools.removal.ordering import FIFO
from .quant_reader import QuantReader


class StockRemoval(models.AbstractModel):
    """Reads the stock in the order of the strategy, as far as the demand needs.

    Quants are read in sections - a condition and an order - until the demand is met,
    from indexes that hold only what is free: a product with 20 000 quants costs what
    one with 20 does.
    """

    _inherit = "stock.removal"

    @api.model
    def _scan_until(self, scan, product, location, domain, demand):
        """Read quants in the order in which they should leave, until ``demand`` is met.

        :param ReservationScan scan: takes what was looked at, skipped quants included
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
        exclusions = self._exclusions(product, method, scan.need)
        reader = QuantReader(
            product,
            quants._search(domain),
            exclusions,
            wide=scan.is_wide,
            zone=pytz.timezone(scan.need.zone),
        )
        scan.method = method
        wanted = math.inf if scan.is_exhaustive else demand
        scan.scanned, over_reserved = self._take(reader, product, ordering, wanted)
        scan.is_partial = not scan.is_exhaustive and bool(scan.scanned)
        fit = [quant.quant_id for quant in scan.scanned if not quant.skipped]
        scan.window = [*fit, *over_reserved]
        return True

    @api.model
    def _recommended(self, product, location, need, count):
        """Return the first ``count`` quants as they should leave, skipped ones too.

        :return: ``(method, [ScannedQuant])``; without an order to read by, as FIFO has
            them
        """
        quants = self.env["stock.quant"].sudo()
        method = quants._get_removal_strategy(product, location)
        domain = quants._get_gather_domain(product, location)
        exclusions = self._exclusions(product, method, need)
        reader = QuantReader(
            product.sudo(),
            quants._search(domain),
            exclusions,
            wide=True,
            zone=pytz.timezone(need.zone),
        )
        ordering = self._ordering_in_force(method) or FIFO
        seen = {}
        for quant in self.sudo()._in_order(reader, product, ordering, math.inf):
            seen.setdefault(quant.quant_id, quant)
            if len(seen) == count:
                break
        return method, list(seen.values())

    @api.model
    def _take(self, reader, product, ordering, demand):
        """Return the quants read for ``demand``, and the ids of over-reserved ones.

        What is missing in over-reserved ones is not free in others.
        """
        taken, free, over_reserved = {}, None, []
        for quant in self._in_order(reader, product, ordering, demand):
            if free is None:
                over_reserved, missing = reader.over_reserved()
                free = -missing
            if quant.quant_id in taken:
                continue
            taken[quant.quant_id] = quant
            free += 0 if quant.skipped else quant.free
            if free >= demand:
                break
        return list(taken.values()), over_reserved

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
        """Yield the quants of one lot that covers the demand, if one is recommended.

        Recommended are the lots that are similar to the first: their date lies within
        the product's window from its date, or they cost the same.
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
        begin, end = reader.window(value, window_days)
        return SQL("%s >= %s AND %s < %s", column, begin, column, end)


def _falls(ordering):
    return not ordering.similar and ordering.by[0].startswith("-")
