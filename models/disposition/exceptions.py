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


@known_to_clients
class DispositionMissingError(UserError):
    """A lot was to be left without a disposition.

    :ivar lot: stock.lot
    """

    def __init__(self, env, lot):
        self.lot = lot
        super().__init__(
            env._(
                "Batch %(lot)s must have a disposition: without one nothing says what "
                "may be done with it. Choose “Released”, or another one.",
                lot=lot.display_name,
            )
        )


@known_to_clients
class CountedOutsideError(UserError):
    """A batch was to be counted in a place that is not our own.

    :ivar quant: stock.quant
    """

    def __init__(self, quant):
        self.quant = quant
        super().__init__(
            quant.env._(
                "Batch %(lot)s is not counted in %(place)s: only what lies in your own "
                "stock is. Receive, deliver or return it by a transfer instead.",
                lot=quant.lot_id.display_name,
                place=quant.sudo().location_id.display_name,
            )
        )


@known_to_clients
class HeldIdentityError(UserError):
    """A held lot was to become one of another product or company.

    :ivar lot: stock.lot
    :ivar disposition: stock.lot.disposition that holds it, or its place
    """

    def __init__(self, lot, disposition):
        self.lot, self.disposition = lot, disposition
        super().__init__(
            lot.env._(
                "Batch %(lot)s is “%(disposition)s”: it keeps its product and its "
                "company. A quality manager releases it first.",
                lot=lot.display_name,
                disposition=disposition.name,
            )
        )


@known_to_clients
class HeldNumberError(UserError):
    """A lot was to get a number by which goods go that are held.

    :ivar lot: stock.lot that was to get it
    :ivar held: stock.lot that had it before
    """

    def __init__(self, lot, held):
        self.lot, self.held = lot, held
        super().__init__(
            lot.env._(
                "%(number)s was the number of batch %(held)s, or is read like it, and "
                "that is “%(disposition)s”: goods under that number are held. Choose "
                "another number.",
                number=lot.name,
                held=held.name,
                disposition=held._guarding()[:1].name,
            )
        )


@known_to_clients
class HeldByCompanyError(AccessError):
    """A shared lot was to be released that another company holds.

    :ivar lot: stock.lot
    :ivar companies: res.company that hold it
    """

    def __init__(self, lot, companies):
        self.lot, self.companies = lot, companies
        super().__init__(
            lot.env._(
                "%(company)s holds batch %(lot)s as well, and releases it itself: ask "
                "%(who)s.",
                company=", ".join(companies.sudo().mapped("name")),
                lot=lot.display_name,
                who=lot._releasers_label(companies),
            )
        )


@known_to_clients
class QuantitiesDisagreeError(UserError):
    """A line was to move another quantity than it says.

    :ivar line: stock.move.line
    """

    def __init__(self, line):
        self.line = line
        super().__init__(
            line.env._(
                "The line of %(product)s in %(document)s says %(quantity)s %(unit)s: "
                "change that, and what it moves follows.",
                product=line.product_id.display_name,
                document=line.reference or line.display_name,
                quantity=f"{line.quantity:g}",
                unit=line.product_uom_id.name,
            )
        )
