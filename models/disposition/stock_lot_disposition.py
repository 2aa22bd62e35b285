from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from ...tools.movement import USES
from ..base.deletion import guards_deletion

PERMISSIONS = tuple(f"allow_{use}" for use in USES)
#: Shipped later than others: a company may have made its own before.
SHIPPED_LATER = ("quarantine", "restricted", "rejected")
#: What the picture of the permissions shows for each.
ICONS = {
    "allow_deliver": "fa-truck",
    "allow_consume": "fa-industry",
    "allow_move": "fa-exchange",
    "allow_return": "fa-reply",
    "allow_scrap": "fa-trash",
    "allow_count": "fa-list-ol",
    "allow_plan": "fa-calendar-check-o",
}


class StockLotDisposition(models.Model):
    """What may be done with a lot: a named set of independent permissions.

    A permission is called ``allow_<use>``; the uses are in ``tools/movement.py``. To
    add one, add it there, a field and its icon here: the guards ask ``_allows`` and the
    screens show ``permissions``, neither needs a change.

    Dispositions are the same for all companies, as the lots are that they share.
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
    allow_plan = fields.Boolean(
        string="Plan with it",
        help="It counts as free and in forecasts, so that it is promised to customers "
        "and not bought or made again.",
    )
    permissions = fields.Json(compute="_compute_permissions", string="What it may do")
    needs_quality_right = fields.Boolean(
        string="Quality manager releases",
        help="Only a quality manager takes a lot out of this disposition.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "There is a disposition with this code already."
    )

    def _auto_init(self):
        cr = self.env.cr
        # Whether it is an old table; a new one has nothing to be kept.
        known = column_exists(cr, "stock_lot_disposition", "allow_deliver")
        if known and not column_exists(cr, "stock_lot_disposition", "allow_plan"):
            self._catch_up()
        return super()._auto_init()

    def _catch_up(self):
        """Let existing dispositions plan with what may be delivered, as before."""
        create_column(self.env.cr, "stock_lot_disposition", "allow_plan", "bool")
        self.env.cr.execute(
            SQL("UPDATE stock_lot_disposition SET allow_plan = allow_deliver")
        )
        self._adopt_own_dispositions()

    def _adopt_own_dispositions(self):
        """Take a company's own “QUARANTINE” for the shipped one, as it made it."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO ir_model_data (module, name, model, res_id, noupdate)
                SELECT 'batch_tracking', 'stock_lot_disposition_' || LOWER(code),
                       'stock.lot.disposition', id, TRUE
                FROM stock_lot_disposition WHERE LOWER(code) = ANY(%s)
                ON CONFLICT DO NOTHING
                """,
                list(SHIPPED_LATER),
            )
        )

    @api.depends(*PERMISSIONS)
    @api.depends_context("lang")
    def _compute_permissions(self):
        labels = [
            (name, self._fields[name]._description_string(self.env))
            for name in PERMISSIONS
        ]
        for disposition in self:
            disposition.permissions = [
                {
                    "name": name,
                    "label": label,
                    "icon": ICONS[name],
                    "allowed": disposition[name],
                }
                for name, label in labels
            ]

    @api.model_create_multi
    def create(self, vals_list):
        dispositions = super().create(vals_list)
        self.env.registry.clear_cache()
        return dispositions

    def write(self, vals):
        self._check_may_change()
        self._check_released_stays(vals)
        result = super().write(vals)
        self.env.registry.clear_cache()
        if not vals.keys().isdisjoint(PERMISSIONS):
            self._apply_to_reserved()
        return result

    def _apply_to_reserved(self):
        """Take out of open transfers what these dispositions forbid from now on."""
        # Before the stock: whoever goes around what is locked waits for this row.
        self.flush_recordset()
        lots = SQL(
            "lot_id IN (SELECT id FROM stock_lot WHERE disposition_id = ANY(%s))",
            self.ids,
        )
        # sudo: a lot that must not leave must not leave any company
        self.env["stock.quant"].sudo()._lock_and_touch_where(lots)
        reserved = Domain("lot_id.disposition_id", "in", self.ids)
        reserved |= Domain("location_id.imposed_disposition_ids", "in", self.ids)
        self.env["stock.move.line"].sudo()._break_forbidden(reserved)

    def unlink(self):
        self._check_may_change()
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @guards_deletion
    def _unlink_except_shipped(self):
        shipped = self.filtered(
            lambda disposition: disposition.get_external_id()[
                disposition.id
            ].startswith("batch_tracking.")
        )
        if shipped:
            raise UserError(
                self.env._(
                    "Batch Tracking itself uses “%s”: archive it instead.",
                    shipped[0].name,
                )
            )

    def _check_may_change(self):
        """Refuse changes by who answers for some of the companies only.

        :raises AccessError: what a lot may do holds in all companies that share it
        """
        if self.env.su or not self:
            return
        # sudo: to count companies that the user does not see
        own = self.env.user.company_ids.ids
        others = self.env["res.company"].sudo().search([("id", "not in", own)])
        if others:
            raise AccessError(
                self.env._(
                    "“%(disposition)s” holds for all companies, and you do not work "
                    "for %(company)s. Add a disposition of your own, or ask somebody "
                    "who works for all of them.",
                    disposition=self[0].name,
                    company=others[0].name,
                )
            )

    def _check_released_stays(self, vals):
        released = self.env["stock.lot"]._disposition("released")
        if released in self and not vals.get("active", True):
            raise UserError(
                self.env._(
                    "Every new batch begins as “%s”: it cannot be archived.",
                    released.name,
                )
            )

    def _allows(self, purpose):
        """Tell whether a movement for ``purpose`` is permitted.

        :param purpose: one of ``tools.movement.USES``, or None (always permitted)
        """
        if not self or purpose is None:
            return True
        return self.id not in self._forbidding_ids(purpose)

    def _permission_label(self, use):
        """Return what users call a permission, such as “Deliver”.

        :param str use: one of ``tools.movement.USES``
        """
        field = self._fields[f"allow_{use}"]
        return field.get_description(self.env, ["string"])["string"]

    def _strictest(self):
        """Return the disposition that permits no more than each of these does.

        The mildest of those that are, one of these if possible; none for none.
        """
        if len(self) <= 1:
            return self
        forbidden = set().union(*(each._forbidden() for each in self))
        for candidates in (self, self.sudo().search([("active", "=", True)])):
            strict = candidates.filtered(lambda each: each._forbidden() >= forbidden)
            if strict:
                mildest = min(
                    strict, key=lambda each: (len(each._forbidden()), each.sequence)
                )
                return mildest.with_env(self.env)
        return max(self, key=lambda each: len(each._forbidden()))

    def _forbidden(self):
        return {name for name in PERMISSIONS if not self[name]}

    def _holding(self):
        """Return what it forbids, and whether only quality ends it: a list of names."""
        guard = ["needs_quality_right"] if self.needs_quality_right else []
        return [*sorted(self._forbidden()), *guard]

    def _level(self):
        """Return how much it stands in the way, as a word of Bootstrap's alerts."""
        if not self._forbidden():
            return "success"
        if self.allow_plan:
            return "info"
        return "warning" if self.allow_deliver or self.allow_consume else "danger"
