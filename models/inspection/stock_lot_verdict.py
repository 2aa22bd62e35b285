from odoo import api, fields, models
from odoo.tools import SQL

from ..genealogy.stock_lot_link import SUBLOT_KINDS
from ..hold.stock_lot import GOING

#: The child is the parents' goods under another number: their inspection is its own.
SAME_GOODS = (*SUBLOT_KINDS, "merge")


class StockLot(models.Model):
    """A lot knows whether it is held by inspections, or by somebody.

    What is made of it by an operation waits with it.
    """

    _inherit = "stock.lot"

    is_held_by_inspection = fields.Boolean(
        "Waits for its inspection",
        readonly=True,
        copy=False,
        help="Its disposition was set by an inspection, so that a verdict may end it. "
        "What a person or a recall has set, a verdict never lifts.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                vals.pop("is_held_by_inspection", None)  # nobody's to say
        return super().create(vals_list)

    def write(self, vals):
        if "is_held_by_inspection" in vals and not self.env.su:
            vals = {key: vals[key] for key in vals if key != "is_held_by_inspection"}
        return super().write(vals)

    def _after_disposition_change(self, before):
        result = super()._after_disposition_change(before)
        # sudo: whoever changes the disposition takes it from the inspections
        self.sudo().filtered("is_held_by_inspection").is_held_by_inspection = False
        return result

    def _set_by_inspection(self, inspection, disposition, reason):
        """Put lots under what a verdict says; return those that changed.

        :param inspection: stock.lot.inspection that says so
        :param disposition: stock.lot.disposition
        :param str reason: shown in the history of each lot
        """
        waiting = self.filtered(lambda lot: lot._waits_for_verdict())
        changed = self.filtered(lambda lot: lot.disposition_id != disposition).sudo()
        # sudo: the plan, which a quality manager wrote, says what follows
        decisions = self.env["stock.lot.decision"].sudo()
        decisions._apply_for(inspection, changed, disposition, reason)
        if disposition._forbidden():
            (changed & waiting).is_held_by_inspection = True
        return changed.sudo(False)

    def _waits_for_verdict(self):
        """Tell whether a verdict may change its disposition."""
        return self.is_held_by_inspection or self.disposition_id == self._disposition(
            "released"
        )

    def _might_go(self):
        """Tell whether it may be delivered or used, whoever has put it under that."""
        return any(self.disposition_id[name] for name in GOING)

    def _verdict_needs_approval(self, disposition):
        """Return the lots that a verdict of the user alone does not release.

        Where two people release, and for who has the right to inspect and no other.
        """
        if self._is_system():
            return self.browse()
        if self._may_release() or self.sudo(False).has_access("write"):
            return self._needs_approval(disposition)
        freed = self._freed_by(disposition)
        return freed.filtered("disposition_id.needs_quality_right")

    # -- the same goods under other numbers

    @api.model
    def _inspected_with(self, lots_by_inspection):
        """Return ``{inspection: lots}``: its lot, and what waits with that, as sudo.

        :param lots_by_inspection: ``{stock.lot.inspection: stock.lot}``
        """
        # sudo: what waits with a lot, waits whoever inspects it
        lots = self.sudo().union(*lots_by_inspection.values())
        children = lots._operated("parent_lot_id", "child_lot_id")
        return {
            inspection: lot.sudo()
            | lots._reached(lot, children).filtered("is_held_by_inspection")
            for inspection, lot in lots_by_inspection.items()
        }

    def _became(self):
        """Return these lots and those that operations have made of them."""
        return self._reached(self, self._operated("parent_lot_id", "child_lot_id"))

    def _made_of(self):
        """Return these lots and those that operations have made them of."""
        return self._reached(self, self._operated("child_lot_id", "parent_lot_id"))

    def _operated(self, near, far):
        """Return ``{lot: lots}`` of all that is reached from these by operations."""
        # sudo: what is held is held whoever inspects, in all companies
        links = self.env["stock.lot.link"].sudo()
        steps, border = {}, self
        while border:
            found = links.search([(near, "in", border.ids), ("kind", "in", SAME_GOODS)])
            for lot, its_links in found.grouped(near).items():
                steps[lot.with_env(self.env)] = its_links[far].with_env(self.env)
            border = (
                found[far].with_env(self.env).filtered(lambda lot: lot not in steps)
            )
            border -= self
        return steps

    @api.model
    def _reached(self, lots, steps):
        """Return ``lots`` and what ``steps`` of ``_operated`` lead to from there."""
        reached = border = lots
        while border:
            border = lots.union(*(steps.get(lot, lots[:0]) for lot in border)) - reached
            reached |= border
        return reached

    # -- operations

    @api.model
    def _make_child(self, product, parents, name=None):
        child = super()._make_child(product, parents, name)
        if parents._wait_together():
            child.sudo().is_held_by_inspection = True
        return child

    def _be_strict_as(self, parents):
        waits = (self | parents)._wait_together()
        result = super()._be_strict_as(parents)
        if waits and not self.is_held_by_inspection:
            self.sudo().is_held_by_inspection = True
        return result

    def _wait_together(self):
        """Tell whether whatever holds any of these lots is an inspection."""
        held = self.filtered(lambda lot: lot.disposition_id._forbidden())
        return bool(held) and all(held.mapped("is_held_by_inspection"))

    @api.model
    def _fill_held_by_inspection(self):
        """Tell of lots that were held before this was kept what holds them."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE stock_lot lot SET is_held_by_inspection = TRUE
                WHERE lot.decision_id IS NULL AND lot.disposition_id <> ALL(%s)
                  AND EXISTS (
                    SELECT FROM stock_lot_inspection inspection
                    WHERE inspection.lot_id = lot.id
                      AND inspection.set_disposition_id = lot.disposition_id)
                """,
                [self._disposition(code).id for code in ("released", "recalled")],
            )
        )
        self.invalidate_model(["is_held_by_inspection"])
