from odoo import api, models

from ..base.arguments import check_finite
from ..base.characters import check_storable
from . import ledger
from .correction import correction_reason_field, reason_in
from .exceptions import DoneLineIsEvidenceError, DoneStaysError

#: What a done line says about what was moved.
MOVED_FIELDS = {
    "product_id",
    "lot_id",
    "quant_id",
    "location_id",
    "location_dest_id",
    "package_id",
    "result_package_id",
    "owner_id",
    "quantity",
    "quantity_product_uom",
    "product_uom_id",
}
QUANTITIES = {"quantity", "quantity_product_uom"}
#: What else it tells for good: when, for whom, and from what.
EVIDENCE_FIELDS = MOVED_FIELDS | {
    "date",
    "expiration_date",
    "removal_date",
    "production_date",
    "supplier_lot_name",
    "consignee_id",
    "consignment",
    "consume_line_ids",
    "produce_line_ids",
    "move_id",
    "picking_id",
    "state",
}


class StockMoveLine(models.Model):
    """What is carried out is permitted; what is done is evidence.

    A done line is judged as it was and as it will be. Whoever changes one leaves an
    event; of held batches only a quality manager does, with a reason.
    """

    _inherit = "stock.move.line"

    correction_reason = correction_reason_field()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            check_finite(self, vals, QUANTITIES)
        with ledger.operation(self.env.cr) as operation:
            lines = super().create(vals_list)
            lines._settle(operation)
        lines._note_additions(vals_list)
        return lines

    def _action_done(self):
        with ledger.operation(self.env.cr) as operation:
            result = super()._action_done()
            done = self.exists()
            if operation.changes:
                done._check_dispositions()
            done._settle(operation)
        ledger.note_finished(self.env.cr, done.ids)
        return result

    def write(self, vals):
        self._check_company_follows(vals)
        check_storable(self, vals, ["correction_reason"])
        check_finite(self, vals, QUANTITIES)
        corrected = self._done_lines_changed_by(vals)
        if not corrected:
            return super().write(vals)
        before = corrected._evidences()
        reason = reason_in(vals) or ledger.reason_given(self.env.cr)
        corrected._check_may_correct(reason)
        with ledger.operation(self.env.cr) as operation:
            corrected._permit(operation, -1)
            result = super().write(vals)
            corrected._check_may_correct(reason)
            corrected._settle(operation)
            after = corrected._evidences()
        corrected._note_corrections(before, after, reason)
        return result

    def _check_company_follows(self, vals):
        """Refuse to give a line to another company than its movement's.

        Traces, recalls and rights look for lines by company.

        :raises DoneStaysError: naming the line
        """
        if "company_id" not in vals or self.env.su:
            return
        for line in self.sudo().filtered("move_id"):
            if line.move_id.company_id.id != vals["company_id"]:
                raise DoneStaysError(line.with_env(self.env), "company_id")

    # -- permits

    def _settle(self, operation):
        """Permit what these lines do, and refuse what else the operation changed."""
        quants = self.env["stock.quant"]
        if operation.changes:
            self._permit(operation, 1)
            quants._settle(operation)
        quants.browse(operation.lent)._check_not_lent_by_held()

    def _permit(self, operation, sign):
        for line in self.sudo():
            quantity = sign * line.quantity_product_uom
            operation.permit(line._balance_at_source(), -quantity)
            operation.permit(line._balance_at_target(), quantity)

    def _balance_at_source(self):
        return ledger.Balance(
            self.product_id.id,
            self.location_id.id,
            self.lot_id.id or 0,
            self.package_id.id or 0,
            self.owner_id.id or 0,
        )

    def _balance_at_target(self):
        return self._balance_at_source()._replace(
            location_id=self.location_dest_id.id,
            package_id=self.result_package_id.id or 0,
        )

    # -- evidence

    def _done_lines_changed_by(self, vals):
        """Return the done lines that this corrects.

        What core itself adds within the operation that finishes a line is part of that:
        links, dates. Quantities it has moved by then.
        """
        if EVIDENCE_FIELDS.isdisjoint(vals):
            return self.browse()
        done = self.filtered(lambda line: line.state == "done")
        if not done or not MOVED_FIELDS.isdisjoint(vals):
            return done
        finishing = ledger.being_finished(self.env.cr)
        return done.filtered(lambda line: line.id not in finishing)

    def _check_may_correct(self, reason):
        """Refuse to change what is done with held batches, but for a reason.

        :param str reason: why, empty for none
        :raises DoneLineIsEvidenceError: naming the first of them
        """
        if self.env["stock.lot"]._may_release() and reason:
            return
        lines = self.sudo()
        told = lines.union(*lines._lines_told_of().values())
        for line in told._held_evidence():
            raise DoneLineIsEvidenceError(self.env, line)

    def _lines_told_of(self):
        """Return ``{line: lines}``: of which done lines each is evidence, it included.

        Rooms above add what was made of it, and of what it was made.
        """
        return {line: line for line in self}

    def _held_evidence(self):
        """Return the lines that only quality corrects: what they moved is held.

        Rooms above add what else must not change any more.
        """
        return self.filtered(lambda line: line._restricting())

    def _evidence_of(self):
        """Return why only quality corrects the line, as one word, or empty.

        Rooms above that extend ``_held_evidence`` say theirs.
        """
        return ", ".join(self._restricting().mapped("name"))

    def _restricting(self):
        """Return the dispositions of lot and places that forbid some movement."""
        places = self.location_id | self.location_dest_id
        held_as = self.lot_id.disposition_id | places.imposed_disposition_ids
        return held_as._restrictive()

    def _tells_its_consignee(self):
        """Tell whether the line says itself who has sent or received its goods."""
        places = self.location_id | self.location_dest_id
        return "customer" in places.mapped("usage")
