"""Refuses numbers that contain what nobody sees."""

from odoo import api

from ...tools.characters import first_unseen
from .exceptions import UnseenCharacterError


class ReadableTexts:
    """What is typed into a model can be read; a plain class, to put before ``Model``.

    :cvar READABLE: the fields in which people type what they read from a label
    """

    __slots__ = ()  # as Odoo's classes have it: records take no other attributes
    READABLE = ()

    @api.model_create_multi
    def create(self, vals_list):
        check_characters(self, vals_list, self.READABLE)
        return super().create(vals_list)

    def write(self, vals):
        check_characters(self, [vals], self.READABLE)
        return super().write(vals)


def check_characters(model, vals_list, names):
    """Refuse texts with control characters, marks of direction or zero width.

    Two numbers would look the same, or one like another read backwards; PostgreSQL
    cannot even store all of them.

    :param model: the model whose fields are filled
    :param list vals_list: values as for ``create``
    :param names: the fields in which people type what they read from a label
    :raises UnseenCharacterError: naming the first
    """
    for vals in vals_list:
        for name in names:
            text = vals.get(name)
            if isinstance(text, str) and (position := first_unseen(text)) >= 0:
                raise UnseenCharacterError(model, name, text, position)


def check_storable(model, vals, names):
    """Refuse texts that PostgreSQL cannot store: it takes all characters but NULL.

    :param model: the model whose fields are filled
    :param dict vals: as for ``write``
    :param names: fields in which people tell something in words, on several lines
    :raises UnseenCharacterError: naming the first
    """
    for name in names:
        text = vals.get(name)
        if isinstance(text, str) and "\0" in text:
            raise UnseenCharacterError(model, name, text, text.index("\0"))
