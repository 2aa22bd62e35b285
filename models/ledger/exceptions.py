"""Refusals of changes of stock, and of what is done."""

from odoo.exceptions import UserError

from ..base.exceptions import known_to_clients


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
class LeftUnreleasedError(UserError):
    """More of a batch was to go than is there, while some has left what holds it.

    :ivar lot: stock.lot
    :ivar place: stock.location that it left without a release
    """

    def __init__(self, env, quant, place):
        quant = quant.sudo()
        self.lot, self.place = quant.lot_id.with_env(env), place.with_env(env)
        super().__init__(
            env._(
                "There is not as much of batch %(lot)s in %(here)s: some of it lay in "
                "%(place)s as “%(disposition)s”, and has left it unreleased: counted "
                "missing, used, scrapped or sent back. Count it where it lies first, "
                "or ask a quality manager to bring it.",
                lot=quant.lot_id.name,
                here=quant.location_id.display_name,
                place=place.sudo().display_name,
                disposition=", ".join(
                    place.sudo().imposed_disposition_ids.mapped("name")
                ),
            )
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
class OriginIsEvidenceError(UserError):
    """Held goods would come from elsewhere, where only quality says so, with a reason.

    :ivar lot: stock.lot
    :ivar str field: name of the field
    """

    def __init__(self, lot, name):
        self.lot, self.field = lot, name
        super().__init__(
            lot.env._(
                "%(field)s of batch %(lot)s stays as it is while the batch is held. "
                "Only a quality manager corrects it, and gives a reason (“Reason of "
                "the correction” on the batch).",
                field=lot._fields[name]._description_string(lot.env),
                lot=lot.display_name,
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
class DoneStaysError(UserError):
    """What a movement says for good was to be changed.

    :ivar record: stock.picking, stock.move or stock.move.line
    :ivar str name: of the field
    """

    def __init__(self, record, name):
        self.record, self.name = record, name
        field = record._fields[name]
        super().__init__(
            record.env._(
                "%(field)s of %(document)s stays as it is: that follows from what was "
                "moved. Return the goods, or move them, instead.",
                field=field._description_string(record.env),
                document=record.sudo().display_name,
            )
        )


@known_to_clients
class NotCarriedOutError(UserError):
    """A movement was to be called done that nobody has carried out.

    :ivar record: stock.picking, stock.move or stock.move.line
    """

    def __init__(self, record):
        self.record = record
        super().__init__(
            record.env._(
                "%s is done as soon as its goods are moved: validate it instead.",
                record.sudo().display_name or record._description,
            )
        )
