from odoo import api, models
from odoo.tools import ormcache

ADDON = "batch_tracking"
CONTEXT_KEY = "default_"


class Base(models.AbstractModel):
    """What only our methods say takes no default of a caller's context.

    Nor one that people keep for themselves, see ``ir.default``.
    """

    _inherit = "base"

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
    is_plain = field.store and not field.compute and not field.company_dependent
    return is_plain and any(module.startswith(ADDON) for module in field._modules)
