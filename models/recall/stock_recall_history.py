from odoo import fields, models

from ..base.deletion import guards_deletion
from .exceptions import RecallIsKeptError

#: Fields whose change leaves an event, beside those that people may change.
AUDITED = {"state", "date_close"}


class StockRecall(models.Model):
    """A recall whose steps leave events, and which is kept as long as batches are.

    Its history begins when it is launched, or its draft is cancelled.
    """

    _inherit = "stock.recall"

    def _start(self, alone=False):
        result = super()._start(alone)
        what = self.env._("Drill launched") if self.is_drill else self.env._("Launched")
        self._note_step(
            what, new=self._reach(), reason=self.reason, lots=self.suspect_ids
        )
        for line in self.left_out_ids:
            what = self.env._("Taken out of a recall")
            self._note_step(what, reason=line.reason, lots=line.lot_id)
        return result

    def _cancel(self, reason):
        result = super()._cancel(reason)
        self._note_step(self.env._("Draft cancelled"), reason=self.cancel_reason)
        return result

    def _reach(self):
        if self.early_count:
            return self.env._(
                "%(lots)s batches, %(early)s of them made before, %(consignees)s "
                "consignees",
                lots=self.lot_count,
                early=self.early_count,
                consignees=self.consignee_count,
            )
        return self.env._(
            "%(lots)s batches, %(consignees)s consignees",
            lots=self.lot_count,
            consignees=self.consignee_count,
        )

    def write(self, vals):
        audited = AUDITED | self._editable_fields()
        names = [name for name in vals if name in audited]
        before = {
            (recall, name): recall._as_text(name)
            for recall in self
            if recall.state != "draft"  # nothing has begun yet
            for name in names
        }
        result = super().write(vals)
        for (recall, name), old in before.items():
            if old != recall._as_text(name):
                what = self._fields[name]._description_string(self.env)
                recall._note_step(what, old, recall._as_text(name))
        return result

    def _as_text(self, name):
        """Return a field's value as people read it, dates in UTC."""
        field = self._fields[name]
        value = self[name]
        if field.type == "selection":
            labels = dict(field._description_selection(self.env))
            return labels.get(value, "")
        if field.relational:
            return ", ".join(value.sudo().mapped("display_name"))
        return str(value or "")

    def _note_step(self, what, old="", new="", lots=None, **values):
        """Leave an event with a step of the recall.

        :param str what: the step, in the user's language
        :param lots: stock.lot that it concerns; with each of them an event is left
        """
        self.ensure_one()
        # sudo: whoever works a recall leaves events, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        nothing = [self.env["stock.lot"]]
        values = {"company_id": self.company_id.id, **values}
        events.create(
            [
                events._note(lot, "recall", what, old, new, document=self, **values)
                for lot in lots or nothing
            ]
        )

    def action_open_events(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("History of %s", self.name),
            "res_model": "stock.lot.event",
            "view_mode": "list,kanban,form",
            "domain": [("res_model", "=", self._name), ("res_id", "=", self.id)],
        }

    @guards_deletion
    def _unlink_except_kept(self):
        for recall in self:
            # sudo: how long it is kept does not depend on who asks
            term = recall.company_id.sudo().batch_retention_id
            last = recall.date_close or recall.date_start or recall.create_date
            if not term or term._until(last) > fields.Datetime.now():
                raise RecallIsKeptError(recall)
