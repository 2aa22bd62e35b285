from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.movement import STOCK_USAGES
from ..base.characters import check_storable
from .release import Release
from .stock_lot_spots import SIDES

#: What decides which dispositions a place imposes.
IMPOSING_FIELDS = {"disposition_id", "location_id"}


class StockLocation(models.Model):
    """A place may impose a disposition on whatever lies in it, and below it.

    What lies there is held as by the lot's own; the stricter of both counts. A place
    within another imposes what both do.
    """

    _inherit = "stock.location"

    disposition_id = fields.Many2one(
        "stock.lot.disposition",
        "Imposes",
        index="btree_not_null",
        ondelete="restrict",
        help="What lies here, or in a location below, is held as by this disposition. "
        "Anything may be brought here; only a quality manager takes it out, where the "
        "disposition says so.",
    )
    disposition_note = fields.Char("Because", help="Why it imposes its disposition.")
    imposed_disposition_ids = fields.Many2many(
        "stock.lot.disposition",
        "stock_location_imposed_rel",
        "location_id",
        "disposition_id",
        compute="_compute_imposed_disposition_ids",
        store=True,
        recursive=True,
        string="Imposed here",
    )
    imposed_by_id = fields.Many2one("res.users", "Imposed by", readonly=True)
    imposed_date = fields.Datetime("Imposed on", readonly=True)

    @api.depends("disposition_id", "location_id.imposed_disposition_ids")
    def _compute_imposed_disposition_ids(self):
        for place in self:
            inherited = place.location_id.imposed_disposition_ids
            place.imposed_disposition_ids = place.disposition_id | inherited

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            check_storable(self, vals, ["disposition_note"])
            if vals.get("disposition_id"):
                vals.update(self._imposed_now())
        places = super().create(vals_list)
        self.env.registry.clear_cache()
        return places

    def write(self, vals):
        check_storable(self, vals, ["disposition_note"])
        if not IMPOSING_FIELDS & vals.keys():
            return super().write(vals)
        if "disposition_id" in vals:
            vals = {**vals, **self._imposed_now()}
        before = {place: place.imposed_disposition_ids for place in self}
        result = super().write(vals)
        changed = self.filtered(
            lambda place: place.imposed_disposition_ids != before[place]
        )
        changed._check_may_lift(before)
        changed._plan_what_comes(before)
        changed._impose(before)
        return result

    @api.model
    def _imposed_now(self):
        return {"imposed_by_id": self.env.uid, "imposed_date": fields.Datetime.now()}

    def _check_may_lift(self, before):
        """Refuse to lift what only a quality manager lifts.

        :param before: ``{place: dispositions imposed until now}``
        :raises ReleaseNotAllowedError: for others
        :raises SecondPersonNeededError: where two people release, and goods lie there
        :raises SignatureNeededError: where releases are signed, and goods lie there
        """
        for place in self:
            lifted = before[place] - place.imposed_disposition_ids
            guarded = lifted.filtered("needs_quality_right")
            if guarded:
                place._check_may_lift_from(guarded[0])

    def _plan_what_comes(self, before):
        """Let whoever lifts count as who planned what is on its way to these places.

        It was planned to be held there; that it will not be is another plan.

        :param before: ``{place: dispositions imposed until now}``
        """
        lifted = self.filtered(
            lambda place: before[place] - place.imposed_disposition_ids
        )
        if not lifted:
            return
        coming = Domain("location_dest_id", "child_of", lifted.ids)
        coming &= Domain("state", "not in", ("done", "cancel"))
        # sudo: also of transfers that this person does not see
        lines = self.env["stock.move.line"].sudo().search(coming)
        (
            lines.move_id | self.env["stock.move"].sudo().search(coming)
        )._planned_by_user()
        lines._planned_by_user()

    def _check_may_lift_from(self, disposition):
        lots = self.env["stock.lot"]
        release = self._release_of(disposition)
        if self._holds_goods():
            lots._check_release(release)
        else:
            lots._check_release_right(release)

    def _release_of(self, disposition):
        """Return the ``Release`` of what lies here from an imposed ``disposition``."""
        lots = self.env["stock.lot"]
        return Release(
            disposition,
            self,
            self.company_id,
            ask=self.env._(
                "What lies in %(place)s is “%(disposition)s”: only a quality manager "
                "lifts that. Ask %(who)s.",
                place=self.display_name,
                disposition=disposition.name,
                who=lots._releasers_label(self.company_id),
            ),
            propose=self.env._(
                "Goods lie in %(place)s as “%(disposition)s”, and two people release. "
                "Take them out by transfers first, which one quality manager plans "
                "and another one validates.",
                place=self.display_name,
                disposition=disposition.name,
            ),
        )

    def _holds_goods(self):
        # sudo: other companies' goods are released as well
        quants = self.env["stock.quant"].sudo()
        return bool(quants.search_count(self._lying_here(), limit=1))

    def _lying_here(self):
        """Return the domain of what lies in these places or below."""
        here = Domain("location_id", "child_of", self.ids)
        return here & Domain("location_id.usage", "in", STOCK_USAGES)

    def _impose(self, before):
        """Make what is imposed now hold for what lies there: reserved or waiting.

        :param before: ``{place: dispositions imposed until now}``
        """
        if not self:
            return
        self.env.registry.clear_cache()
        # sudo: what a place holds, it holds for all companies
        quants = self.env["stock.quant"].sudo().search(self._lying_here())
        if not quants:
            return
        self._touch_below()
        quants._lock_and_touch()
        for place in self:
            place._note_imposed(before[place])
        lines = self.env["stock.move.line"].sudo()
        lines._break_forbidden(Domain("location_id", "child_of", self.ids))
        if any(before[place] - place.imposed_disposition_ids for place in self):
            quants.product_id._reserve_waiting()

    def _touch_below(self):
        """Let who goes around locked stock in one of these places wait and start anew.

        See ``stock.quant`` ``_lock_what_holds``.
        """
        self.flush_model()
        below = self.sudo().with_context(active_test=False)
        below = below.search([("id", "child_of", self.ids)])
        self.env.cr.execute(
            SQL(
                "UPDATE stock_location SET disposition_id = disposition_id"
                " WHERE id = ANY(%s)",
                below.ids,
            )
        )

    def _note_imposed(self, before):
        """Let the history of each lot that lies here say what holds it from now on.

        :param before: stock.lot.disposition imposed until now
        """
        # sudo: what a place holds, it holds for all companies, and each may know
        lots = self.env["stock.quant"].sudo().search(self._lying_here()).lot_id
        events = self.env["stock.lot.event"].sudo()
        what = self.env._("Disposition of %s", self.display_name)
        old, new = (
            ", ".join(imposed.mapped("name"))
            for imposed in (before, self.imposed_disposition_ids)
        )
        reason = self.disposition_note
        events.create(
            [
                events._note(
                    lot, "disposition", what, old, new, reason=reason, document=self
                )
                for lot in lots
            ]
        )

    # -- what has left them unreleased

    def _check_nothing_left_unreleased(self):
        """Refuse to forget what these places still hold of what has left them.

        :raises ReleaseNotAllowedError: to who may not release
        :raises SecondPersonNeededError: where two people release
        :raises SignatureNeededError: where releases are signed
        """
        # sudo: what a place holds, it holds for all companies
        for place in self.sudo().filtered(lambda place: place._is_guarded()):
            if place._has_unreleased_outside():
                guarding = place.imposed_disposition_ids.filtered("needs_quality_right")
                release = place.with_env(self.env)._release_of(guarding[:1])
                self.env["stock.lot"]._check_release(release)

    def _has_unreleased_outside(self):
        """Tell whether anything that has left this place is still held by it."""
        left = self.env["stock.move.line"].search(
            Domain("location_id", "child_of", self.ids)
            & Domain("state", "=", "done")
            & Domain("location_dest_id.usage", "in", SIDES)
        )
        spots = left.lot_id._spots_left_anywhere().values()
        holding = {spot.place_id for found in spots for spot in found}
        return not holding.isdisjoint(left.location_id.ids)

    # -- what is asked of places

    def _is_restrictive(self):
        """Tell whether the place forbids anything to what lies there."""
        restrictive = self.env["stock.lot.disposition"]._restrictive_ids()
        return not restrictive.isdisjoint(self.imposed_disposition_ids.ids)

    def _is_guarded(self):
        """Tell whether only a quality manager takes goods out of the place."""
        return any(self.imposed_disposition_ids.mapped("needs_quality_right"))

    def _is_loosened_by(self, target):
        """Tell whether goods may do more in ``target``, though quality ends this.

        Another place with a disposition is no better than what that permits.
        """
        if not self._is_guarded():
            return False
        here, there = self._forbidden_here(), target._forbidden_here()
        return not target._is_guarded() or bool(here - there)

    def _forbidden_here(self):
        """Return the names of the permissions that what lies here has not."""
        imposed = self.imposed_disposition_ids
        return set().union(*(disposition._forbidden() for disposition in imposed))

    @api.model
    def _imposing_ids(self):
        """Return the ids of the dispositions that any place imposes, a frozenset."""
        return self.env["stock.lot.disposition"]._known().imposing

    def _imposing_place(self, disposition):
        """Return the nearest place from here upwards that imposes ``disposition``."""
        place = self
        while place and place.disposition_id != disposition:
            place = place.location_id
        return place
