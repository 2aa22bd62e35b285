from odoo import models

from .kinds import OPEN_STATES


class StockRecall(models.Model):
    """The screens that a recall's buttons open."""

    _inherit = "stock.recall"

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "target": "current",
            "res_model": self._name,
            "res_id": self.id,
            "name": self.name,
            "view_mode": "form",
        }

    def action_edit_draft(self):
        """Choose anew what a draft is about."""
        self._check_step("draft")
        defaults = {
            "recall_id": self.id,
            "lot_ids": self.suspect_ids.ids,
            "reason": self.reason,
            "kind": self.kind,
            "scope": self.scope,
            "left_out_lot_ids": self.left_out_ids.lot_id.ids,
            "left_out_reason": self.left_out_ids[:1].reason,
        }
        return self._dialog("stock.lot.recall", self.name, defaults)

    def action_expand(self):
        """Choose more batches for an open recall."""
        self._check_step(*OPEN_STATES)
        defaults = {"recall_id": self.id, "kind": self.kind, "scope": self.scope}
        name = self.env._("Add batches to %s", self.name)
        return self._dialog("stock.lot.recall", name, defaults)

    def action_clear(self):
        """Choose batches of an open recall with which nothing is wrong."""
        self._check_step(*OPEN_STATES)
        name = self.env._("Take batches out of %s", self.name)
        return self._dialog("stock.recall.clear", name, {"recall_id": self.id})

    def action_cancel(self):
        """Ask why a draft is given up."""
        self._check_step("draft")
        name = self.env._("Cancel %s", self.name)
        return self._dialog("stock.recall.cancel", name, {"recall_id": self.id})

    def _dialog(self, model, name, defaults):
        context = {f"default_{field}": value for field, value in defaults.items()}
        if model == "stock.lot.recall":
            context["dialog_size"] = "extra-large"
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": context,
        }

    def action_open_transfers(self):
        """Open the transfers that lost batches by the recall."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Transfers that lost batches"),
            "res_model": "stock.picking",
            "view_mode": "list,form",
            "domain": [("id", "in", self._hit_transfers().ids)],
            "context": {"create": False},
        }

    def _hit_transfers(self):
        """Return the open transfers that something was taken out of, or is left in."""
        # sudo: the decisions are the recall's own; rules of transfers hold for these
        decisions = self.env["stock.lot.decision"].sudo()
        decisions = decisions.search(
            [("document_model", "=", self._name), ("document_id", "in", self.ids)]
        )
        hit = decisions.picking_ids | decisions.left_picking_ids
        return self.env["stock.picking"].search(
            [("id", "in", hit.ids), ("state", "not in", ("done", "cancel"))]
        )
