"""Refuses in words what no record can be called by."""

from odoo.api import NewId
from odoo.exceptions import MissingError

from ...tools.ids import is_id


def check_ids(records):
    """Refuse ids that can be none, before PostgreSQL stumbles over them.

    :param records: records as a client named them
    :raises MissingError: naming the first
    """
    for id_ in records._ids:
        if not is_id(id_) and not isinstance(id_, NewId):
            raise MissingError(
                records.env._(
                    "“%(id)s” is no number of a %(kind)s. Search for it again.",
                    id=str(id_)[:20],
                    kind=records._description,
                )
            )


def browse_id(model, id_):
    """Return the record that a client named by ``id_``; none for nothing.

    :raises MissingError: for what can be no id
    """
    if id_ is None or id_ is False:
        return model.browse()
    record = model.browse([id_])
    check_ids(record)
    return record
