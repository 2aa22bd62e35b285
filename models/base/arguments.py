"""Refuses in words what programs send where a text, a number or a record should be."""

import math

from ...tools.ids import is_id
from .exceptions import ArgumentError

#: Nobody types more, and Python reads no more digits than some thousands.
LONGEST_TEXT = 1000
#: What a client sends for an option that nobody has chosen; also False, which is 0.
NOTHING = (None, 0, "")
#: As many a list of anything may have: more would fill the memory.
MOST = 1_000_000


def _is_text(value):
    return isinstance(value, str) and len(value) <= LONGEST_TEXT and "\0" not in value


def _is_number(value):
    is_number = type(value) in (int, float)
    return is_number and abs(value) <= MOST**2 and math.isfinite(value)


TEXT, LINES, NUMBER, COUNT, ID, MAPPING, MAPPINGS = range(7)
FITS = {
    TEXT: _is_text,
    LINES: lambda value: isinstance(value, str) and "\0" not in value,
    NUMBER: _is_number,
    COUNT: lambda value: type(value) is int and 0 <= value <= MOST,
    ID: is_id,
    MAPPING: lambda value: isinstance(value, dict),
    MAPPINGS: lambda value: (
        isinstance(value, (list, tuple)) and all(isinstance(v, dict) for v in value)
    ),
}


def check_argument(env, name, value, kind):
    """Refuse an argument that is not of its kind.

    :param str name: as the method calls it
    :param kind: one of the constants above; JSON has NaN, and numbers without end
    :raises ArgumentError: naming it
    """
    if not FITS[kind](value):
        raise ArgumentError(env, name, value)


def check_options(env, options, kinds):
    """Refuse options that are not of their kind; those left out are one of ``NOTHING``.

    :param options: dict, or whatever came in its place
    :param dict kinds: ``{name: kind}``
    :raises ArgumentError: naming the first
    """
    check_argument(env, "options", options, MAPPING)
    for name, kind in kinds.items():
        value = options.get(name)
        if value not in NOTHING:
            check_argument(env, name, value, kind)


def check_finite(model, vals, names):
    """Refuse quantities that are no numbers, or have no end: JSON carries both.

    :param dict vals: as for ``write``
    :param names: fields of numbers
    :raises ArgumentError: naming the first
    """
    for name in names & vals.keys():
        value = vals[name]
        if isinstance(value, float) and not math.isfinite(value):
            raise ArgumentError(model.env, name, value)
