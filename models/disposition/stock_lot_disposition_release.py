from psycopg2.errors import SerializationFailure

from odoo import models
from odoo.tools import SQL

from .release import Release
from .stock_lot_disposition import PERMISSIONS

#: What says how much a disposition holds.
HOLDING_FIELDS = {*PERMISSIONS, "needs_quality_right"}


class StockLotDisposition(models.Model):
    """To widen what a disposition permits is to release what is under it.

    Whatever changes of it, the lots under it keep it in their history.
    """

    _inherit = "stock.lot.disposition"

    def write(self, vals):
        if not HOLDING_FIELDS & vals.keys():
            return super().write(vals)
        widened = self._widened_by(vals)
        widened._let_nobody_enter()
        widened._check_may_widen()
        before = {disposition: disposition._as_text() for disposition in self}
        result = super().write(vals)
        for disposition, old in before.items():
            if old != disposition._as_text():
                disposition._note_permissions(old)
        return result

    def _widened_by(self, vals):
        """Return those that permit more by ``vals``, or that more people end."""
        permits = [name for name in PERMISSIONS if vals.get(name)]
        ends = "needs_quality_right" in vals and not vals["needs_quality_right"]
        return self.filtered(
            lambda disposition: (
                any(not disposition[name] for name in permits)
                or (ends and disposition.needs_quality_right)
            )
        )

    def _check_may_widen(self):
        """Refuse a release of what is under these to who may not release it.

        :raises ReleaseNotAllowedError: without the right
        :raises SecondPersonNeededError: where two people release
        :raises SignatureNeededError: where releases are signed
        """
        lots = self.env["stock.lot"]
        if self.env.su or lots._is_system():
            return
        for disposition in self.filtered("needs_quality_right"):
            for companies, example in disposition._what_is_under():
                lots._check_release(disposition._release_of(companies, example))

    def _let_nobody_enter(self):
        """Wait for who puts lots under these, and let others wait for us.

        They share the row until they commit, see ``_let_nobody_widen``.

        :raises SerializationFailure: if they have put any there since we began, which
            we do not see: Odoo starts anew
        """
        if not self:
            return
        self.flush_recordset()
        lock = "SELECT FROM stock_lot_disposition WHERE id = ANY(%s) FOR NO KEY UPDATE"
        self.env.cr.execute(SQL(lock, self.ids))
        lots = self.env["stock.lot"]
        lots.flush_model(["disposition_id"])
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL("SELECT id FROM stock_lot WHERE disposition_id = ANY(%s)", self.ids)
            )
            under = [lot_id for (lot_id,) in cr.fetchall()]
        # Those that we have taken out ourselves are younger than we are.
        known = SQL(
            "SELECT id FROM stock_lot WHERE id = ANY(%s)"
            " AND (disposition_id = ANY(%s) OR age(xmin) <= 0)",
            under,
            self.ids,
        )
        if len(self.env.execute_query(known)) < len(under):
            raise SerializationFailure

    def _let_nobody_widen(self):
        """Keep what these permit as it is until we commit, while lots enter them.

        Who widens one meanwhile, and has committed, makes Odoo start us anew.
        """
        guarded = sorted(self._guarded_ids().intersection(self.ids))
        if guarded:
            share = "SELECT FROM stock_lot_disposition WHERE id = ANY(%s) FOR SHARE"
            self.env.cr.execute(SQL(share, guarded))

    def _what_is_under(self):
        """Yield the companies whose goods are under it, with the name of one."""
        # sudo: dispositions are everybody's, and so is what is under them
        lots = self.env["stock.lot"].sudo()
        under = lots.search([("disposition_id", "=", self.id)])
        for companies, theirs in under.grouped("company_id").items():
            yield companies, theirs[0].display_name
        lying = self._lying_under()
        for companies, theirs in lying.grouped("company_id").items():
            yield companies, theirs[0].location_id.display_name

    def _lying_under(self):
        """Return the quants of all companies in places that impose it."""
        # sudo: what a place holds, it holds for all companies
        places = self.env["stock.location"].sudo()
        # Searching does not compute what waits to be computed of many2many fields.
        places.flush_model(["imposed_disposition_ids"])
        places = places.search([("imposed_disposition_ids", "in", self.ids)])
        quants = self.env["stock.quant"].sudo()
        return quants.search(places._lying_here()) if places else quants

    def _release_of(self, companies, example):
        lots = self.env["stock.lot"]
        return Release(
            self,
            self,
            companies,
            ask=self.env._(
                "Only a quality manager widens what “%(disposition)s” permits: ask "
                "%(who)s.",
                disposition=self.name,
                who=lots._releasers_label(companies),
            ),
            propose=self.env._(
                "Goods are “%(disposition)s” (%(example)s), and two people release. "
                "What it permits cannot be widened for them by one person: make "
                "another disposition, and propose to put them under it.",
                disposition=self.name,
                example=example,
            ),
        )

    # -- what the history tells

    def _as_text(self):
        """Return what it permits, and who ends it, as people read it."""
        names = [
            permission["label"]
            for permission in self.permissions
            if permission["allowed"]
        ]
        if self.needs_quality_right:
            names.append(
                self._fields["needs_quality_right"]._description_string(self.env)
            )
        return ", ".join(names)

    def _note_permissions(self, before):
        """Leave an event with every lot that is under it, or lies under it.

        :param str before: what it permitted until now
        """
        # sudo: dispositions are everybody's, and each lot keeps what befell it
        events = self.env["stock.lot.event"].sudo()
        lots = self.env["stock.lot"].sudo().search([("disposition_id", "=", self.id)])
        lots |= self._lying_under().lot_id
        what = self.env._("What “%s” permits", self.name)
        events.create(
            [
                events._note(
                    lot,
                    "disposition",
                    what,
                    before,
                    self._as_text(),
                    document=self,
                    company_id=company.id,
                )
                for lot, companies in lots._history_companies().items()
                for company in companies
            ]
        )
