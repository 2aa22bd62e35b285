from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.gs1.batch import fits_gs1, is_gtin
from ...tools.number import grammar as batch_grammar
from ...tools.number.fields import SEQ, WIDENS
from ...tools.number.grammar import BatchNumberError
from ...tools.number.pattern import Facts, Pattern
from ...tools.number.production_day import production_day
from .exceptions import PatternError
from .numbering import numbering

BLOCKS = "batch_tracking.blocks"
#: A loop takes an eighth of what it has had already: few trips, few numbers unused.
BLOCK_SHARE = 8


@dataclass(frozen=True)
class Job:
    """What is to be numbered: a pattern, and all it may speak of."""

    pattern: Pattern
    facts: Facts
    product: models.Model
    company_key: int
    scope: str


@dataclass
class Block:
    """Numbers that one transaction has taken and not used yet."""

    had: int = 0
    ready: list = field(default_factory=list)


class IrSequence(models.Model):
    """A sequence with a batch pattern numbers lots by what they are.

    Its running number counts within everything else that the number says, so it needs
    no reset: a pattern with the day of the year starts anew every day.

    Callers of ``next_by_id`` tell by ``with_numbering`` which lot is to be numbered.
    """

    _inherit = "ir.sequence"

    batch_pattern = fields.Char(
        help="For example {product}-{yy}{doy}{seq:2}: batch code of the product, "
        "two-digit year, day of the year, and a two-digit batch of the day."
    )
    batch_widens = fields.Boolean(
        "Widen when used up",
        compute="_compute_batch_widens",
        inverse="_inverse_batch_widens",
        help="After batch 99 of two digits comes batch 100. Otherwise a used up day "
        "is refused, and no number is longer than any other.",
    )

    @api.depends("batch_pattern")
    def _compute_batch_widens(self):
        for sequence in self:
            pattern = sequence._batch_parsed()
            sequence.batch_widens = bool(pattern and pattern.running.widens)

    def _inverse_batch_widens(self):
        for sequence in self.filtered(lambda sequence: sequence._batch_parsed()):
            running = sequence._batch_parsed().running
            text = f"{SEQ}:{running.width}{WIDENS if sequence.batch_widens else ''}"
            sequence.batch_pattern = sequence.batch_pattern.replace(
                f"{{{running.text}}}", f"{{{text}}}"
            )

    @api.onchange("batch_widens")
    def _onchange_batch_widens(self):
        self._inverse_batch_widens()

    @api.constrains("batch_pattern")
    def _check_batch_pattern(self):
        for sequence in self.filtered("batch_pattern"):
            try:
                Pattern.parse(sequence.batch_pattern)
            except BatchNumberError as error:
                message = sequence._batch_pattern_message(error)
                raise PatternError(message, sequence.batch_pattern, error) from error

    def _batch_parsed(self):
        """Return the sequence's ``Pattern``, None without a (sound) one."""
        try:
            return Pattern.parse(self.batch_pattern)
        except BatchNumberError:
            return None

    @api.model
    def _batch_today(self, company):
        """Return the production day that it is now where ``company`` is."""
        return self._batch_day(fields.Datetime.now(), company)

    @api.model
    def _batch_day(self, moment, company):
        """Return the production day of ``moment`` (UTC) where ``company`` is."""
        return production_day(moment, str(company._zone()), company.batch_day_start)

    # -- giving numbers

    def _next(self, sequence_date=None):
        known = numbering(self.env)
        product = self.env["product.product"].browse(known.product_id or [])
        # A plain sequence that was asked for a product whose category has a pattern.
        sequence = product._batch_sequence() or self
        if not sequence.batch_pattern:
            return super()._next(sequence_date)
        product = product or sequence._only_product()
        day = fields.Date.to_date(sequence_date) or known.date
        names = sequence._next_batch_numbers(product, day, 1, known.expiry, known.codes)
        return names[0]

    def _only_product(self):
        """Return the one product that uses this pattern, several or none if so."""
        products = self.env["product.product"].sudo()
        return products.search([("lot_sequence_id", "=", self.id)], limit=2)

    def _next_batch_numbers(self, product, day, count, expiry=None, codes=None):
        """Take ``count`` numbers and return them in order.

        :param product: product.product to be numbered
        :param day: production date, False for today where the company is: the one that
            ``with_numbering`` names, the product's, or the one that is active
        :param expiry: date of expiry, None for the product's shelf life from ``day``
        :param dict codes: what is known of the lot by the names of the pattern's
            fields, such as ``{"line": "B", "property:Shift": "2"}``
        :raises SequenceExhaustedError: when the day's numbers are used up
        :raises NumberingError: when something is missing that the pattern speaks of
        """
        self._check_may_number(product)
        with self._explaining(product, day):
            job = self._batch_job(product, day, expiry, codes)
            if count == 1:
                return [self._draw(job)]
            return self._take_free(job, count)

    def _continue_batch_numbers(  # noqa: PLR0917 as _next_batch_numbers
        self, product, first, count, day=None, expiry=None, codes=None
    ):
        """Take ``count`` numbers from ``first`` on, or the next ones if it is empty.

        A lot that has the number ``first`` is the first of the series; a number that
        was given out before is not given again.

        Parameters and errors as of ``_next_batch_numbers``.

        :raises NumberingError: also when ``first`` does not follow the pattern
        """
        if not first:
            return self._next_batch_numbers(product, day, count, expiry, codes)
        self._check_may_number(product)
        with self._explaining(product, day, first):
            decoded = Pattern.parse(self.batch_pattern).decode(first)
            known = (decoded.date or day, decoded.expiry or expiry)
            job = self._batch_job(product, *known, codes)
            if job.pattern.render(job.facts, decoded.number) != first:
                raise BatchNumberError(batch_grammar.DOES_NOT_FIT, detail=first)
            known = [first] if self._names_in_use(product, [first]) else []
            above = decoded.number - 1
            return known + self._take_free(job, count - len(known), above)

    def _peek(self, product, day, count, expiry=None, codes=None):
        """Return the numbers that would be given next, and take none.

        Parameters and errors as of ``_next_batch_numbers``.
        """
        with self._explaining(product, day):
            job = self._batch_job(product, day, expiry, codes)
            last = self.env["stock.lot.counter"]._last(job.scope, job.company_key)
            free = []
            while len(free) < count:
                missing = count - len(free)
                free += self._free_numbers(job, last + 1, missing)
                last += missing
            return free

    @contextmanager
    def _explaining(self, product, day, text=""):
        """Turn what is wrong with a number into a sentence for people."""
        try:
            yield
        except BatchNumberError as error:
            raise self._numbering_error(error, product, day, text) from error

    def _batch_job(self, product, day, expiry, codes):
        """Return the ``Job`` of numbering ``product``; parameters as above."""
        self.ensure_one()
        pattern = Pattern.parse(self.batch_pattern)
        if pattern.needs_product and len(product) != 1:
            raise self._product_error(product)
        company = product.company_id[:1]
        day = day or self._batch_today(self._batch_company(company))
        facts = self._batch_facts(pattern, product[:1], day, expiry, codes)
        return Job(pattern, facts, product, company.id or 0, pattern.scope(facts))

    @api.model
    def _batch_company(self, owner):
        """Return the company whose clock counts for what is numbered.

        :param owner: res.company that owns the product; empty if all share it
        """
        told = self.env["res.company"].browse(numbering(self.env).company_id or [])
        return told or owner or self.env.company

    def _batch_facts(self, pattern, product, day, expiry, codes):
        """Return what ``pattern`` speaks of and is known of the lot to be numbered."""
        if not expiry and product.use_expiration_date:
            expiry = day + timedelta(days=product.expiration_time)
        known = {**self._batch_product_codes(pattern.kinds, product), **(codes or {})}
        return Facts(product._batch_code(), day, fields.Date.to_date(expiry), known)

    def _batch_product_codes(self, kinds, product):
        """Return the codes that the product tells, as far as they are asked."""
        known = {}
        if "attribute" in kinds:
            known |= product._batch_attribute_codes()
        if "property" in kinds:
            known |= product._batch_property_codes()
        return known

    def _draw(self, job):
        """Take one number; a transaction that draws many gets them in blocks.

        What a transaction reads does not change while it lasts, so a block is as good
        as single numbers, and far fewer trips.
        """
        key = (self.id, self.batch_pattern, job.scope, job.company_key, job.product.id)
        blocks = self.env.cr.precommit.data.setdefault(BLOCKS, {})
        block = blocks.setdefault(key, Block())
        if not block.ready:
            block.ready = self._take_block(job, max(1, block.had // BLOCK_SHARE))
        block.had += 1
        return block.ready.pop(0)

    @api.model
    def _skip_typed(self, names):
        """Take numbers that somebody types just now out of this transaction's blocks.

        :param set names: numbers of lots that are about to be saved
        """
        for block in self.env.cr.precommit.data.get(BLOCKS, {}).values():
            block.ready = [name for name in block.ready if name not in names]

    def _take_block(self, job, size):
        try:
            return self._take_free(job, size)
        except BatchNumberError:
            if size == 1:
                raise
            return self._take_free(job, 1)

    def _take_free(self, job, count, above=0):
        """Take ``count`` numbers (greater than ``above``) that nobody has typed."""
        take = self.env["stock.lot.counter"]._take
        limit = job.pattern.limit
        free = []
        while len(free) < count:
            missing = count - len(free)
            first = take(job.scope, job.company_key, missing, limit, above)
            free += self._free_numbers(job, first or limit + 1, missing)
        return free

    def _free_numbers(self, job, first, count):
        """Return the numbers from ``first`` on that nobody has typed before."""
        names = job.pattern.render_all(job.facts, first, count)
        self._check_gs1(job.product, names)
        used = self._names_in_use(job.product, names)
        return [name for name in names if name not in used] if used else names

    def _check_gs1(self, product, names):
        has_gtin = any(is_gtin(variant.barcode) for variant in product)
        if has_gtin and not fits_gs1(names[-1]):
            raise BatchNumberError(batch_grammar.NOT_GS1, detail=names[-1])

    def _names_in_use(self, product, names):
        """Return which of ``names`` lots of ``product`` have, typed by somebody."""
        lots = self.env["stock.lot"]
        lots.flush_model(["name", "product_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT name FROM stock_lot"
                " WHERE product_id = ANY(%s) AND name = ANY(%s)",
                product.ids,
                names,
            )
        )
        return {name for (name,) in rows}
