from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.movement import STOCK_USAGES
from .disposition_change import DispositionChange

DISPOSITION_XMLID = "batch_tracking.stock_lot_disposition_%s"


class StockLot(models.Model):
    """A lot that knows what may be done with it."""

    _inherit = "stock.lot"

    disposition_id = fields.Many2one(
        "stock.lot.disposition",
        default=lambda self: self._default_disposition_id(),
        index=True,
        ondelete="restrict",
        copy=False,
    )
    disposition_code = fields.Char(related="disposition_id.code")
    disposition_color = fields.Integer(related="disposition_id.color")
    is_restricted = fields.Boolean(
        compute="_compute_is_restricted", help="Whether something is forbidden to it."
    )

    @api.depends("disposition_id")
    def _compute_is_restricted(self):
        for lot in self:
            lot.is_restricted = bool(lot.disposition_id._forbidden())

    @api.model
    def _default_disposition_id(self):
        return self._disposition("released")

    def write(self, vals):
        """Change the disposition in a fixed order: check, lock, write, then effects.

        Whatever else a change of disposition needs extends one of the three hooks; what
        comes in which order is written in ``tests/disposition/test_order_of_effects``.
        """
        if "disposition_id" not in vals:
            return super().write(vals)
        disposition = self.env["stock.lot.disposition"].browse(vals["disposition_id"])
        changed = self.filtered(lambda lot: lot.disposition_id != disposition)
        changed._check_disposition_change(disposition)
        disposition._let_nobody_widen()
        self._lock_stock()
        before = changed.grouped("disposition_id")
        result = super().write(vals)
        changed._after_disposition_change(before)
        return result

    def _check_disposition_change(self, disposition):
        """Refuse a change to ``disposition`` that the user may not make.

        :param disposition: stock.lot.disposition that the lots do not have yet
        :raises ReleaseNotAllowedError: without the right
        :raises SecondPersonNeededError: where another person is needed
        """
        self._check_may_release_these()
        self._check_second_person(disposition)

    def _lock_stock(self):
        """Let nobody hold and reserve these lots at once, whoever commits first.

        The lots before their stock: whoever goes around what is locked waits for them.
        """
        self.env.cr.execute(
            SQL(
                "SELECT FROM stock_lot WHERE id = ANY(%s) ORDER BY id"
                " FOR NO KEY UPDATE",
                self.ids,
            )
        )
        self.env["stock.quant"]._lock_and_touch_where(SQL("lot_id = ANY(%s)", self.ids))

    def _after_disposition_change(self, before):
        """Do what follows from a change that is written.

        :param dict before: ``{disposition: lots that had it until now}``
        """
        self._break_forbidden_reservations()
        self._reserve_for_waiting(before)

    # -- dispositions

    def _whose_disposition(self, fits):
        """Return those whose disposition fits; each disposition is asked once.

        :param fits: function of a stock.lot.disposition
        """
        groups = self.grouped("disposition_id").items()
        fitting = {disposition for disposition, _lots in groups if fits(disposition)}
        if len(fitting) in (0, len(groups)):
            return self if fitting else self.browse()
        return self.filtered(lambda lot: lot.disposition_id in fitting)

    @api.model
    def _disposition(self, code):
        """Return a shipped disposition, by its code in small letters."""
        # Unlike ``env.ref``, no query once it is known: every new lot asks.
        shipped = self.env["ir.model.data"]._xmlid_to_res_id(DISPOSITION_XMLID % code)
        return self.env["stock.lot.disposition"].browse(shipped or [])

    def _fill_missing_dispositions(self):
        """Release every lot that was there before the addon."""
        released = self._disposition("released")
        self.env.cr.execute(
            SQL(
                "UPDATE stock_lot SET disposition_id = %s WHERE disposition_id IS NULL",
                released.id,
            )
        )
        self.invalidate_model(["disposition_id"])

    def _set_disposition(self, disposition, reason):
        """Put lots under ``disposition`` and note why; lots that have it stay as is.

        :param disposition: stock.lot.disposition
        :param str reason: shown in the history of each lot
        :return: the lots that changed
        """
        return self._change_disposition(disposition, DispositionChange(reason))

    def _change_disposition(self, disposition, change):
        """Put lots under ``disposition``; lots that have it stay as is.

        :param DispositionChange change: why and how; keeps what that did
        :return: the lots that changed
        """
        changed = self.filtered(lambda lot: lot.disposition_id != disposition)
        changed._write_because({"disposition_id": disposition.id}, change)
        return changed

    def _check_may_release_these(self):
        guarded = self.filtered("disposition_id.needs_quality_right")
        if guarded and not self.env.su:
            self._check_release_right(guarded[0]._release_by())

    def _break_forbidden_reservations(self):
        """Take these lots out of open transfers that they may no longer serve.

        All companies' transfers: a lot that must not leave must not leave anywhere.
        The transfers look for other lots, and their people are told.
        """
        restrictive = self.env["stock.lot.disposition"]._restrictive_ids()
        held = self.filtered(lambda lot: lot.disposition_id.id in restrictive)
        if held:
            lines = self.env["stock.move.line"].sudo()
            change = DispositionChange.of(self.env)
            lines._break_forbidden(Domain("lot_id", "in", held.ids), change)

    @api.model
    def _reserve_for_waiting(self, before):
        """Let waiting transfers have lots that may do more than before.

        :param before: ``{disposition: lots that had it until now}``
        """
        freed = self.browse()
        for old, lots in before.items():
            was = old._forbidden()
            freed |= lots._whose_disposition(
                lambda now, was=was: was - now._forbidden()
            )
        # sudo: other companies' stock of a shared lot is freed as well
        quants = self.env["stock.quant"].sudo()
        on_hand = [("location_id.usage", "in", STOCK_USAGES)]
        freed = quants.search([("lot_id", "in", freed.ids), *on_hand])
        freed.product_id._reserve_waiting()
