from odoo import fields, models

from ...tools.gs1.batch import LONGEST, misfits
from ...tools.number import fields as batch_fields
from ...tools.number import grammar as batch_grammar
from ...tools.number.check_character import ALGORITHMS
from ...tools.number.grammar import BatchNumberError
from ...tools.number.pattern import Pattern
from .exceptions import NumberingError, SequenceExhaustedError


class IrSequence(models.Model):
    """Why a pattern or a number is refused, and what to do about it."""

    _inherit = "ir.sequence"

    def _numbering_error(self, error, product, day, text=""):
        """Return ``error`` as a ``NumberingError``, in a sentence for people.

        :param BatchNumberError error: what is wrong
        :param day: production date, False for today
        :param str text: the number that somebody has typed
        """
        is_used_up = error.reason == batch_grammar.OVERFLOW
        kind = SequenceExhaustedError if is_used_up else NumberingError
        message = self._numbering_message(error, product, day, text)
        return kind(message, product, error)

    def _numbering_message(self, error, product, day, text):
        """Return why a number cannot be given; parameters as above."""
        values = {
            "product": product[:1].display_name or self.name,
            "text": error.detail,
            "number": text,
            "pattern": self.batch_pattern,
            "day": fields.Date.to_string(day) or self.env._("today"),
        }
        if error.reason in (batch_grammar.CODE_MISSING, batch_grammar.DATE_MISSING):
            return self._missing_fact_message(error, values)
        if error.reason in (batch_grammar.OVERFLOW, batch_grammar.NOT_GS1):
            return self._length_message(error, values)
        if error.reason in (batch_grammar.BAD_CODE, batch_grammar.NOT_CHECKABLE):
            return self._bad_code_message(error, values)
        return self.env._(
            "“%(number)s” does not follow the pattern %(pattern)s of %(product)s: "
            "%(reason)s Leave the first number empty to continue the pattern, or "
            "import the numbers that you have.",
            reason=self._batch_misfit_message(error),
            **values,
        )

    def _batch_misfit_message(self, error):
        """Return why a number cannot be read, as a sentence."""
        if error.reason == batch_grammar.NO_SUCH_DATE:
            return self.env._("There is no such date.")
        if error.reason == batch_grammar.WRONG_CHECK:
            return self.env._(
                "The check character (character %s) is wrong: look for a slip.",
                error.position + 1,
            )
        if error.position >= len(error.detail):
            return self.env._("It ends too early.")
        return self.env._("It differs from character %s on.", error.position + 1)

    def _missing_fact_message(self, error, values):
        if error.reason == batch_grammar.DATE_MISSING:
            return self.env._(
                "%(product)s has no date for “%(text)s”, of which its batch number "
                "speaks. Let the product have expiration dates, or take another one.",
                **values,
            )
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

    def _length_message(self, error, values):
        if error.reason == batch_grammar.OVERFLOW:
            return self.env._(
                "All batch numbers of %(product)s for %(day)s are used up: the pattern "
                "%(pattern)s ends at batch %(last)s. Give the pattern a wider running "
                "number, or let it widen.",
                last=self._batch_parsed().limit,
                **values,
            )
        return self.env._(
            "%(product)s has a GTIN, so its batch numbers must fit a GS1 barcode: "
            "%(longest)s characters at most, and none of “%(misfits)s”. “%(text)s” "
            "does not fit; change the pattern %(pattern)s.",
            longest=LONGEST,
            misfits=misfits(error.detail) or " ",
            **values,
        )

    def _bad_code_message(self, error, values):
        if error.reason == batch_grammar.BAD_CODE:
            return self.env._(
                "The code “%(text)s” in the batch number of %(product)s has characters "
                "other than letters and digits: it could not be read back.",
                **values,
            )
        return self.env._(
            "The check character of the pattern %(pattern)s cannot be computed "
            "over “%(text)s” for %(product)s. Take mod37_36 and capital letters.",
            **values,
        )

    def _product_error(self, products):
        """Return the error of a pattern that speaks of a product and has not found it.

        :param products: product.product, none or several
        """
        # sudo: which apps are missing keeps nobody from knowing why there is no number
        missing = self.env["ir.module.module"].sudo()._missing_batch_bridges_message()
        if missing:
            message = self.env._(
                "The batch numbers “%(sequence)s” speak of the product, which whoever "
                "asks for a number here does not tell. %(missing)s",
                sequence=self.name,
                missing=missing,
            )
        elif products:
            message = self.env._(
                "Several products use the batch numbers “%s”, so a number can only be "
                "given to a lot whose product is known.",
                self.name,
            )
        else:
            message = self.env._(
                "No product uses the batch numbers “%s” yet. Choose them on a product.",
                self.name,
            )
        error = BatchNumberError(
            batch_grammar.CODE_MISSING, detail=batch_fields.PRODUCT
        )
        return NumberingError(message, products, error)

    def _batch_pattern_fault(self):
        """Return what is wrong with the pattern, '' if nothing is."""
        try:
            Pattern.parse(self.batch_pattern)
        except BatchNumberError as error:
            return self._batch_pattern_message(error)
        return ""

    def _batch_pattern_message(self, error):
        """Return what is wrong with the pattern, pointing at the character."""
        return self.env._(
            "The batch pattern “%(pattern)s” has a fault at character "
            "%(position)s. %(sentence)s",
            pattern=self.batch_pattern,
            position=error.position + 1,
            sentence=self._pattern_advice(error),
        )

    def _pattern_advice(self, error):
        text = error.detail
        advice = {
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
                "{attribute:Flavour} for an attribute, {property:Shift} for a property "
                "of the lot, and other fields without a colon.",
                text=text,
                checks=", ".join(ALGORITHMS),
            ),
            batch_grammar.AMBIGUOUS: self.env._(
                "Nobody could tell where the part before “%s” ends. Put a hyphen or "
                "another sign between them.",
                text,
            ),
        }
        return advice[error.reason]
