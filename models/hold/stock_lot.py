from odoo import api, fields, models

from .exceptions import DecidedByDecisionError

#: By what goods are gone.
GOING = ("allow_deliver", "allow_consume")


class StockLot(models.Model):
    """Which decision a lot is under its disposition by."""

    _inherit = "stock.lot"

    decision_id = fields.Many2one(
        "stock.lot.decision",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        copy=False,
    )
    disposition_permissions = fields.Json(
        related="disposition_id.permissions", string="What it may do"
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                vals.pop("decision_id", None)  # nobody's to say
        return super().create(vals_list)

    def write(self, vals):
        if "decision_id" in vals and not self.env.su:
            raise DecidedByDecisionError(self)
        return super().write(vals)

    def _after_disposition_change(self, before):
        result = super()._after_disposition_change(before)
        # sudo: whoever may change its disposition ends what was decided
        self.sudo().filtered("decision_id").write({"decision_id": False})
        return result

    def _disposition_event_ids(self):
        """Return ``{str(lot id): id}`` of the last events about dispositions."""
        # sudo: events of other companies tell of shared lots as well
        events = self.env["stock.lot.event"].sudo()
        groups = events._read_group(
            [("lot_id", "in", self.ids), ("kind", "=", "disposition")],
            ["lot_id"],
            ["id:max"],
        )
        return {str(lot.id): last for lot, last in groups}

    def _note_holders(self, decision, what):
        """Let each company's history of shared lots say who holds them, or no more.

        :param decision: stock.lot.decision of one company
        :param str what: what it means for the lots
        """
        # sudo: whoever decides leaves events, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        events.create(
            [
                events._note(
                    lot,
                    "disposition",
                    what,
                    new=decision.company_id.sudo().name,
                    reason=decision._full_reason(),
                    document=decision,
                    company_id=company.id,
                )
                for lot, companies in self._history_companies().items()
                for company in companies | lot._holders()
            ]
        )

    def _let_go_by(self, disposition):
        """Return the lots that may leave or be used under ``disposition``, not yet now.

        What people call a release; to reject what is held frees it to be scrapped only.
        """
        permitted = {use for use in GOING if disposition[use]}
        return self._whose_disposition(lambda now: now._forbidden() & permitted)

    def _release_warnings(self):
        """Return what speaks against releasing these lots, as sentences.

        A hook: rooms that know of something add to it.
        """
        return []

    # -- screens

    def action_set_disposition(self):
        """Open the dialog that holds or releases these lots."""
        return self._open_wizard("stock.lot.set.disposition", self._hold_title())

    def _hold_title(self):
        """Return what the user may do with these lots; of none, with any."""
        is_held = not self or any(self.mapped("is_restricted"))
        if is_held and self._may_release():
            return self.env._("Hold or release")
        return self.env._("Put on hold")

    @api.model
    def get_views(self, views, options=None):
        """Name the entry of *Actions* after what the user may do."""
        result = super().get_views(views, options)
        if self._may_release():
            return result
        ours = self.env.ref("batch_tracking.stock_lot_action_hold").id
        for view in result["views"].values():
            toolbar = view.get("toolbar", {})
            if entries := toolbar.get("action"):
                toolbar["action"] = [
                    {**entry, "name": self._hold_title()}
                    if entry["id"] == ours
                    else entry
                    for entry in entries
                ]
        return result
