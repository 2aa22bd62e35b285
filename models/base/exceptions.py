"""Errors that tests and other addons can tell apart, and clients show as Odoo's own."""

from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.characters import made_visible, name_of


def known_to_clients(error):
    """Let clients take a class of errors for the class of Odoo that it extends.

    They tell errors apart by name, and show one whose name they do not know as a crash
    of the server. Tracebacks show the class's own name.

    :param error: a subclass of UserError, AccessError or ValidationError
    """
    known = next(base for base in error.__mro__ if base.__module__ == "odoo.exceptions")
    error.__module__, error.__name__ = known.__module__, known.__name__
    return error


@known_to_clients
class LotOfOthersError(AccessError):
    """A lot would be given to a company of others, or taken from one that has it.

    :ivar lots: stock.lot
    :ivar company: res.company that is meant
    """

    def __init__(self, lots, company):
        self.lots, self.company = lots, company
        super().__init__(
            lots.env._(
                "Batch %(lot)s cannot change its company: %(company)s has it in stock, "
                "or is none of yours.",
                lot=lots[:1].display_name,
                company=company.sudo()[:1].name,
            )
        )


@known_to_clients
class ChosenOfOthersError(AccessError):
    """A record of a company of others is chosen; it is not named.

    :ivar str field: name of the field
    """

    def __init__(self, model, name):
        self.field = name
        field = model._fields[name].get_description(model.env, ["string"])["string"]
        super().__init__(
            model.env._(
                "%(field)s: what you choose belongs to a company that you do not work "
                "for.",
                field=field,
            )
        )


@known_to_clients
class UnseenCharacterError(ValidationError):
    """A number contains a character that nobody sees.

    :ivar str field: name of the field
    :ivar str text: as it was typed
    :ivar int position: index of the character
    """

    def __init__(self, model, name, text, position):
        self.field, self.text, self.position = name, text, position
        field = model._fields[name].get_description(model.env, ["string"])["string"]
        super().__init__(
            model.env._(
                "%(field)s “%(text)s”: character %(place)s is %(character)s, which "
                "nobody sees. Delete what stands there, and type it again.",
                field=field,
                text=made_visible(text[:60]),
                place=position + 1,
                character=name_of(text[position]),
            )
        )


@known_to_clients
class ArgumentError(UserError):
    """A program sends something else than what a method can use.

    :ivar str argument: its name
    :ivar value: what was sent
    """

    def __init__(self, env, name, value):
        self.argument, self.value = name, value
        super().__init__(
            env._(
                "%(value)s cannot be used as “%(name)s”.",
                value=made_visible(repr(value)[:60]),
                name=made_visible(str(name)[:60]),
            )
        )


@known_to_clients
class NotOneError(UserError):
    """A method that works on one record is called of none, or of several.

    :ivar records: what it was called of
    """

    def __init__(self, records):
        self.records = records
        super().__init__(
            records.env._(
                "This is done with one %(kind)s at a time, and not with %(count)s.",
                kind=records._description,
                count=len(records),
            )
        )


@known_to_clients
class SaidByMethodsError(AccessError):
    """Somebody writes a link that documents get by a step of a recall alone.

    :ivar records: that are written, none if they are created
    :ivar str field: name of the field
    """

    def __init__(self, records, name):
        self.records, self.field = records, name
        field = records._fields[name].get_description(records.env, ["string"])
        super().__init__(
            records.env._(
                "“%(field)s” is not typed: a recall says it of the documents that it "
                "asks for.",
                field=field["string"],
            )
        )


@known_to_clients
class WorkedOutError(UserError):
    """A client sends a value of a field that is computed, and never typed.

    :ivar records: that are written, none if they are created
    :ivar str field: name of the field
    """

    def __init__(self, records, name):
        self.records, self.field = records, name
        field = records._fields[name].get_description(records.env, ["string"])
        super().__init__(
            records.env._(
                "“%(field)s” (%(kind)s) is not typed: it follows from other fields.",
                field=field["string"],
                kind=records._description,
            )
        )
