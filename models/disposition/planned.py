"""Who has planned what is moved: never the caller's to say."""

from odoo import api


class Planned:
    """Lines and moves know who said last what goes where; a plain class, as a mixin.

    ``_plans(vals)`` of a model says whether they send other goods, elsewhere, or more.
    """

    __slots__ = ()  # as Odoo's classes have it: records take no other attributes

    @api.model_create_multi
    def create(self, vals_list):
        planned = [{**vals, "planned_by_id": self.env.uid} for vals in vals_list]
        return super().create(planned)

    def write(self, vals):
        if "planned_by_id" in vals and not self.env.su:
            vals = {key: vals[key] for key in vals if key != "planned_by_id"}
        # Asked only where two people may be needed.
        if self.env["stock.location"]._imposing_ids() and self._plans(vals):
            vals = {**vals, "planned_by_id": self.env.uid}
        return super().write(vals)

    def _planned_by_user(self):
        """Note that the user has planned them, whatever they say."""
        # sudo: nobody writes it directly
        self.sudo().write({"planned_by_id": self.env.uid})
