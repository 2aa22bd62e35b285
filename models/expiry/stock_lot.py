from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache
from odoo.tools.sql import column_exists, create_column

from ...tools.movement import STOCK_USAGES
from ..base.job import JobRun
from ..history.signature import is_signing
from .exceptions import WrittenByDatesError

#: So many lots expire between two commits of the daily job.
EXPIRY_BATCH = 500
#: What ends the time in which a lot may be used, whichever comes first.
ENDS = ("removal_date", "expiration_date", "effective_expiration_date")
UNDECIDED = "is_date_undecided"
#: What Odoo alone writes.
OWN_FIELDS = {"is_expired_by_date", UNDECIDED}


class StockLot(models.Model):
    """A lot whose dates act by themselves: past them, it ends under “Expired”."""

    _inherit = "stock.lot"

    is_expired_by_date = fields.Boolean(
        readonly=True,
        copy=False,
        help="It is under Expired for its dates alone: prolonged by a quality manager, "
        "it is released again.",
    )
    is_date_undecided = fields.Boolean(
        "From before, undecided",
        readonly=True,
        copy=False,
        help="It was in stock before batches were tracked, and nobody has decided yet "
        "that its dates act by themselves.",
    )

    def _auto_init(self):
        # Without a default, so that a large table is not written anew.
        for name in ("is_expired_by_date", UNDECIDED):
            if not column_exists(self.env.cr, "stock_lot", name):
                create_column(self.env.cr, "stock_lot", name, "bool")
        return super()._auto_init()

    @api.model_create_multi
    def create(self, vals_list):
        self._check_own_fields({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        self._check_own_fields(vals)
        result = super().write(vals)
        if UNDECIDED in vals:
            self.env.registry.clear_cache()
        if {"expiration_date", "removal_date"} & vals.keys():
            self._release_prolonged()
        return result

    def _check_own_fields(self, names):
        written = OWN_FIELDS.intersection(names)
        if written and not self.env.su:
            raise WrittenByDatesError(self.env, written)

    # -- what was there before

    @api.model
    def _leave_dates_undecided(self):
        """Let no date act on the lots that are there already, until somebody decides.

        For the installation, in one statement.
        """
        self.env.cr.execute(
            SQL(
                "UPDATE stock_lot SET is_date_undecided = TRUE"
                " WHERE COALESCE(expiration_date, removal_date) IS NOT NULL"
            )
        )
        self.invalidate_model([UNDECIDED])
        self.env.registry.clear_cache()

    @api.model
    @ormcache()
    def _any_date_undecided(self):
        # sudo: asked for whoever reserves
        return bool(self.sudo().search_count([(UNDECIDED, "=", True)], limit=1))

    # -- expiring

    @api.model
    def _cron_expire(self):
        """Put lots on hand that are past their dates under “Expired”."""
        job = JobRun(self.env, "batch_tracking.ir_cron_expire")
        asked = {}
        job.do(self._find_past_dates(), lambda lots: lots._expire(asked), EXPIRY_BATCH)

    @api.model
    def _find_past_dates(self):
        """Return released lots on hand whose removal date or expiration has passed."""
        quants = self.env["stock.quant"]._read_group(
            self._past_dates()
            & Domain("quantity", ">", 0)
            & Domain("location_id.usage", "in", STOCK_USAGES)
            & Domain("lot_id.disposition_id", "in", self._expiring_dispositions().ids)
            & Domain("lot_id.is_date_undecided", "!=", True),
            aggregates=["lot_id:recordset"],
        )
        return quants[0][0]

    @api.model
    def _past_dates(self):
        """Return the domain of lots, or their quants, that are past a date."""
        now = fields.Datetime.now()
        return Domain.OR(Domain(name, "<=", now) for name in ENDS)

    @api.model
    def _expiring_dispositions(self):
        """Return what gives way to “Expired”: a lot held for a reason stays held."""
        return self._disposition("released")

    def _expire(self, asked):
        """Take lots out of what can be reserved and ask their people to remove them.

        :param dict asked: the mail.activity of each res.users that this run has asked
        """
        now = fields.Datetime.now()
        past_removal = self.filtered(
            lambda lot: lot.removal_date and lot.removal_date <= now
        )
        changed = past_removal._set_disposition(
            self._disposition("expired"), self.env._("Its removal date has passed.")
        )
        changed |= (self - past_removal)._set_disposition(
            self._disposition("expired"), self.env._("It has expired.")
        )
        # sudo: whoever lets lots expire may have it noted
        changed.sudo().write({"is_expired_by_date": True})
        for user, lots in changed.grouped(lambda lot: lot._responsible()).items():
            lots._ask_to_remove(user, asked)

    def _after_disposition_change(self, before):
        result = super()._after_disposition_change(before)
        # sudo: whoever may change its disposition ends what its dates have done
        by_date = self.sudo().filtered("is_expired_by_date")
        by_date.write({"is_expired_by_date": False})
        return result

    # -- prolonging

    def _release_prolonged(self):
        """Release what only its dates had stopped, and no longer do.

        That is a release: without the right to release, and where two people do or it
        must be signed, the lots stay as they are.
        """
        released = self._disposition("released")
        lots = self.filtered(lambda lot: lot.is_expired_by_date and not lot._is_over())
        must_sign = self.env.user._signs_batches() and not is_signing(self.env)
        if not lots or must_sign or not self._may_release():
            return
        lots -= lots._needs_approval(released)
        lots._set_disposition(released, self.env._("Its dates were prolonged."))

    def _is_over(self):
        """Tell whether one of the dates that end its use has passed."""
        now = fields.Datetime.now()
        return any(self[name] and self[name] <= now for name in ENDS)
