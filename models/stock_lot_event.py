from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("disposition", "Disposition"),
    ("dates", "Dates"),
    ("number", "Number"),
    ("attribution", "Attribution"),
    ("link", "Link by hand"),
    ("operation", "Batch operation"),
    ("properties", "Properties"),
    ("inspection", "Inspection"),
]


class StockLotEvent(models.Model):
    """Something that happened to a lot: who, when, what, from what to what, and why.

    Events are only ever added. Neither a person nor the system changes or deletes one.
    """

    _name = "stock.lot.event"
    _description = "Batch Event"
    _order = "date desc, id desc"
    _log_access = False

    lot_id = fields.Many2one("stock.lot", index=True, ondelete="set null")
    lot_name = fields.Char(required=True, help="The lot's number at that time.")
    kind = fields.Selection(KINDS, required=True)
    what = fields.Char(required=True, help="What was changed, in words of that time.")
    old_value = fields.Text()
    new_value = fields.Text()
    reason = fields.Text()
    user_id = fields.Many2one("res.users", ondelete="set null")
    user_name = fields.Char("Who", required=True, help="The user's name at that time.")
    date = fields.Datetime("When", required=True)
    company_id = fields.Many2one("res.company", index=True)

    @api.model_create_multi
    def create(self, vals_list):
        # Who and when are never the caller's to say.
        stamp = {
            "user_id": self.env.uid,
            "user_name": self.env.user.sudo().name,
            "date": fields.Datetime.now(),
        }
        return super().create([{**vals, **stamp} for vals in vals_list])

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self._unchangeable())

    def unlink(self):  # pylint: disable=method-required-super
        # pylint: disable=no-raise-unlink
        raise UserError(self._unchangeable())

    def _unchangeable(self):
        return self.env._(
            "The history of a batch cannot be changed or deleted. Add what is right: "
            "change the batch again and say why."
        )

    @api.model
    def _note(self, lot, kind, what, old="", new="", **values):
        """Return the values of an event, for ``create``.

        :param lot: stock.lot
        :param str kind: one of ``KINDS``
        :param str what: what was changed, in the user's language
        """
        company = lot.company_id or self.env.company
        return {
            "lot_id": lot.id,
            "lot_name": lot.name,
            "kind": kind,
            "what": what,
            "old_value": old,
            "new_value": new,
            "reason": self.env.context.get("batch_reason"),
            "company_id": company.id,
            **values,
        }
