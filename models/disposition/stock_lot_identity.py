from odoo import api, models
from odoo.tools import SQL

from ...tools.characters import DASHES, SPACES
from .exceptions import HeldIdentityError, HeldNumberError

#: What a held lot keeps, whoever asks: it would be another one.
KEPT_FIELDS = {"company_id", "product_id"}


class StockLot(models.Model):
    """A held lot stays the lot that it is: no other begins afresh in its place.

    Another product, another company, another number, a copy: each would let goods that
    are held go on as something else. Its number stays its own, also when it gets
    another one.
    """

    _inherit = "stock.lot"

    @api.model_create_multi
    def create(self, vals_list):
        lots = super().create(vals_list)
        lots._check_number_is_free()
        return lots

    def write(self, vals):
        if "name" in vals or KEPT_FIELDS & vals.keys():
            self._check_may_rename(vals)
        result = super().write(vals)
        if "name" in vals:
            self._check_number_is_free()
        return result

    def copy_data(self, default=None):
        rows = super().copy_data(default)
        guarded = self.env["stock.lot.disposition"]._guarded_ids()
        return [
            {**row, "disposition_id": lot.disposition_id.id}
            if lot.disposition_id.id in guarded
            else row
            for lot, row in zip(self, rows, strict=True)
        ]

    def _check_may_rename(self, vals):
        """Refuse another identity to what only quality managers release.

        :raises HeldIdentityError: for another product or company
        :raises ReleaseNotAllowedError: for another number, without the right
        """
        if self.env.su:
            return
        for lot in self:
            is_other = any(
                name in vals and lot[name].id != (vals[name] or False)
                for name in KEPT_FIELDS
            )
            is_renamed = "name" in vals and vals["name"] != lot.name
            guarding = lot._guarding() if is_other or is_renamed else None
            if guarding and is_other:
                raise HeldIdentityError(lot, guarding[0])
            if guarding:
                lot._check_release_right(lot._release_by(guarding[0]))

    def _check_number_is_free(self):
        """Refuse numbers by which a held lot of the same product went, or seems to go.

        :raises HeldNumberError: naming the held lot
        """
        guarded = list(self.env["stock.lot.disposition"]._guarded_ids())
        if not self or not guarded:
            return
        for lot_id, held_id in self._named_as_held(guarded):
            raise HeldNumberError(self.browse(lot_id), self.browse(held_id).sudo())

    def _named_as_held(self, guarded):
        """Return ``[(lot id, held lot's id)]``, one at most of each kind.

        By a number that it had before, or by one that differs in nothing but case,
        spaces and kinds of dashes: a label does not tell them apart.

        :param list guarded: ids of the dispositions that hold
        """
        self.flush_model(["name", "product_id", "disposition_id"])
        held = [SQL("held.disposition_id = ANY(%s)", guarded)]
        if not self.env["stock.location"]._imposing_ids().isdisjoint(guarded):
            held.append(SQL("held.id IN %s", self._lying_guarded_sql(guarded)))
        # Each by itself: put together, PostgreSQL would read every lot.
        return [row for each in held for row in self._named_as(each)]

    def _lying_guarded_sql(self, guarded):
        self.env["stock.quant"].flush_model(["lot_id", "location_id", "quantity"])
        return SQL(
            """
            (SELECT quant.lot_id FROM stock_quant quant
             JOIN stock_location_imposed_rel imposed
               ON imposed.location_id = quant.location_id
             WHERE imposed.disposition_id = ANY(%s) AND quant.quantity > 0)
            """,
            guarded,
        )

    def _named_as(self, held):
        """Return ``[(lot id, held lot's id)]``, one at most.

        :param SQL held: condition on the held lot
        """
        return self.env.execute_query(
            SQL(
                """
                (SELECT lot.id, held.id FROM stock_lot lot
                JOIN stock_lot held ON held.product_id = lot.product_id
                 AND held.id <> lot.id AND %(held)s
                JOIN stock_lot_event event ON event.lot_id = held.id
                 AND event.kind = 'number' AND event.old_value = lot.name
                WHERE lot.id = ANY(%(ids)s)
                LIMIT 1)
                UNION ALL
                -- By equality of both, so that thousands of each are hashed.
                (SELECT lot.id, held.id FROM stock_lot lot
                JOIN stock_lot held ON held.product_id = lot.product_id
                 AND %(held_read)s = %(lot_read)s
                 AND held.name <> lot.name AND %(held)s
                WHERE lot.id = ANY(%(ids)s)
                LIMIT 1)
                LIMIT 1
                """,
                held=held,
                ids=self.ids,
                held_read=_as_read(SQL("held.name")),
                lot_read=_as_read(SQL("lot.name")),
            )
        )


def _as_read(name):
    """Return SQL of a number as people read it from a label."""
    # Dashes become a hyphen each; characters without a counterpart are left out.
    return SQL("translate(lower(%s), %s, %s)", name, DASHES + SPACES, "-" * len(DASHES))
