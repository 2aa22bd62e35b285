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
class StockChangeRefusedError(UserError):
    """A quantity was to change beside all movements, or by more than was permitted.

    :ivar quant: stock.quant whose goods were meant, empty if it is gone
    :ivar bool is_held: whether a disposition holds these goods
    """

    def __init__(self, env, quant, is_held):
        self.quant = quant
        self.is_held = is_held
        super().__init__(self._message(env, quant.sudo()))

    def _message(self, env, quant):
        place = quant.location_id.display_name or env._("its location")
        goods = quant.lot_id.name or quant.product_id.display_name or env._("goods")
        held = quant._restricting()
        if not self.is_held:
            return env._(
                "Nobody changes the quantity of %(goods)s in %(place)s by hand: move "
                "it by a transfer, or count it.",
                goods=goods,
                place=place,
            )
        return env._(
            "%(goods)s in %(place)s is “%(disposition)s”: its quantity changes only "
            "by a movement that this permits. Nothing was changed.",
            goods=goods,
            place=place,
            disposition=", ".join(held.mapped("name")) or env._("held"),
        )


@known_to_clients
class DoneLineIsEvidenceError(UserError):
    """A line that is done was to be changed where only quality may, with a reason.

    :ivar line: stock.move.line
    """

    def __init__(self, env, line):
        self.line = line
        super().__init__(
            env._(
                "%(lot)s of %(product)s is “%(disposition)s”: what was done with it "
                "stays as it is. Only a quality manager corrects it, and gives a "
                "reason (“Reason of the correction” of the line in %(document)s).",
                lot=line.lot_id.name or env._("Something"),
                product=line.product_id.display_name,
                disposition=line._evidence_of(),
                document=line.reference or line.display_name,
            )
        )


@known_to_clients
class HeldGoodsStayError(UserError):
    """Something would carry held goods away, or out of what holds them.

    :ivar quants: stock.quant of the held goods
    """

    def __init__(self, quants, message):
        self.quants = quants
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
class HeldIdentityError(UserError):
    """A held lot was to become one of another product or company.

    :ivar lot: stock.lot
    """

    def __init__(self, lot):
        self.lot = lot
        super().__init__(
            lot.env._(
                "Batch %(lot)s is “%(disposition)s”: it keeps its product and its "
                "company. A quality manager releases it first.",
                lot=lot.display_name,
                disposition=lot.disposition_id.name,
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
                "%(number)s was the number of batch %(held)s, which is "
                "“%(disposition)s”: goods under that number are held. Choose another "
                "number.",
                number=lot.name,
                held=held.name,
                disposition=held.disposition_id.name,
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
