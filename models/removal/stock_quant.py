from contextlib import contextmanager
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from ...tools.movement import DELIVER
from ...tools.removal.reservation_need import Need, Reading

#: As in the reader: the indexes hold what is free, and nothing else.
FREE = "WHERE quantity > reserved_quantity"

#: Under this name the cursor keeps the readings, one within the other.
READINGS = "batch_tracking.readings"
#: And under this one the strategies of what is being moved.
MOVING = "batch_tracking.moving"
CORE_METHODS = ("fifo", "lifo", "fefo")

STRATEGY_COLUMNS = {
    "useful_until": "timestamp",
    "effective_expiration_date": "timestamp",
    "unit_cost": "float8",
}


class Moving(NamedTuple):
    """What core asks for each line of a transfer anew, and stays the same."""

    #: ``{(product id, location id): strategy}``
    methods: dict
    #: Strategies that another addon does not let through.
    refused: frozenset


class StockQuant(models.Model):
    """Reserves eligible lots only, in the order of the removal strategy.

    Eligibility is asked for while something is being reserved, by the context keys
    ``batch_reading`` (one reservation, reads no more than it needs) or
    ``batch_eligible`` (a ``Need``: filters whatever is gathered). They must never be
    set when quantities are moved: a lot hidden from its own movement would get a
    second, negative quantity.
    """

    _inherit = "stock.quant"

    disposition_id = fields.Many2one(related="lot_id.disposition_id")
    disposition_color = fields.Integer(related="lot_id.disposition_id.color")
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
    _lacking_idx = models.Index("(product_id) WHERE quantity < reserved_quantity")

    @api.depends(*(f"lot_id.{name}" for name in STRATEGY_COLUMNS))
    def _compute_of_lot(self):
        lots = {lot: [lot[name] for name in STRATEGY_COLUMNS] for lot in self.lot_id}
        nothing = [False] * len(STRATEGY_COLUMNS)
        groups = self.grouped(lambda quant: tuple(lots.get(quant.lot_id, nothing)))
        for values, quants in groups.items():
            for name, value in zip(STRATEGY_COLUMNS, values, strict=True):
                quants[name] = value

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
        """A product's own strategy comes before its category's and the location's."""
        if self.env.context.get("batch_any_order"):
            return "fifo"
        moving = self._moving()
        goods = (product_id.id, location_id.id)
        if moving and goods in moving.methods:
            return moving.methods[goods]
        own = product_id.removal_strategy_id
        if own:
            # sudo: who reserves need not read strategies
            method = own.sudo().with_context(lang=None).method
        else:
            method = super()._get_removal_strategy(product_id, location_id)
        if moving:
            moving.methods[goods] = method
        return method

    @api.model
    @contextmanager
    def _doing_transfer(self):
        """Ask for the strategy of goods once, and not for each line of a transfer."""
        cache = self.env.cr.cache
        outer = cache.get(MOVING)
        cache[MOVING] = Moving({}, self.env["stock.removal"]._refused_methods())
        try:
            yield
        finally:
            cache[MOVING] = outer

    @api.model
    def _moving(self):
        """Return the ``Moving`` of the transfer that core is doing, or None."""
        if self.env.context.get("quants_cache") is None:
            return None
        return self.env.cr.cache.get(MOVING)

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
        context = self.env.context
        need = context["batch_need"] if "batch_need" in context else self._any_need()
        if quantity <= 0 or not need:
            return super()._get_reserve_quantity(*wanted, **kwargs)
        # What is past its removal date is for us to skip, and to tell about.
        reading = Reading(need)
        choosy = self.with_context(batch_reading=True, with_expiration=False)
        with choosy._reading(reading):
            reserved = super(StockQuant, choosy)._get_reserve_quantity(
                *wanted, **kwargs
            )
            taken = sum(amount for _quant, amount in reserved)
            if reading.is_partial and taken < quantity:
                # Units, packagings or another addon want more to choose from.
                reading.read_everything()
                reserved = super(StockQuant, choosy)._get_reserve_quantity(
                    *wanted, **kwargs
                )
        self._lock_reserved(reserved)
        self.env["stock.removal"]._note(reading, product_id, quantity, reserved)
        return [(quant.with_env(self.env), taken) for quant, taken in reserved]

    @api.model
    @contextmanager
    def _reading(self, reading):
        """Let what is gathered under ``batch_reading`` meanwhile be read by it.

        The reading is the transaction's and not the context's: a context of its own
        for each reservation makes Odoo search ever more environments.
        """
        readings = self.env.cr.cache.setdefault(READINGS, [])
        readings.append(reading)
        try:
            yield
        finally:
            readings.pop()

    @api.model
    def _current_reading(self):
        """Return the ``Reading`` that this gathers for, or None."""
        if not self.env.context.get("batch_reading"):
            return None
        return self.env.cr.cache[READINGS][-1]

    @api.model
    def _any_need(self):
        """Return the ``Need`` of who does not say what for: what may leave, now."""
        now = fields.Datetime.now()
        return Need(DELIVER, now, now.date())

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
        context = self.env.context
        if not (context.get("batch_reading") or context.get("batch_eligible")):
            return super()._update_available_quantity(*args, **kwargs)
        blind = self.with_context(batch_reading=False, batch_eligible=False)
        return super(StockQuant, blind)._update_available_quantity(*args, **kwargs)

    def _get_gather_domain(  # noqa: PLR0917 as core has it
        self,
        product_id,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
    ):
        reading = self._current_reading()
        if reading and reading.window is not None:
            return Domain("id", "in", reading.window)  # read within the domain before
        if strict and not reading and self._moving():
            method = self._get_removal_strategy(product_id, location_id)
            if method != "least_packages":
                return Domain.TRUE  # core looks into its cache then, and not here
        domain = super()._get_gather_domain(
            product_id, location_id, lot_id, package_id, owner_id, strict
        )
        need = self.env.context.get("batch_eligible")
        if not need:
            return domain
        eligible = self.env["stock.removal"]._eligible_domain(
            product_id, location_id, need
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
        reading = self._current_reading()
        if reading and reading.quants is not None:
            return reading.quants
        quants = self._in_gathering_mode(reading, scope, qty)
        gathered = super(StockQuant, quants)._gather(*scope, qty=qty)
        if quants is not self:
            gathered = gathered.with_env(self.env)
        if reading:
            gathered = gathered._in_reading_order(reading)
            reading.quants = gathered
        return gathered

    def _in_gathering_mode(self, reading, scope, demand):
        """Return ``self`` with what the context must say for super's ``_gather``."""
        product, location, lot, package, _owner, strict = scope
        if reading:
            domain = self._get_gather_domain(*scope)
            reading.wide = not (lot or package or strict)
            removal = self.env["stock.removal"]
            if removal._read_until(reading, product, location, domain, demand):
                return self.with_context(batch_any_order=True)
            return self.with_context(batch_reading=False, batch_eligible=reading.need)
        moving = self._moving()
        refused = moving and moving.refused
        if not moving:
            refused = self.env["stock.removal"]._refused_methods()
        if refused and self._get_removal_strategy(product, location) in refused:
            return self.with_context(batch_any_order=True)
        return self

    def _in_reading_order(self, reading):
        if reading.window is None:
            return self
        position = {quant_id: place for place, quant_id in enumerate(reading.window)}
        return self.sorted(lambda quant: position[quant.id])
