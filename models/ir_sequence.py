import re
from datetime import datetime, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..tools import batch_fields, batch_grammar
from ..tools.batch_grammar import BatchNumberError
from ..tools.batch_number import Facts, Pattern
from ..tools.check_character import ALGORITHMS

SAMPLE_CODE = "01"
SAMPLE_LIFE = 60  # days


class IrSequence(models.Model):
    """A sequence with a batch pattern numbers lots by what they are.

    Its running number counts within everything else that the number says, so it needs
    no reset: a pattern with the day of the year starts anew every day.

    The callers of ``next_by_id`` tell by context which lot is to be numbered:
    ``batch_product_id`` (id of a product.product), ``batch_date`` (production date),
    ``batch_expiry`` (date of expiry) and ``batch_codes`` (dict, by the names of the
    pattern's fields: warehouse, operation, line).
    """

    _inherit = "ir.sequence"

    batch_pattern = fields.Char(
        help="For example {product}-{yy}{doy}{seq:2}: batch code of the product, "
        "two-digit year, day of the year, and a two-digit batch of the day."
    )
    batch_example = fields.Char(
        string="Example of today", compute="_compute_batch_example"
    )

    @api.depends("batch_pattern")
    def _compute_batch_example(self):
        today = self._batch_today(self.env.company)
        for sequence in self:
            sequence.batch_example = sequence._batch_example(SAMPLE_CODE, today)

    @api.constrains("batch_pattern")
    def _check_batch_pattern(self):
        for sequence in self.filtered("batch_pattern"):
            try:
                Pattern.parse(sequence.batch_pattern)
            except BatchNumberError as error:
                raise ValidationError(sequence._batch_pattern_fault(error)) from error

    @api.model
    def _batch_today(self, company):
        """Return today's date where ``company`` is."""
        zone = pytz.timezone(company.partner_id.tz or self.env.user.tz or "UTC")
        return pytz.utc.localize(datetime.utcnow()).astimezone(zone).date()

    def _batch_example(self, product_code, day):
        """Return the first number of ``day``, False without a (sound) pattern.

        Showing an example takes no number. Codes that only a real lot has are shown
        as their own names.
        """
        self.ensure_one()
        try:
            pattern = Pattern.parse(self.batch_pattern)
            names = {name: re.sub("[^0-9A-Za-z]", "", name) for name in pattern.fields}
            expiry = day + timedelta(days=SAMPLE_LIFE)
            codes = {name: code.upper() for name, code in names.items()}
            return pattern.render(Facts(product_code or "", day, expiry, codes), 1)
        except BatchNumberError:
            return False

    def _next(self, sequence_date=None):
        product_id = self.env.context.get("batch_product_id")
        product = self.env["product.product"].browse(product_id)
        # A plain sequence that was asked for a product whose category has a pattern.
        sequence = product._batch_sequence() or self
        if not sequence.batch_pattern:
            return super()._next(sequence_date)
        product = product or sequence._only_product()
        day = sequence_date or self.env.context.get("batch_date")
        return sequence._next_batch_numbers(product, fields.Date.to_date(day), 1)[0]

    def _only_product(self):
        """Return the one product that uses this pattern, several or none if so."""
        products = self.env["product.product"].sudo()
        return products.search([("lot_sequence_id", "=", self.id)], limit=2)

    def _next_batch_numbers(self, product, day, count, expiry=None):
        """Take ``count`` numbers and return them in order.

        :param product: product.product to be numbered
        :param day: production date, False for today in the company's time zone
        :param expiry: date of expiry, None for the product's shelf life from ``day``
        :raises UserError: when the day's numbers are used up, or something is missing
            that the pattern speaks of
        """
        take = self.env["stock.lot.counter"]._take
        return self._batch_numbers(take, product, day, count, expiry)

    def _peek(self, product, day, count, expiry=None):
        """Return the numbers that would be given next, and take none.

        Parameters and errors as of ``_next_batch_numbers``.
        """
        offset = 1

        def look(scope, company_key, wanted, limit):
            nonlocal offset
            last = self.env["stock.lot.counter"]._last(scope, company_key)
            first, offset = last + offset, offset + wanted
            return first if first + wanted - 1 <= limit else None

        return self._batch_numbers(look, product, day, count, expiry)

    def _batch_numbers(self, take, product, day, count, expiry):
        """Return ``count`` numbers, which ``take`` gives (see ``_take``)."""
        self.ensure_one()
        pattern = Pattern.parse(self.batch_pattern)
        if pattern.needs_product and len(product) != 1:
            raise UserError(self._batch_product_fault(product))
        company = product.company_id[:1]
        day = day or self._batch_today(company or self.env.company)
        facts = self._batch_facts(product[:1], day, expiry)
        try:
            scope, limit = pattern.scope(facts), 10**pattern.width - 1
            free = []
            while len(free) < count:
                missing = count - len(free)
                first = take(scope, company.id or 0, missing, limit)
                free += self._free_numbers(pattern, facts, product, first, missing)
        except BatchNumberError as error:
            raise UserError(self._batch_fault(error, product, day)) from error
        return free

    def _free_numbers(self, pattern, facts, product, first, count):
        """Return the numbers from ``first`` on that nobody has typed before."""
        if not first:
            raise BatchNumberError(
                batch_grammar.OVERFLOW, detail=str(10**pattern.width - 1)
            )
        names = pattern.render_all(facts, first, count)
        used = self._names_in_use(product, names)
        return [name for name in names if name not in used] if used else names

    def _batch_facts(self, product, day, expiry):
        """Return what is known of the lot to be numbered."""
        expiry = expiry or self.env.context.get("batch_expiry")
        if not expiry and product.use_expiration_date:
            expiry = day + timedelta(days=product.expiration_time)
        codes = {
            **product._batch_attribute_codes(),
            **self.env.context.get("batch_codes", {}),
        }
        return Facts(product._batch_code(), day, fields.Date.to_date(expiry), codes)

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

    def _batch_fault(self, error, product, day):
        """Return why the number ``error`` speaks of cannot be given, as a sentence."""
        values = {
            "product": product.display_name or self.name,
            "text": error.detail,
            "pattern": self.batch_pattern,
            "day": fields.Date.to_string(day),
        }
        sentences = {
            batch_grammar.CODE_MISSING: self._missing_code_sentence(error, values),
            batch_grammar.DATE_MISSING: self.env._(
                "%(product)s has no date for “%(text)s”, of which its batch number "
                "speaks. Let the product have expiration dates, or take another one.",
                **values,
            ),
            batch_grammar.BAD_CODE: self.env._(
                "The code “%(text)s” in the batch number of %(product)s has characters "
                "other than letters and digits: it could not be read back.",
                **values,
            ),
            batch_grammar.NOT_CHECKABLE: self.env._(
                "The check character of the pattern %(pattern)s cannot be computed "
                "over “%(text)s” for %(product)s. Take mod37_36 and capital letters.",
                **values,
            ),
            batch_grammar.OVERFLOW: self.env._(
                "All batch numbers of %(product)s for %(day)s are used up: the pattern "
                "%(pattern)s ends at batch %(text)s. Give the pattern a wider running "
                "number.",
                **values,
            ),
        }
        return sentences[error.reason]

    def _missing_code_sentence(self, error, values):
        if error.detail == batch_fields.PRODUCT:
            return self.env._(
                "%(product)s has no batch code, and its batch numbers speak of one. "
                "Fill in the batch code of the product, or of its category.",
                **values,
            )
        return self.env._(
            "The batch number of %(product)s speaks of “%(text)s”, which is not known "
            "here. Type the number, or take another pattern.",
            **values,
        )

    def _batch_product_fault(self, products):
        if not products:
            return self.env._(
                "No product uses the batch numbers “%s” yet. Choose them on a product.",
                self.name,
            )
        return self.env._(
            "Several products use the batch numbers “%s”, so a number can only be "
            "given to a lot whose product is known.",
            self.name,
        )

    def _batch_pattern_fault(self, error):
        """Return what is wrong with a pattern, pointing at the character."""
        position, text = error.position + 1, error.detail
        sentences = {
            batch_grammar.UNKNOWN_FIELD: self.env._(
                "There is no field “%(text)s”. Known fields: %(fields)s.",
                text=text,
                fields=", ".join(batch_fields.FIELDS),
            ),
            batch_grammar.UNBALANCED_BRACE: self.env._(
                "The brace “%s” has no partner. Write it twice to mean the character.",
                text,
            ),
            batch_grammar.NO_NUMBER: self.env._(
                "The running number is missing, for example {seq:2}."
            ),
            batch_grammar.SECOND_NUMBER: self.env._(
                "“%s” stands there a second time: only one is possible.", text
            ),
            batch_grammar.BAD_ARGUMENT: self.env._(
                "“%(text)s” is not complete: write {seq:2} for a running number of two "
                "digits, {check:mod37_36} for a check character (%(checks)s), "
                "{attribute:Flavour} for an attribute, and other fields without a "
                "colon.",
                text=text,
                checks=", ".join(ALGORITHMS),
            ),
            batch_grammar.AMBIGUOUS: self.env._(
                "Nobody could tell where the code before “%s” ends. Put a hyphen or "
                "another sign between them.",
                text,
            ),
        }
        return self.env._(
            "The batch pattern “%(pattern)s” has a fault at character %(position)s. "
            "%(sentence)s",
            pattern=self.batch_pattern,
            position=position,
            sentence=sentences[error.reason],
        )
