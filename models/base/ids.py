"""Refuses in words what no record can be called by."""

from odoo.api import NewId
from odoo.exceptions import MissingError

from ...tools.ids import is_id
from .exceptions import ChosenOfOthersError, NotOneError


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


def check_one(records):
    """Refuse what is not one record: a button of a form works on the one it shows.

    :param records: records as a client named them
    :raises MissingError: for what can be no id
    :raises NotOneError: for none, and for several
    """
    check_ids(records)
    if len(records) != 1:
        raise NotOneError(records)


def browse_id(model, id_):
    """Return the record that a client named by ``id_``; none for nothing.

    :raises MissingError: for what can be no id
    """
    if id_ is None or id_ is False:
        return model.browse()
    record = model.browse([id_])
    check_ids(record)
    return record


def check_chosen(model, vals_list, names):
    """Refuse records of companies of others where a person chooses some.

    Odoo shows the name of whatever is chosen to whoever may read the record on which
    it is. Whether the user could look for it elsewhere is not asked: people without
    rights on warehouses make lots in them.

    :param model: the model whose fields are filled
    :param list vals_list: values as for ``create``
    :param names: many2one fields to models with a company
    :raises MissingError: for what can be no record
    :raises ChosenOfOthersError: for records of others
    """
    if model.env.su:
        return
    for name in names:
        records = _chosen_in(model, vals_list, name)
        check_ids(records)
        if records and _are_of_others(records):
            raise ChosenOfOthersError(model, name)


def _chosen_in(model, vals_list, name):
    """Return the records that values choose, or leave to the context to choose."""
    default = model.env.context.get(f"default_{name}")
    ids = {id_ for vals in vals_list if type(id_ := vals.get(name, default)) is int}
    # sudo: whose they are is what is asked
    return model.env[model._fields[name].comodel_name].sudo().browse(ids)


def _are_of_others(records):
    ours = records.env.user.sudo().company_ids
    return bool(records.exists().company_id - ours - ours.parent_ids)
