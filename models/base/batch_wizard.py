from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .characters import check_storable
from .ids import check_ids

#: No quantity is that large; neither are infinity and what is no number.
ENDLESS = 1e15


class BatchWizard(models.AbstractModel):
    """A screen on which people choose records: each must be one they may read.

    Odoo reads what is related to a chosen record as the system, and the name of every
    record that is chosen: a screen would show those of other companies. What code
    chooses for people, it creates as the system.
    """

    _name = "batch.wizard"
    _description = "Batch Screen"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_chosen(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_chosen(vals)
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        self._check_chosen(values)
        return values

    def onchange(self, values, field_names, fields_spec):
        self._check_chosen(values)
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _check_chosen(self, values):
        """Refuse values with records that the user may not read, and endless numbers.

        :param dict values: as for ``create``, ``write`` or ``onchange``
        :raises AccessError: for records of others
        :raises MissingError: for records that cannot be
        :raises UserError: for numbers that are none, which JSON carries all the same
        :raises UnseenCharacterError: for texts that cannot be stored
        """
        check_storable(self, values, [name for name in values if name in self._fields])
        for name, value in values.items():
            field = self._fields.get(name)
            if isinstance(value, float) and not abs(value) < ENDLESS:
                raise UserError(self.env._("Type a number: %s is none.", value))
            if field is not None and field.relational and value and not self.env.su:
                self._check_records(field, value)

    @api.model
    def _check_records(self, field, value):
        """Refuse the records that a relation's value names; errors as above."""
        chosen, nested = _chosen(value)
        records = self.env[field.comodel_name].browse(chosen)
        check_ids(records)
        records.check_access("read")
        if hasattr(records, "_check_chosen"):
            for line in nested:
                records._check_chosen(line)


def _chosen(value):
    """Return the ids that a relation's value names, and the values of lines in it."""
    if isinstance(value, models.BaseModel):
        return value.ids, []
    if isinstance(value, dict):
        value = value.get("id") or []
    if not isinstance(value, (list, tuple)):
        return [value], []
    if value and isinstance(value[-1], str):
        return [value[0]], []  # a record with its name
    ids = [id_ for item in value for id_ in _ids_in(item)]
    nested = [
        item[2] or {}
        for item in value
        if isinstance(item, (list, tuple))
        and item[0] in (Command.CREATE, Command.UPDATE)
    ]
    # Lines that are only on the screen yet have no number.
    return [id_ for id_ in ids if not isinstance(id_, str)], nested


def _ids_in(item):
    """Return the ids that one command, or one id, names."""
    if not isinstance(item, (list, tuple)):
        return [item]
    if item[0] in (Command.LINK, Command.UPDATE):
        return [item[1]]
    return item[2] if item[0] == Command.SET else []
