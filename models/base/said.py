"""Links that our methods say of documents of other apps, and nobody else. Not a model.

Who works a document has the right to write it; a link to a recall is no part of that.
Our methods work with the rights of whoever asks, and their values go through core's
hands (a move is split, an order is copied), so the value itself tells that it is ours:
no client can send one of this type.

>>> isinstance(Said(7), int), Said(7) == 7
(True, True)
"""

from .exceptions import SaidByMethodsError


class Said(int):
    """An id that one of our methods says."""


def said(record):
    """Return what ``create`` and ``write`` take for a link to a record, or to none."""
    return Said(record.id or 0)


def only_said(records, vals, names):
    """Return values in which links are plain ids, as core takes them.

    :param records: those that are written, none if they are created
    :param dict vals: as for ``create`` or ``write``
    :param names: of many2one fields that only our methods say
    :raises SaidByMethodsError: if one of them is said by a client
    """
    given = [name for name in names if name in vals]
    if not given:
        return vals
    for name in given:
        is_ours = records.env.su or isinstance(vals[name], Said)
        if not is_ours and _changes(records, name, vals[name]):
            raise SaidByMethodsError(records, name)
    plain = {
        name: int(vals[name]) or False for name in given if isinstance(vals[name], Said)
    }
    return {**vals, **plain}


def _changes(records, name, value):
    if not records:
        return bool(value)
    # sudo: whether it stays as it is, whoever may read what it leads to
    return any(record[name].id != (value or False) for record in records.sudo())
