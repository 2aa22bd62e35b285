from odoo import models


class StockLotDecision(models.Model):
    """What the screen says once somebody has decided."""

    _inherit = "stock.lot.decision"

    def _notify_result(self):
        """Return the client action that says what was done, and links to it.

        It closes the screen on which it was decided: people stay where they were, and
        see there what has changed.
        """
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if self.state == "done" else "warning",
                # What is still to be done must not vanish by itself.
                "sticky": bool(self.left_picking_ids or self.skipped_lot_ids),
                "message": " ".join(self._result_sentences()).replace("%", "%%")
                + " %s",
                "links": [{"label": self.name, "url": f"/odoo/holds/{self.id}"}],
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _result_sentences(self):
        sentences = [self._result_of_lots()]
        if self.state == "done" and self.line_count:
            sentences.append(
                self.env._("Reservations taken out: %(count)s.", count=self.line_count)
            )
        if self.left_picking_ids:
            sentences.append(
                self.env._(
                    "Transfers that still hold goods picked, packed or printed before: "
                    "%(count)s.",
                    count=len(self.left_picking_ids),
                )
            )
        return sentences

    def _result_of_lots(self):
        words = {
            "batches": self.lot_ids._names_label(),
            "disposition": self.disposition_id.name,
        }
        if self.state == "proposed":
            return self.env._(
                "“%(disposition)s” is proposed for %(batches)s: nothing changes before "
                "another quality manager approves it.",
                **words,
            )
        return self.env._("%(batches)s: now “%(disposition)s”.", **words)
