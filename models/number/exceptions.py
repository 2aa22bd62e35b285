from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.gs1.batch import LONGEST
from ..base.exceptions import known_to_clients

#: As many numbers a sentence lists.
NAMED = 5


@known_to_clients
class NumberTakenError(ValidationError):
    """A lot has the number already.

    :ivar product: product.product
    :ivar str number: what both would be called
    """

    def __init__(self, product, number):
        self.product = product
        self.number = number
        super().__init__(
            product.env._(
                "There is a batch %(number)s of %(product)s already. Give this one "
                "another number, or use the one there is.",
                number=number,
                product=product.display_name,
            )
        )


@known_to_clients
class OwnNumberMissingError(UserError):
    """A line has the supplier's number of a batch, and nothing gives it ours.

    :ivar line: stock.move.line
    """

    def __init__(self, line):
        self.line = line
        super().__init__(
            line.env._(
                "%(product)s: “%(number)s” is the supplier's batch number, and there "
                "is none of yours. Type one in the line. Or let it be given: either "
                "the supplier's number becomes yours (“Supplier's batch number” of "
                "the product or of “%(operation)s”), or “%(operation)s” numbers new "
                "batches and the product has a batch pattern.",
                product=line.product_id.display_name,
                number=line.supplier_lot_name,
                operation=line.picking_type_id.display_name,
            )
        )


@known_to_clients
class UnfitForBarcodeError(ValidationError):
    """A product with a GTIN and a pattern gets numbers that no GS1 barcode can hold.

    :ivar product: product.product
    :ivar list numbers: those that do not fit
    """

    def __init__(self, product, numbers):
        self.product, self.numbers = product, numbers
        super().__init__(
            product.env._(
                "%(product)s has a GTIN, so its batch numbers must fit a GS1 barcode: "
                "at most %(longest)s letters, digits and common signs, no spaces. "
                "These do not: %(numbers)s.",
                product=product.display_name,
                longest=LONGEST,
                numbers=", ".join(numbers[:NAMED]),
            )
        )


@known_to_clients
class PatternError(ValidationError):
    """A batch pattern that nobody could read numbers back with.

    :ivar str pattern: as it was typed
    :ivar str reason: one of the constants of ``tools/number/grammar.py``
    :ivar int position: index of the character that is wrong
    """

    def __init__(self, message, pattern, error):
        self.pattern = pattern
        self.reason = error.reason
        self.position = error.position
        super().__init__(message)


@known_to_clients
class NumberingError(UserError):
    """A number that cannot be given, or does not follow the pattern.

    :ivar str reason: one of the constants of ``tools/number/grammar.py``
    :ivar product: product.product to be numbered, or none
    :ivar str detail: the code, the field or the number that is wrong
    """

    def __init__(self, message, product, error):
        self.reason = error.reason
        self.product = product
        self.detail = error.detail
        super().__init__(message)


@known_to_clients
class SequenceExhaustedError(NumberingError):
    """All running numbers of a day, or of whatever else they count within, are used."""


@known_to_clients
class SequenceOfOthersError(AccessError):
    """A sequence would give the numbers of a company that the user does not work for.

    :ivar sequences: ir.sequence
    :ivar companies: res.company
    """

    def __init__(self, sequences, companies):
        self.sequences, self.companies = sequences, companies
        super().__init__(
            sequences.env._(
                "Batch numbers of %(company)s are set up by who works there. Choose "
                "one of your companies, or none for all.",
                company=companies.sudo()[:1].name,
            )
        )
