from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from ...tools.days import local_day
from ...tools.movement import DELIVER
from ...tools.removal.reservation import ReservationContext, ReservationScan
from ...tools.removal.reservation_need import ReservationNeed

#: As in the reader: the indexes hold what is free, and nothing else.
FREE = "WHERE quantity > reserved_quantity"

CORE_METHODS = ("fifo", "lifo", "fefo")

STRATEGY_COLUMNS = {
    "useful_until": "timestamp",
    "effective_expiration_date": "timestamp",
    "unit_cost": "float8",
}


class StockQuant(models.Model):
    """Reserves eligible lots only, in the order of the removal strategy.

    Eligibility is asked for while something is being reserved, as the
    ``ReservationContext`` says: it has a scan (one reservation, which reads no more
    than it needs) or it filters whatever is gathered. It does neither when quantities
    are moved.
    """

    _inherit = "stock.quant"

    # What strategies compare must be a column here: no order reaches through a lot.
    # Of the lot, for the indexes: one method for all, as receipts add thousands.
    useful_until = fields.Datetime(compute="_compute_of_lot", store=True)
    effective_expiration_date = fields.Datetime(compute="_compute_of_lot", store=True)
    unit_cost = fields.Float(
        compute="_compute_of_lot", store=True, aggregator="avg", digits=False
    )

    _in_date_idx = models.Index(f"(product_id, in_date, id) {FREE}")
    _removal_date_idx = models.Index(f"(product_id, removal_date, in_date, id) {FREE}")
    _expiration_date_idx = models.Index(f"(product_id, expiration_date, id) {FREE}")
    _effective_expiration_idx = models.Index(
        f"(product_id, effective_expiration_date, in_date, id) {FREE}"
    )
    _unit_cost_idx = models.Index(
        f"(product_id, unit_cost, expiration_date, in_date, id) {FREE}"
    )
    _over_reserved_idx = models.Index("(product_id) WHERE quantity < reserved_quantity")

    @api.depends(
        *(f"lot_id.{name}" for name in STRATEGY_COLUMNS), "lot_id.unit_cost_company_id"
    )
    def _compute_of_lot(self):
        lots = {lot: [lot[name] for name in STRATEGY_COLUMNS] for lot in self.lot_id}
        nothing = [False] * len(STRATEGY_COLUMNS)
        groups = self.grouped(lambda quant: tuple(lots.get(quant.lot_id, nothing)))
        for values, quants in groups.items():
            for name, value in zip(STRATEGY_COLUMNS, values, strict=True):
                quants[name] = value
        # sudo: whose currency a shared lot's cost is in decides what it is here
        for quant in self.sudo().filtered("lot_id.unit_cost_company_id"):
            if quant.company_id and not quant.lot_id.company_id:
                quant.unit_cost = quant.lot_id._unit_cost_for(quant.company_id)

    def _auto_init(self):
        new = [
            (name, kind)
            for name, kind in STRATEGY_COLUMNS.items()
            if not column_exists(self.env.cr, "stock_quant", name)
        ]
        for name, kind in new:
            create_column(self.env.cr, "stock_quant", name, kind)
        if new:
            self._fill_strategy_columns()
        return super()._auto_init()

    def _fill_strategy_columns(self):
        # Computed record by record, a large database would wait for hours.
        self.env.cr.execute(
            SQL(
                "UPDATE stock_quant SET useful_until = stock_lot.useful_until,"
                " effective_expiration_date = stock_lot.effective_expiration_date"
                " FROM stock_lot WHERE stock_lot.id = stock_quant.lot_id"
                " AND stock_lot.useful_until IS NOT NULL"
            )
        )

    @api.model
    def _get_removal_strategy(self, product_id, location_id):
        """The product's own strategy, else the nearest of its categories, else core's.

        Core knows the location's, and of categories only the product's own.
        """
        reservation = ReservationContext.of(self.env.context)
        if reservation and reservation.is_unordered:
            return "fifo"
        cache = self._transfer_cache(reservation)
        if not cache:
            chosen = product_id._removal_strategy().method
            return chosen or super()._get_removal_strategy(product_id, location_id)
        goods = (product_id.id, location_id.id)
        if goods not in cache.methods:
            chosen = product_id._removal_strategy().method
            chosen = chosen or super()._get_removal_strategy(product_id, location_id)
            cache.methods[goods] = chosen
        return cache.methods[goods]

    @api.model
    def _transfer_cache(self, reservation):
        """Return the ``TransferCache`` of what core is moving, or None.

        :param reservation: the ``ReservationContext`` of the context, or None
        """
        if reservation is None or self.env.context.get("quants_cache") is None:
            return None
        return reservation.transfer_cache

    @api.model
    def _get_removal_strategy_order(self, removal_strategy):
        # Core's own strategies stay core's, so that other addons may refine them.
        if removal_strategy not in CORE_METHODS:
            ordering = self.env["stock.removal"]._orderings().get(removal_strategy)
            if ordering:
                return ordering.sql()
        return super()._get_removal_strategy_order(removal_strategy)

    def _get_reserve_quantity(self, product_id, location_id, quantity, *args, **kwargs):
        wanted = (product_id, location_id, quantity, *args)
        reservation = ReservationContext.of(self.env.context)
        reservation = reservation or ReservationContext(self._any_need())
        if quantity <= 0 or not reservation.need:
            return super()._get_reserve_quantity(*wanted, **kwargs)
        scan = ReservationScan(reservation.need)
        # What is past its removal date is for us to skip, and to tell about.
        scanning = self.with_context(
            batch_reservation=reservation, with_expiration=False
        )
        with reservation.scanning(scan):
            reserved = super(StockQuant, scanning)._get_reserve_quantity(
                *wanted, **kwargs
            )
            taken = sum(amount for _quant, amount in reserved)
            if scan.is_partial and taken < quantity:
                # Units, packagings or another addon want more to choose from.
                scan.read_everything()
                reserved = super(StockQuant, scanning)._get_reserve_quantity(
                    *wanted, **kwargs
                )
        self._lock_reserved(reserved)
        self.env["stock.removal.decision"]._log_scan(
            reservation, scan, quantity, reserved
        )
        return [(quant.with_env(self.env), taken) for quant, taken in reserved]

    @api.model
    def _any_need(self):
        """Return the ``ReservationNeed`` of who does not say what for.

        That is what may leave, now, and where the user's company is.
        """
        now = fields.Datetime.now()
        zone = self.env.company._zone()
        return ReservationNeed(DELIVER, now, local_day(now, zone), str(zone))

    @api.model
    def _lock_reserved(self, reserved):
        """Wait for others who are reserving the same; theirs counts before ours.

        Core goes around a locked quant by adding a second one, and reserves the last
        piece twice. PostgreSQL makes the later of two transactions start anew.
        """
        ids = sorted(quant.id for quant, _taken in reserved)
        if ids:
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM stock_quant WHERE id = ANY(%s)"
                    " ORDER BY id FOR NO KEY UPDATE",
                    ids,
                )
            )

    @api.model
    def _update_available_quantity(self, *args, **kwargs):
        reservation = ReservationContext.of(self.env.context)
        if not reservation or not reservation.is_gathering:
            return super()._update_available_quantity(*args, **kwargs)
        with reservation.moving():
            return super()._update_available_quantity(*args, **kwargs)

    def _get_gather_domain(  # noqa: PLR0917 as core has it
        self,
        product_id,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
    ):
        reservation = ReservationContext.of(self.env.context)
        scan = reservation.scan if reservation else None
        if scan and scan.window is not None:
            return Domain("id", "in", scan.window)  # read within the domain before
        if strict and not scan and self._transfer_cache(reservation):
            method = self._get_removal_strategy(product_id, location_id)
            if method != "least_packages":
                return Domain.TRUE  # core looks into its cache then, and not here
        domain = super()._get_gather_domain(
            product_id, location_id, lot_id, package_id, owner_id, strict
        )
        if not (reservation and reservation.is_filtering and reservation.need):
            return domain
        eligible = self.env["stock.removal"]._eligible_domain(
            product_id, location_id, reservation.need
        )
        return Domain(domain) & eligible

    def _gather(  # noqa: PLR0917 as core has it
        self,
        product_id,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
        qty=0,
    ):
        scope = (product_id, location_id, lot_id, package_id, owner_id, strict)
        reservation = ReservationContext.of(self.env.context)
        if reservation and reservation.scan:
            scan = reservation.scan
            if scan.quants is None:
                scan.quants = self._gather_scanned(reservation, scope, qty)
            return scan.quants
        if self._is_order_refused(product_id, location_id, reservation):
            return self._gather_unordered(scope, qty)
        return super()._gather(*scope, qty=qty)

    def _gather_scanned(self, reservation, scope, demand):
        """Return what the scan in hand finds, as far as the demand needs.

        Strategies without an order to scan by (closest location, least packages)
        choose from all that is eligible.

        :param tuple scope: arguments of ``_gather``
        """
        scan = reservation.scan
        product, location, lot, package, _owner, strict = scope
        domain = self._get_gather_domain(*scope)
        scan.is_wide = not (lot or package or strict)
        removal = self.env["stock.removal"]
        if not removal._scan_until(scan, product, location, domain, demand):
            with reservation.filtering():
                return self._gather_as_others(scope, demand)
        with reservation.unordered():
            gathered = self._gather_as_others(scope, demand)
        position = {quant_id: place for place, quant_id in enumerate(scan.window)}
        return gathered.sorted(lambda quant: position[quant.id])

    def _is_order_refused(self, product, location, reservation):
        """Tell whether another addon does not let the strategy's order through."""
        cache = self._transfer_cache(reservation)
        refused = (
            cache.refused if cache else self.env["stock.removal"]._refused_methods()
        )
        return refused and self._get_removal_strategy(product, location) in refused

    def _gather_unordered(self, scope, demand):
        reservation = ReservationContext.of(self.env.context)
        reservation = reservation or ReservationContext(self._any_need())
        quants = self.with_context(batch_reservation=reservation)
        with reservation.unordered():
            gathered = quants._gather_as_others(scope, demand)
        return gathered.with_env(self.env)

    def _gather_as_others(self, scope, demand):
        """Return what core and other addons gather, without a part of ours."""
        # pylint: disable=super-method-mismatch
        return super()._gather(*scope, qty=demand)
