"""Rules of the database that lots from before the addon may not obey yet."""

from odoo import models
from odoo.tools import sql


class ConstraintOnceUnique(models.Constraint):
    """A constraint that waits for unique numbers, instead of failing each time."""

    def apply_to_database(self, model):
        name = self.full_name(model)
        is_there = sql.constraint_definition(model.env.cr, model._table, name)
        if is_there or not model._shared_numbers():
            return super().apply_to_database(model)
        return None


class UniqueIndexOnceUnique(models.UniqueIndex):
    """A unique index that waits for unique numbers, instead of failing each time."""

    def apply_to_database(self, model):
        if (
            any(sql.index_definition(model.env.cr, self.full_name(model)))
            or not model._shared_numbers()
        ):
            return super().apply_to_database(model)
        return None
