"""Why somebody corrects what is done: said with the line, its move or its transfer."""

from odoo import fields

NAME = "correction_reason"


def correction_reason_field(**options):
    """Return the field that takes the reason.

    :param options: of the field, beyond these
    """
    return fields.Char(
        "Reason of the correction",
        copy=False,
        **options,
        help="Why a movement that is done is changed. Its batches keep it in their "
        "history.",
    )


def reason_in(vals):
    """Return the reason that comes with values to write, empty for none."""
    return str(vals.get(NAME) or "").strip()


def is_other(record, name, value):
    """Tell whether a value to write is another than the record has.

    :param str name: of the field, none of many records
    :param value: as for ``write``
    """
    field = record._fields[name]
    now = field.convert_to_cache(record[name], record, validate=False)
    return field.convert_to_cache(value, record, validate=False) != now
