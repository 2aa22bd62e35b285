from odoo import api, fields, models, tools

from ..tools.movement import PURPOSES

PERMISSIONS = tuple(f"allow_{purpose}" for purpose in PURPOSES)


class StockLotDisposition(models.Model):
    """What may be done with a lot: a named set of independent permissions.

    Every permission is called ``allow_<purpose>``; the purposes of a movement are in
    ``tools/movement.py``. To add one, add it there, a field here and a column to the
    views: the guards ask ``_allows`` and need no change.
    """

    _name = "stock.lot.disposition"
    _description = "Batch Disposition"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)
    note = fields.Char(translate=True, string="Meaning")
    # Permissions
    allow_deliver = fields.Boolean(string="Deliver")
    allow_consume = fields.Boolean(string="Use in production")
    allow_move = fields.Boolean(string="Move inside")
    allow_return = fields.Boolean(string="Return to supplier")
    allow_scrap = fields.Boolean(string="Scrap")
    allow_count = fields.Boolean(string="Count")
    needs_quality_right = fields.Boolean(
        string="Quality manager releases",
        help="Only a quality manager takes a lot out of this disposition.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "There is a disposition with this code already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _allows(self, purpose):
        """Tell whether a movement for ``purpose`` is permitted.

        :param purpose: one of ``tools.movement.PURPOSES``, or None (always permitted)
        """
        if not self or purpose is None:
            return True
        return self.id not in self._forbidding_ids(purpose)

    def _strictest(self):
        """Return the disposition that permits no more than each of these does.

        The mildest of those that are, one of these if possible; none for none.
        """
        if len(self) <= 1:
            return self
        forbidden = set().union(*(one._forbidden() for one in self))
        for candidates in (self, self.sudo().search([("active", "=", True)])):
            strict = candidates.filtered(lambda one: one._forbidden() >= forbidden)
            if strict:
                return strict.sorted(lambda one: (len(one._forbidden()), one.sequence))[
                    0
                ].with_env(self.env)
        return self.sorted(lambda one: -len(one._forbidden()))[0]

    def _forbidden(self):
        return {name for name in PERMISSIONS if not self[name]}

    @api.model
    def _forbidding_ids(self, purpose):
        """Return the ids of the dispositions that forbid ``purpose``, as a tuple."""
        return self._forbidding_ids_by_purpose()[purpose]

    @api.model
    @tools.ormcache()
    def _forbidding_ids_by_purpose(self):
        everything = (
            self.sudo().with_context(active_test=False).search([("id", "!=", False)])
        )
        return {
            purpose: tuple((everything - everything.filtered(f"allow_{purpose}")).ids)
            for purpose in PURPOSES
        }

    @api.model
    @tools.ormcache()
    def _restrictive_ids(self):
        """Return the ids of the dispositions that forbid anything, as a frozenset."""
        return frozenset().union(*self._forbidding_ids_by_purpose().values())
