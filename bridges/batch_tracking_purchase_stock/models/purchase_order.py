from contextlib import contextmanager

from odoo import models

from odoo.addons.batch_tracking.models.base.characters import check_storable
from odoo.addons.batch_tracking.models.ledger import ledger
from odoo.addons.batch_tracking.models.ledger.correction import (
    correction_reason_field,
    reason_in,
)


class PurchaseOrder(models.Model):
    """The vendor of what was received is its supplier: traces name it by the order."""

    _inherit = "purchase.order"

    correction_reason = correction_reason_field()

    def write(self, vals):
        check_storable(self, vals, ["correction_reason"])
        with ledger.correcting(self.env.cr, reason_in(vals)):
            if "partner_id" not in vals:
                return super().write(vals)
            with self.order_line._telling_vendor():
                return super().write(vals)


class PurchaseOrderLine(models.Model):
    """A line that goes to another order, or vendor, takes along what came for it."""

    _inherit = "purchase.order.line"

    def write(self, vals):
        if vals.keys().isdisjoint(("order_id", "partner_id")):
            return super().write(vals)
        with self._telling_vendor():
            return super().write(vals)

    @contextmanager
    def _telling_vendor(self):
        """Judge and tell if what was received comes from another vendor by this.

        :raises DoneLineIsEvidenceError: of what only quality corrects, with a reason
        """
        # sudo: what was received is found whatever a purchaser may read of it
        received = self.sudo().filtered(lambda line: line._numbered_receipts())
        before = {line: line.partner_id for line in received}
        yield
        changed = received.filtered(lambda line: line.partner_id != before[line])
        if changed:
            reason = ledger.reason_given(self.env.cr)
            receipts = changed._numbered_receipts().with_env(self.env)
            receipts._check_may_correct(reason)
            changed._note_other_vendor(before, reason)

    def _numbered_receipts(self):
        """Return the done lines by which batches came for these."""
        done = self.move_ids.move_line_ids.filtered(lambda line: line.state == "done")
        return done.filtered("lot_id")

    def _note_other_vendor(self, before, reason):
        """Leave an event with each batch that came from another vendor than was told.

        :param dict before: ``{line: res.partner}`` as it was
        """
        # sudo: whoever corrects leaves events, and nobody may write others
        self.env["stock.lot.event"].sudo().create(
            [
                receipt._note_correction(
                    receipt.lot_id,
                    line._fields["partner_id"],
                    before[line].display_name or "",
                    line.partner_id.display_name or "",
                    reason,
                )
                for line in self
                for receipt in line._numbered_receipts()
            ]
        )
