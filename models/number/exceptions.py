from odoo.exceptions import UserError, ValidationError

from ..base.exceptions import known_to_clients


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
