from datetime import datetime

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import batch_number
from ..tools.batch_number import BatchNumberError, Facts, Pattern

SAMPLE_CODE = "01"


class IrSequence(models.Model):
    """A sequence with a batch pattern numbers lots by what they are.

    Its running number counts within everything else that the number says, so it needs
    no reset: a pattern with the day of the year starts anew every day.

    The callers of ``next_by_id`` tell by context which lot is to be numbered:
    ``batch_product_id`` (id of a product.product) and ``batch_date`` (production date).
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

        Showing an example takes no number.
        """
        self.ensure_one()
        try:
            pattern = Pattern.parse(self.batch_pattern)
            return pattern.render(Facts(product_code, day), 1)
        except BatchNumberError:
            return False

    def _next(self, sequence_date=None):
        if not self.batch_pattern:
            return super()._next(sequence_date)
        product = self._batch_product()
        day = sequence_date or self.env.context.get("batch_date")
        return self._next_batch_numbers(product, fields.Date.to_date(day), 1)[0]

    def _batch_product(self):
        """Return the product to be numbered: the context's, else who uses this."""
        product_id = self.env.context.get("batch_product_id")
        if product_id:
            return self.env["product.product"].browse(product_id)
        users = self.env["product.product"].sudo()
        return users.search([("lot_sequence_id", "=", self.id)], limit=2)

    def _next_batch_numbers(self, product, day, count):
        """Take ``count`` numbers and return them in order.

        :param product: product.product to be numbered
        :param day: production date, False for today in the company's time zone
        :raises UserError: when the day's numbers are used up, or the product lacks
            the batch code that the pattern speaks of
        """
        self.ensure_one()
        pattern = Pattern.parse(self.batch_pattern)
        if pattern.needs_product and len(product) != 1:
            raise UserError(self._batch_product_fault(product))
        company = product.company_id[:1]
        day = day or self._batch_today(company or self.env.company)
        facts = Facts((product[:1].batch_code or "").strip(), day)
        try:
            return self._take_free_numbers(pattern, facts, product, company, count)
        except BatchNumberError as error:
            raise UserError(self._batch_fault(error, product, day)) from error

    def _take_free_numbers(self, pattern, facts, product, company, count):
        """Take numbers until ``count`` of them are not in use by hand-named lots."""
        counter = self.env["stock.lot.counter"]
        scope = pattern.scope(facts)
        free = []
        while len(free) < count:
            missing = count - len(free)
            first = counter._take(scope, company.id or 0, missing)
            names = [pattern.render(facts, first + step) for step in range(missing)]
            used = self._names_in_use(product, names)
            free += [name for name in names if name not in used]
        return free

    def _names_in_use(self, product, names):
        lots = self.env["stock.lot"].sudo()
        domain = [("name", "in", names), ("product_id", "in", product.ids)]
        return set(lots.search(domain).mapped("name"))

    def _batch_fault(self, error, product, day):
        """Return why the number ``error`` speaks of cannot be given, as a sentence."""
        if error.reason == batch_number.PRODUCT_CODE_MISSING:
            return self.env._(
                "%(product)s has no batch code, and its batch numbers start with one. "
                "Open the product and fill in the batch code.",
                product=product.display_name,
            )
        return self.env._(
            "All batch numbers of %(product)s for %(day)s are used up: the pattern "
            "%(pattern)s has no room for batch %(number)s. Give the pattern a wider "
            "running number.",
            product=product.display_name,
            day=fields.Date.to_string(day),
            pattern=self.batch_pattern,
            number=error.detail,
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
            batch_number.UNKNOWN_FIELD: self.env._(
                "There is no field “%(text)s”. Known fields: %(fields)s.",
                text=text,
                fields=", ".join(batch_number.FIELDS),
            ),
            batch_number.UNBALANCED_BRACE: self.env._(
                "The brace “%s” has no partner. Write it twice to mean the character.",
                text,
            ),
            batch_number.NO_NUMBER: self.env._(
                "The running number is missing, for example {seq:2}."
            ),
            batch_number.SECOND_NUMBER: self.env._(
                "There is a second running number: only one is possible."
            ),
            batch_number.BAD_WIDTH: self.env._(
                "“%s” needs a width from 1 to 9 if it is the running number, "
                "for example {seq:2}, and none otherwise.",
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
