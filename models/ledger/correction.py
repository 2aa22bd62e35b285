"""Why somebody corrects what is done: said with the line, its move or its transfer."""

from odoo import fields

NAME = "correction_reason"


def correction_reason_field():
    """Return the field that takes the reason."""
    return fields.Char(
        "Reason of the correction",
        copy=False,
        help="Why a movement that is done is changed. Its batches keep it in their "
        "history.",
    )


def reason_in(vals):
    """Return the reason that comes with values to write, empty for none."""
    return str(vals.get(NAME) or "").strip()
