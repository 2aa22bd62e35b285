from odoo import api, models
from odoo.tools import ormcache

from .exceptions import WorkedOutError

ADDON = "batch_tracking"
CONTEXT_KEY = "default_"


class Base(models.AbstractModel):
    """What only our methods say takes no default of a caller's context.

    Nor one that people keep for themselves, see ``ir.default``. What is worked out from
    other fields takes no value of a caller at all: core would store it.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_nothing_is_worked_out(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_nothing_is_worked_out([vals])
        return super().write(vals)

    def _check_nothing_is_worked_out(self, vals_list):
        """Refuse a client's values of our fields that are computed and never typed.

        :raises WorkedOutError: naming the field
        """
        if self.env.su:
            return
        computed = self._worked_out_fields()
        if not computed:
            return
        for vals in vals_list:
            for name in computed & vals.keys():
                raise WorkedOutError(self, name)

    @api.model
    @ormcache("self._name")
    def _worked_out_fields(self):
        """Return the names of stored computed fields that nobody types, a frozenset.

        Ours, wherever they are; bridges add those of other apps that decide something.
        """
        if self._transient:
            return frozenset()  # a screen sends back what it was shown
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.store
            and field.compute
            and field.readonly
            and _is_ours_alone(field)
        )

    @api.model
    def default_get(self, fields):
        forged = self._forged_defaults()
        if not forged:
            return super().default_get(fields)
        context = {k: v for k, v in self.env.context.items() if k not in forged}
        plain = self.with_env(self.env(context=context))
        return super(Base, plain).default_get(fields)

    @api.model
    def _forged_defaults(self):
        """Return the keys of the context that are defaults of our own fields."""
        prefix = len(CONTEXT_KEY)
        keys = [key for key in self.env.context if key.startswith(CONTEXT_KEY)]
        own = keys and self._own_fields()
        return {key for key in keys if key[prefix:] in own}

    @api.model
    @ormcache("self._name")
    def _own_fields(self):
        """Return the names of fields that nobody but our methods fills, a frozenset.

        That are our stored fields that people only read; of a model of which nobody
        has the right to make records, all of ours.
        """
        if self._transient:
            return frozenset()  # a screen is opened with what it is about
        ours = [field for field in self._fields.values() if _is_ours(field)]
        if self._is_made_by_methods():
            return frozenset(field.name for field in ours)
        return frozenset(field.name for field in ours if field.readonly)

    @api.model
    def _is_made_by_methods(self):
        """Tell whether it is a model of ours of which nobody may make records."""
        if not self._original_module.startswith(ADDON):
            return False
        # sudo: who may do what is no secret
        rights = self.env["ir.model.access"].sudo()
        making = [("model_id.model", "=", self._name), ("perm_create", "=", True)]
        return not rights.search_count(making, limit=1)


def _is_ours(field):
    is_typed = not field.compute or field.readonly
    is_plain = field.store and is_typed and not field.company_dependent
    return is_plain and any(module.startswith(ADDON) for module in field._modules)


def _is_ours_alone(field):
    return bool(field._modules) and all(
        module.startswith(ADDON) for module in field._modules
    )
