from odoo import models

from . import ledger
from .correction import reason_in

#: What a correction tells of, in this order.
TOLD_FIELDS = (
    "lot_id",
    "quantity",
    "quantity_product_uom",
    "product_uom_id",
    "location_id",
    "location_dest_id",
    "owner_id",
    "date",
    "expiration_date",
    "removal_date",
    "production_date",
    "supplier_lot_name",
    "consignee_id",
    "consume_line_ids",
    "produce_line_ids",
    "move_id",
    "picking_id",
    "state",
)
#: What is not told twice: it follows from the quantity that people see.
FOLLOWING = {"quantity_product_uom": {"quantity", "product_uom_id"}}


class StockMoveLine(models.Model):
    """Whoever corrects what is done tells each batch of which it is evidence."""

    _inherit = "stock.move.line"

    def _note_additions(self, vals_list):
        """Judge and tell what lines that are added to what is done say of others.

        :param vals_list: what they were created with; a reason may be among it
        :raises DoneLineIsEvidenceError: naming a line of which only quality says more
        """
        if ledger.is_finishing(self.env.cr) or not self._already_done():
            return
        rows = []
        told_of = self.sudo()._lines_told_of()
        for line, vals in zip(self.sudo(), vals_list, strict=True):
            others = told_of[line] - line
            if line.state != "done" or not others:
                continue
            reason = reason_in(vals) or ledger.reason_given(self.env.cr)
            others.with_env(self.env)._check_may_correct(reason)
            field = self._fields["lot_id"]
            new = line.lot_id.name or line.product_id.display_name
            rows += [
                line._note_correction(lot, field, "", new, reason)
                for lot in others.lot_id
            ]
        # sudo: whoever adds leaves events, and nobody may write others
        self.env["stock.lot.event"].sudo().create(rows)

    def _evidences(self):
        """Return what done lines say, as people read it: ``{line: {field: str}}``.

        And as ``lots`` of which batches they say it.
        """
        lines = self.sudo()
        told_of = lines._lines_told_of()
        return {
            line: {name: line._evidence_text(name) for name in TOLD_FIELDS}
            | {"lots": told_of[line].lot_id}
            for line in lines
        }

    def _evidence_text(self, name):
        value, field = self[name], self._fields[name]
        if name in ("consume_line_ids", "produce_line_ids"):
            return ", ".join(value.lot_id.mapped("name"))
        if isinstance(value, models.BaseModel):
            return value.display_name or ""
        if isinstance(value, float):
            unit = self.product_id.uom_id if name in FOLLOWING else self.product_uom_id
            return f"{value:g} {unit.name}"
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if value and field.type in ("date", "datetime"):
            return field.to_string(value)
        return str(value or "")

    def _note_corrections(self, before, after, reason):
        """Leave an event with each batch whose done lines have changed.

        :param dict before: ``_evidences()`` as they were
        :param dict after: as they are
        """
        rows = []
        for line in self:
            was, now = before[line], after[line]
            rows += [
                line._note_correction(
                    lot, self._fields[name], was[name], now[name], reason
                )
                for lot in was["lots"] | now["lots"]
                for name in _told_changes(was, now)
            ]
        # sudo: whoever corrects leaves events, and nobody may write others
        self.env["stock.lot.event"].sudo().create(rows)

    def _note_correction(self, lot, field, old, new, reason=""):
        """Return the values of the event that says what of a done line has changed.

        :param field: of the line or of its move
        """
        what = self.env._(
            "%(field)s of %(document)s",
            field=field._description_string(self.env),
            document=self.reference or self.display_name,
        )
        if lot.product_id != self.product_id:
            # It went into the batch, or was made of it.
            what = f"{what}, {self.product_id.display_name}"
        return self.env["stock.lot.event"]._note(
            lot,
            "correction",
            what,
            old,
            new,
            reason=reason or False,
            company_id=self.company_id.id,
        )


def _told_changes(was, now):
    """Return the names of what has changed, without what only follows from another."""
    changed = [name for name in TOLD_FIELDS if was[name] != now[name]]
    return [name for name in changed if not FOLLOWING.get(name, set()) & {*changed}]
