"""Refuses numbers that contain what nobody sees."""

from ...tools.characters import first_unseen
from .exceptions import UnseenCharacterError


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
