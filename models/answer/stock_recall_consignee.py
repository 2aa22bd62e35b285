from odoo import api, fields, models

from ...tools.answer.ledger import Row, Told, settle, shared, told_of

#: What decides how much of what came in with a row was that of those behind it.
PARENT = (
    "delivered",
    "returned",
    "answered_at",
    "is_declined",
    "used",
    "passed_on",
    "told_returned",
    "destroyed",
    "corrected",
    "received_back",
    "received_by_way",
    "child_ids.told_returned",
    "child_ids.received_back",
)


class StockRecallConsignee(models.Model):
    """What a consignee has told of a batch, as of their last answer."""

    _inherit = "stock.recall.consignee"

    answered_at = fields.Datetime("Answered", readonly=True)
    answered_version = fields.Integer(
        readonly=True, help="The version of the recall that was answered."
    )
    has_answered = fields.Boolean(compute="_compute_has_answered", store=True)
    answer_line_ids = fields.One2many(
        "stock.recall.answer.line", "consignee_id", "Answers", readonly=True
    )
    on_hand = fields.Float("Told: on hand", digits="Product Unit", readonly=True)
    used = fields.Float("Sold or used", digits="Product Unit", readonly=True)
    used_before = fields.Float(
        "Used before the notice",
        digits="Product Unit",
        readonly=True,
        help="Nobody could get it back.",
    )
    passed_on = fields.Float(
        "Passed on",
        digits="Product Unit",
        readonly=True,
        help="To others, who are asked themselves: it has a place, and is not back.",
    )
    told_returned = fields.Float(
        "Told: sent back", digits="Product Unit", readonly=True
    )
    destroyed = fields.Float(digits="Product Unit", readonly=True)
    corrected = fields.Float(digits="Product Unit", readonly=True)
    not_located = fields.Float(digits="Product Unit", readonly=True)
    is_declined = fields.Boolean("Says it is not theirs", readonly=True)
    told_note = fields.Char("Told", readonly=True)
    received_back = fields.Float(
        "Came in since",
        digits="Product Unit",
        readonly=True,
        help="By our own documents, since the launch.",
    )
    received_then = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="Of what came in: what was here when the answer was given.",
    )
    received_by_way = fields.Float(
        "Came in by who passed it on",
        compute="_compute_received_by_way",
        store=True,
        recursive=True,
        digits="Product Unit",
        help="What they had sent back to whom they had it from, and that has come in.",
    )
    child_ids = fields.One2many("stock.recall.consignee", "parent_id", "Passed on to")
    evidence_ids = fields.Many2many(
        "stock.picking",
        "stock_recall_consignee_evidence_rel",
        string="Delivered by",
        readonly=True,
        help="What our documents say was delivered, to whoever says that it was not.",
    )

    @api.depends("answered_version", "version")
    def _compute_has_answered(self):
        """A batch of which more was found than they were told of is asked again."""
        for row in self:
            row.has_answered = 0 < row.version <= row.answered_version

    @api.depends("parent_id", *(f"parent_id.{name}" for name in PARENT))
    def _compute_received_by_way(self):
        for parent, rows in self.grouped("parent_id").items():
            if not parent:
                rows.received_by_way = 0.0
                continue
            children = parent.child_ids.sorted("id")
            sent = [child._sent_by_way() for child in children]
            got = shared(parent._settled().by_way, sent)
            for child, quantity in zip(children, got, strict=True):
                if child in rows:
                    child.received_by_way = quantity

    def _sent_by_way(self):
        """Return how much they say they sent back that has not come in straight."""
        self.ensure_one()
        return max(0.0, self.told_returned - self.received_back)

    # -- as of now

    def _told(self):
        """Return what they told last as a ``Told``; None before they answer."""
        self.ensure_one()
        if not self.answered_at or self.is_declined:
            return None
        return told_of(self)._replace(returned=self.told_returned, note="")

    def _settled(self):
        """Return the row as of now: ``Settled``, see ``tools/answer/ledger``."""
        self.ensure_one()
        return settle(
            Row(
                self.delivered,
                self.returned,
                self._told(),
                self.received_back,
                self.received_then,
                self.received_by_way,
                sum(child._sent_by_way() for child in self.child_ids),
            )
        )

    @api.model
    def _told_values(self, told):
        """Return the values of a row that an answer sets.

        :param told: ``Told``
        """
        names = set(Told._fields) - {"returned", "note", "method", "day", "passed_to"}
        values = {name: getattr(told, name) for name in names}
        return {**values, "told_returned": told.returned, "told_note": told.note}

    def _keep_told(self, told, answer):
        """Let the row say what was told last.

        :param told: ``Told``
        :param answer: stock.recall.answer that it is part of
        """
        self.ensure_one()
        self.write(
            {
                **self._told_values(told),
                "answered_at": answer.date,
                "answered_version": answer.version,
                "received_then": self.received_back,
                "evidence_ids": [fields.Command.clear()],
            }
        )

    def _none_left(self):
        """Return what it means that nothing is left: all else was sold or used."""
        self.ensure_one()
        returned = min(self.received_back, self.net)
        return Told(used=max(0.0, self.net - returned), returned=returned)

    def _last_line(self):
        """Return what they told last, as stock.recall.answer.line."""
        self.ensure_one()
        return self.answer_line_ids.sorted("id")[-1:]

    # -- evidence

    def _keep_evidence(self):
        """Keep the deliveries that our documents know, for those who deny them."""
        lines = self.env["stock.move.line"]._read_group(
            [
                ("lot_id", "in", self.lot_id.ids),
                ("consignment", "=", "delivered"),
                ("consignee_id", "in", self.partner_id.ids),
                ("picking_id", "!=", False),
            ],
            ["lot_id", "consignee_id"],
            ["picking_id:recordset"],
        )
        found = {(lot, partner): pickings for lot, partner, pickings in lines}
        for row in self:
            row.evidence_ids = found.get((row.lot_id, row.partner_id), False)

    def action_open_evidence(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Deliveries to %s", self.partner_id.display_name),
            "res_model": "stock.picking",
            "view_mode": "list,kanban,form",
            "domain": [("id", "in", self.evidence_ids.ids)],
        }

    def action_open_answers(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answers of %s", self.partner_id.display_name),
            "res_model": "stock.recall.answer",
            "view_mode": "list,kanban,form",
            "domain": [("line_ids.consignee_id", "=", self.id)],
        }
