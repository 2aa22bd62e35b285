"""Refusals that other code tells apart, with the records that they are about."""

from odoo.exceptions import AccessError, UserError

from ..base.exceptions import known_to_clients


@known_to_clients
class BatchHeldError(UserError):
    """A movement that the disposition of the lot, or of its place, does not permit.

    :param line: stock.move.line that would move
    :param Held held: what forbids it

    Its data: ``lot`` (stock.lot), ``product``, ``disposition``, ``purpose`` (one of
    ``tools.movement.USES``) and ``place`` (the stock.location that imposes it; empty if
    the lot has the disposition itself).
    """

    def __init__(self, line, held):
        self.lot = line.lot_id
        self.product = line.product_id
        self.disposition = held.disposition
        self.purpose = held.purpose
        self.place = held.place
        super().__init__(self._message(line, held))

    def _message(self, line, held):
        env = line.env
        data = {
            "lot": self.lot.name or self.product.display_name,
            "product": self.product.display_name,
            "disposition": self.disposition.name,
            "permission": self.disposition._permission_label(self.purpose),
            "since": line._held_since_message(held),
            "who": env["stock.lot"]._releasers_label(line.company_id),
        }
        if self.place:
            return env._(
                "Batch %(lot)s of %(product)s lies in %(place)s, where everything is "
                "“%(disposition)s”, which does not permit “%(permission)s”. %(since)s "
                "Choose another batch, or ask a quality manager to take it out: "
                "%(who)s.",
                place=self.place.display_name,
                **data,
            )
        return env._(
            "Batch %(lot)s of %(product)s is “%(disposition)s”, which does not permit "
            "“%(permission)s”. %(since)s Choose another batch, or ask a quality "
            "manager to release it: %(who)s.",
            **data,
        )


@known_to_clients
class HeldQuantityError(UserError):
    """A held quantity that somebody changes by hand, beside all transfers.

    :param quant: stock.quant
    :param Held held: what forbids it
    """

    def __init__(self, quant, held):
        self.quant = quant
        self.disposition = held.disposition
        self.place = held.place
        super().__init__(
            quant.env._(
                "%(lot)s in %(place)s is “%(disposition)s”, which does not "
                "permit “Count”: nobody changes its quantity by hand.",
                lot=quant.lot_id.name or quant.product_id.display_name,
                place=quant.location_id.display_name,
                disposition=held.disposition.name,
            )
        )


@known_to_clients
class ReleaseNotAllowedError(AccessError):
    """A release of a lot, or of what lies in a place, without the quality right.

    :param str message: what to do instead
    :param disposition: stock.lot.disposition that only a quality manager ends
    :param subject: the stock.lot, or the stock.location, that would be released
    """

    def __init__(self, message, disposition, subject):
        self.disposition = disposition
        self.subject = subject
        super().__init__(message)


@known_to_clients
class SecondPersonNeededError(AccessError):
    """A release by one person alone where the company wants two.

    :param str message: how two people release
    :param disposition: stock.lot.disposition that two people end
    :param subject: the stock.lot, or the stock.location, that would be released
    """

    def __init__(self, message, disposition, subject):
        self.disposition = disposition
        self.subject = subject
        super().__init__(message)
