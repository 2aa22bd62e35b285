"""Insert many rows of one model at once: a tenth of the time that the ORM takes.

For rows that nothing but our own methods make, as those of a frozen trace or events: no
method ``create`` and no constraint in Python is asked. Defaults are, and stored fields
that are computed.
"""

import io
from itertools import repeat
from operator import itemgetter

from odoo import fields
from odoo.tools import SQL

_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def insert_rows(model, rows):
    """Insert rows; what the cache knows of the model is forgotten.

    :param model: of which the caller may create records
    :param rows: list of dicts ``{column: value}``, all with the same columns; amounts
        are rounded as their fields say
    :return: the records, in the order of ``rows``
    """
    if not rows:
        return model.browse()
    model.check_access("create")
    fixed = _defaults(model) | _stamp(model)
    rest = {name: value for name, value in fixed.items() if name not in rows[0]}
    names = ["id", *rows[0], *rest]
    model.env.flush_all()
    ids = _new_ids(model, len(rows))
    columns = [map(str, ids)]
    for name in rows[0]:
        columns.append(map(_writer(model, name), map(itemgetter(name), rows)))
    columns += [repeat(_writer(model, name)(value)) for name, value in rest.items()]
    # A column at a time, in loops that Python does not run itself.
    text = "\n".join(map("\t".join, zip(*columns, strict=False)))
    statement = SQL(
        "COPY %s (%s) FROM STDIN",
        SQL.identifier(model._table),
        SQL(", ").join(map(SQL.identifier, names)),
    )
    code = model.env.cr.mogrify(statement.code, statement.params)
    model.env.cr._obj.copy_expert(code, io.StringIO(text + "\n"))
    model.invalidate_model()
    new = model.browse(ids)
    _compute_rest(new, names)
    return new


def _stamp(model):
    """Return ``{column: value}`` of who makes the rows, and when."""
    if not model._log_access:
        return {}
    now = fields.Datetime.now()
    people = dict.fromkeys(("create_uid", "write_uid"), model.env.uid)
    return people | dict.fromkeys(("create_date", "write_date"), now)


def _new_ids(model, count):
    """Return ids that nobody else is given."""
    rows = model.env.execute_query(
        SQL(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
            " FROM generate_series(1, %s)",
            model._table,
            count,
        )
    )
    return [id_ for (id_,) in rows]


def _compute_rest(new, names):
    """Have the stored fields computed that the new rows do not give."""
    for field in new._fields.values():
        if field.compute and field.store and field.name not in names:
            new.env.add_to_compute(field, new)


def _defaults(model):
    """Return ``{column: value}`` of the fields that have a default."""
    found = model._add_missing_default_values({})
    return {
        name: model._fields[name].convert_to_column_insert(value, model)
        for name, value in found.items()
        if model._fields[name].store and model._fields[name].column_type
    }


def _writer(model, name):
    """Return a function that writes a value of a column as COPY reads it."""
    field = model._fields[name]
    digits = field.type == "float" and field.get_digits(model.env)
    if digits:
        return lambda value: str(round(value, digits[1])) if value else "0"
    if field.type == "boolean":
        return lambda value: "t" if value else "f"
    if field.type in ("float", "integer"):
        return lambda value: str(value or 0)
    if field.type == "many2one":
        return lambda value: str(value) if value else r"\N"
    return lambda value: (
        r"\N" if value in (None, False) else str(value).translate(_ESCAPED)
    )
