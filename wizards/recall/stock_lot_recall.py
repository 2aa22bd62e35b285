from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.base.arguments import COUNT, TEXT, check_argument
from ...models.base.exceptions import ArgumentError
from ...models.history.signature import signed
from ...models.recall.kinds import KINDS
from ...models.recall.scopes import SCOPE_RANKS, SCOPES
from ...models.recall.stock_recall_preview import PAGES
from ...tools.ids import is_id


class StockLotRecall(models.TransientModel):
    """Shows what a recall would reach in each scope, then launches it."""

    _name = "stock.lot.recall"
    _inherit = "batch.wizard"
    _description = "Recall Batches"

    lot_ids = fields.Many2many("stock.lot", string="Suspect batches")
    reason = fields.Text()
    kind = fields.Selection(
        KINDS,
        compute="_compute_kind",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    scope = fields.Selection(SCOPES, "How much", default="worst", required=True)
    left_out_lot_ids = fields.Many2many(
        "stock.lot",
        "stock_lot_recall_left_out_rel",
        string="Taken out",
        help="Batches that are no part of it. What was made of them is taken out as "
        "well, where nothing else leads to it.",
    )
    left_out_reason = fields.Char("Why taken out")
    preview = fields.Json(compute="_compute_preview")

    @api.depends("lot_ids", "left_out_lot_ids")
    def _compute_preview(self):
        recalls = self.env["stock.recall"]
        for wizard in self:
            lots = wizard.lot_ids._origin
            wizard.preview = lots and recalls._compare_scopes(
                recalls._reached(lots, wizard.left_out_lot_ids._origin)
            )

    @api.depends("preview")
    def _compute_kind(self):
        """Propose a stock recovery where nothing has left our hands."""
        for wizard in self:
            if wizard.kind in (False, "recall", "stock_recovery"):
                reached = wizard.preview or {}
                is_out = not reached or reached["worst"]["consignees"]
                wizard.kind = "recall" if is_out else "stock_recovery"

    @api.model
    @api.readonly
    def get_reached(self, lot_ids, left_out_ids, scope, kind, offset=0):
        """Return a page of what a recall of these batches would reach.

        :param list lot_ids: ids of the suspect batches
        :param list left_out_ids: ids of those taken out
        :param str scope: ``certain``, ``proportional`` or ``worst``
        :param str kind: ``consignees``, ``places`` or ``lots``
        :param int offset: how many rows come before
        :return: dict with ``total`` (number of rows) and ``rows``: dicts with ``id``,
            ``name``, ``product``, ``quantity``, ``unit`` of the batch, and what the
            kind adds: ``partner``, ``delivered``, ``returned``; ``place``; ``level``,
            ``is_too_early``, ``disposition``, ``color``
        :raises UserError: for what is none of these
        :raises AccessError: for batches that the user may not read
        """
        self.check_access("create")
        for name, value in (("scope", scope), ("kind", kind)):
            check_argument(self.env, name, value, TEXT)
        check_argument(self.env, "offset", offset, COUNT)
        for name, ids in (("lot_ids", lot_ids), ("left_out_ids", left_out_ids)):
            if not isinstance(ids, list) or not all(map(is_id, ids)):
                raise ArgumentError(self.env, name, ids)
        if scope not in SCOPE_RANKS or kind not in PAGES:
            raise UserError(self.env._("There is no such page of a recall."))
        self._check_chosen({"lot_ids": lot_ids, "left_out_lot_ids": left_out_ids})
        recalls = self.env["stock.recall"]
        found = recalls._reached(lot_ids, left_out_ids)
        rank = SCOPE_RANKS[scope]
        found = {lot: each for lot, each in found.items() if each.scope <= rank}
        return recalls._page(found, kind, offset)

    # -- launching

    def check_complete(self):
        """Say what is missing; with nothing missing, show what asks to be sure.

        A reason that is typed is only known once its field is left: this may be called
        with all that a launch needs, and still launches nothing.

        :raises UserError: when something is missing
        """
        self.ensure_one()
        self._check_complete()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Recall"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _check_complete(self):
        if not self.lot_ids:
            raise UserError(
                self.env._(
                    "No batch is chosen. Scan, type or choose the batch to be recalled."
                )
            )

    @signed(lambda wizard: wizard.env._("Recall launched"))
    def launch(self):
        """Launch the recall and open it."""
        self.ensure_one()
        self._check_complete()
        recall = self.env["stock.recall"]._launch(
            self.lot_ids,
            self.reason,
            self.kind,
            self.scope,
            dict.fromkeys(self.left_out_lot_ids, self.left_out_reason),
        )
        return {
            "type": "ir.actions.act_window",
            "name": recall.name,
            "res_model": "stock.recall",
            "res_id": recall.id,
            "view_mode": "form",
            "target": "current",
        }
