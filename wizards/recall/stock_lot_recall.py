from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.base.arguments import COUNT, TEXT, check_argument
from ...models.base.exceptions import ArgumentError
from ...models.history.signature import signed
from ...models.recall.kinds import KINDS, OPEN_STATES
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
    scope = fields.Selection(SCOPES, default="worst", required=True)
    left_out_lot_ids = fields.Many2many(
        "stock.lot",
        "stock_lot_recall_left_out_rel",
        string="Taken out",
        help="Batches that are no part of it. What was made of them is taken out as "
        "well, where nothing else leads to it.",
    )
    left_out_reason = fields.Char("Why taken out")
    recall_id = fields.Many2one(
        "stock.recall",
        readonly=True,
        help="The draft that this is about, or the open recall that batches come to.",
    )
    recall_state = fields.Selection(related="recall_id.state")
    is_expanding = fields.Boolean(compute="_compute_is_expanding")
    preview = fields.Json(compute="_compute_preview")
    elsewhere_warning = fields.Text(compute="_compute_preview")

    @api.depends("recall_id.state")
    def _compute_is_expanding(self):
        for wizard in self:
            wizard.is_expanding = wizard.recall_state in OPEN_STATES

    @api.depends("lot_ids", "left_out_lot_ids")
    def _compute_preview(self):
        recalls = self.env["stock.recall"]
        for wizard in self:
            lots = wizard.lot_ids._origin
            found = recalls._reached(lots, wizard.left_out_lot_ids._origin)
            wizard.preview = lots and recalls._compare_scopes(found)
            others = recalls._companies_elsewhere(list(found), self.env.companies.ids)
            wizard.elsewhere_warning = (
                recalls._elsewhere_text(others) if others else False
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
        for name, value in (("scope", scope), ("kind", kind)):
            check_argument(self.env, name, value, TEXT)
        check_argument(self.env, "offset", offset, COUNT)
        if scope not in SCOPE_RANKS or kind not in PAGES:
            raise UserError(self.env._("There is no such page of a recall."))
        found = self._reached_by(lot_ids, left_out_ids)
        rank = SCOPE_RANKS[scope]
        found = {lot: each for lot, each in found.items() if each.scope <= rank}
        return self.env["stock.recall"]._page(found, kind, offset)

    @api.model
    @api.readonly
    def get_more(self, lot_ids, left_out_ids):
        """Return value and open orders of what a recall of these batches would reach.

        :param list lot_ids: ids of the suspect batches
        :param list left_out_ids: ids of those taken out
        :return: ``{scope: {"value": text, "open_orders": number}}``
        :raises UserError: for what is none of these
        :raises AccessError: for batches that the user may not read
        """
        found = self._reached_by(lot_ids, left_out_ids)
        return self.env["stock.recall"]._compare_more(found)

    @api.model
    def _reached_by(self, lot_ids, left_out_ids):
        self.check_access("create")
        for name, ids in (("lot_ids", lot_ids), ("left_out_ids", left_out_ids)):
            if not isinstance(ids, list) or not all(map(is_id, ids)):
                raise ArgumentError(self.env, name, ids)
        self._check_chosen({"lot_ids": lot_ids, "left_out_lot_ids": left_out_ids})
        return self.env["stock.recall"]._reached(lot_ids, left_out_ids)

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
        # The draft stays if the launch fails, and is what is launched the next time.
        recall = self._keep_draft()
        recall._start(alone=True)
        return recall._open()

    def save_draft(self):
        """Keep what was chosen for later, and open that; nothing is touched."""
        self.ensure_one()
        self._check_complete()
        return self._keep_draft()._open()

    @signed(lambda wizard: wizard.env._("Recall expanded"))
    def expand(self):
        """Add the batches to the open recall and open that."""
        self.ensure_one()
        self._check_complete()
        self.recall_id._expand(self.lot_ids, self.reason, self._left_out(), alone=True)
        return self.recall_id._open()

    def _keep_draft(self):
        """Return the draft of what was chosen: a new one, or that which it is about."""
        chosen = (self.lot_ids, self.reason, self.kind, self.scope, self._left_out())
        if self.recall_id:
            self.recall_id._redraft(*chosen)
        else:
            self.recall_id = self.env["stock.recall"]._draft(*chosen)
        return self.recall_id

    def _left_out(self):
        """Return ``{stock.lot: why}`` of what is taken out."""
        known = {line.lot_id: line.reason for line in self.recall_id.left_out_ids}
        return {
            lot: known.get(lot) or self.left_out_reason for lot in self.left_out_lot_ids
        }
