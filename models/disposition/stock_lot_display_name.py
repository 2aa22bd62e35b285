from odoo import api, fields, models
from odoo.tools import format_date

from ...tools.ids import is_id
from ...tools.movement import USES

#: What a view's context says of the use that a lot or a quant is picked for.
PICKER_CONTEXT = ("batch_purpose", "batch_move_id")


class StockLot(models.Model):
    """A lot whose entry in a list of choices says what it may do and until when.

    A view says by its field's context what the lot is picked for: ``batch_move_id``,
    the id of the stock.move, or ``batch_purpose``, one of ``tools.movement.USES``.
    What its disposition forbids for that is greyed, and can be chosen all the same:
    the gate refuses the movement and says why.
    """

    _inherit = "stock.lot"

    expiration_label = fields.Char(
        compute="_compute_expiration_label", string="Expires or expired"
    )

    @api.depends("expiration_date")
    @api.depends_context("lang", "tz")
    def _compute_expiration_label(self):
        now = fields.Datetime.now()
        for lot in self:
            lot.expiration_label = lot.expiration_date and lot._expiration_text(now)

    def _expiration_text(self, now):
        moment = fields.Datetime.context_timestamp(self, self.expiration_date)
        day = format_date(self.env, moment.date(), date_format="medium")
        if self.expiration_date <= now:
            return self.env._("Expired %(day)s", day=day)
        return self.env._("Expires %(day)s", day=day)

    @api.depends("disposition_id", "expiration_date")
    @api.depends_context("formatted_display_name", "lang", "tz", *PICKER_CONTEXT)
    def _compute_display_name(self):
        if not self.env.context.get("formatted_display_name"):
            return super()._compute_display_name()
        # Where no view says what for, lots with nothing to say read as ever.
        told = self
        if not any(map(self.env.context.get, PICKER_CONTEXT)):
            told = self.filtered(
                lambda lot: lot.is_restricted or lot._is_long_unexpired()
            )
        super(StockLot, self - told)._compute_display_name()
        purpose = self._picker_purpose()
        in_place = told._origin._held_in_place(purpose)
        for lot in told:
            imposed = in_place.get(lot._origin.id)
            may_go = not imposed and lot.disposition_id._allows(purpose)
            state = lot._picker_state(imposed)
            lot.display_name = f"{_muted(lot.name, not may_go)}\t{state}"
        return None

    def _is_long_unexpired(self):
        """Tell whether it has an expiration that core's label does not tell of yet."""
        now = fields.Datetime.now()
        dates = (self.expiration_date, self.alert_date)
        return bool(dates[0]) and all(date > now for date in dates if date)

    def _picker_state(self, imposed=None):
        """Return disposition and expiration, marked up as Odoo's lists of choices are.

        :param imposed: stock.lot.disposition of the place it lies in, said instead

        Released is said quietly, everything else by a badge.
        """
        # sudo: whoever may choose a lot may read what it is under
        disposition = imposed or self.sudo().disposition_id
        expires = self.expiration_label
        if disposition._forbidden():
            badge = f"`{disposition.name}`"
            return f"{badge} {_muted(expires)}" if expires else badge
        return _muted(" · ".join(filter(None, (disposition.name, expires))))

    @api.model
    def _picker_purpose(self):
        """Return what a choice is for, one of ``tools.movement.USES``, or None."""
        purpose = self.env.context.get("batch_purpose")
        move_id = self.env.context.get("batch_move_id")
        if is_id(move_id):
            # sudo: the purpose alone is read, whoever may pick for the move
            move = self.env["stock.move"].sudo().browse(move_id).exists()
            purpose = move and move._batch_purpose()
        return purpose if purpose in USES else None


def _muted(text, is_muted=True):
    """Return ``text`` greyed, if it has no hyphen pair, which would end that early."""
    return f"--{text}--" if is_muted and text and "--" not in text else text
