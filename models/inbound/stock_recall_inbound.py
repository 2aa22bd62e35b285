from odoo import api, fields, models

from ...tools.inbound.notice_key import is_another_version
from ..base.exceptions import ChosenOfOthersError
from ..base.said import said
from .exceptions import NothingMatchesError


class StockRecallInbound(models.Model):
    """A notice by which a supplier or an authority recalls something that we may have.

    The same notice received twice is one record: by mail and from a list of the
    authority, say.
    """

    _name = "stock.recall.inbound"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Recall Notice Received"
    _order = "date desc, id desc"
    _rec_name = "number"

    firm_id = fields.Many2one(
        "res.partner", "From", required=True, help="Who recalls: supplier or authority."
    )
    number = fields.Char("Notice number", required=True)
    version = fields.Char()
    date = fields.Date("Received", required=True, default=fields.Date.context_today)
    source = fields.Char(
        "Received by", help="By mail, by phone, from a list of the authority …"
    )
    text = fields.Text("What it says")
    attachment_ids = fields.Many2many("ir.attachment", string="The notice")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    line_ids = fields.One2many("stock.recall.inbound.line", "inbound_id", "Recalled")
    lot_ids = fields.Many2many(
        "stock.lot", compute="_compute_lot_ids", string="Our batches"
    )
    lot_count = fields.Integer("Batches that we have", compute="_compute_lot_ids")
    recall_id = fields.Many2one("stock.recall", "Our recall", readonly=True)
    missing_lot_ids = fields.Many2many(
        "stock.lot",
        compute="_compute_missing_lot_ids",
        string="Not in our recall yet",
    )

    @api.depends("line_ids.supplier_lot_name", "line_ids.product_id", "firm_id")
    def _compute_lot_ids(self):
        numbers = self.line_ids.mapped("supplier_lot_name")
        found = self.env["stock.lot"].search([("supplier_lot_name", "in", numbers)])
        for inbound in self:
            inbound.lot_ids = found.filtered(
                lambda lot, lines=inbound.line_ids: any(
                    line._matches(lot) for line in lines
                )
            )
            inbound.lot_count = len(inbound.lot_ids)

    @api.depends("lot_ids", "recall_id.suspect_ids", "recall_id.lot_ids")
    def _compute_missing_lot_ids(self):
        for inbound in self:
            recall = inbound.recall_id
            known = recall.suspect_ids | recall.lot_ids.lot_id
            missing = inbound.lot_ids - known
            inbound.missing_lot_ids = missing if recall else known.browse()

    @api.model
    def _receive(self, firm, number, lines, **values):
        """Register a notice, or add to the one that was received before.

        :param firm: res.partner
        :param str number: of the notice
        :param lines: ``[(product name, supplier's batch number)]``
        :param values: other fields: ``version``, ``text``, ``source`` …
        :return: stock.recall.inbound, the new one or the one that is known; of another
            version, always a new one
        """
        rows = self.env["stock.recall.inbound.line"]
        keys = {
            rows._key(firm, number, product, lot): (product, lot)
            for product, lot in lines
        }
        company = self.env.company
        known = rows.search(
            [("company_id", "=", company.id), ("key", "in", list(keys))]
        )
        for line in known:
            keys.pop(line.key, None)
        commands = self._line_commands(keys.values())
        latest = known.inbound_id.sorted("id")[-1:]
        version = values.get("version")
        if not latest or is_another_version(latest.version or "", version or ""):
            if latest:  # it says all anew
                commands = self._line_commands(lines)
            return self.create(
                {"firm_id": firm.id, "number": number, "line_ids": commands, **values}
            )
        inbound = latest
        inbound.line_ids = commands
        inbound.message_post(
            body=self.env._(
                "Received again: %s",
                ", ".join(str(value) for value in values.values() if value) or number,
            )
        )
        return inbound

    @api.model
    def _line_commands(self, lines):
        return [
            fields.Command.create({"product_name": product, "supplier_lot_name": lot})
            for product, lot in lines
        ]

    def action_recall(self):
        """Make a draft of our own recall of it, and open that.

        :raises NothingMatchesError: if we have no batch of it
        """
        self.ensure_one()
        if not self.recall_id:
            if not self.lot_ids:
                raise NothingMatchesError(self)
            recalls = self.env["stock.recall"]
            draft = recalls._draft(self.lot_ids, self._recall_reason())
            self.write({"recall_id": said(draft)})
            self.recall_id.reason_id = self.env.ref(
                "batch_tracking.stock_recall_reason_supplier", raise_if_not_found=False
            )
        return self.recall_id._open()

    def _recall_reason(self):
        return self.env._(
            "%(firm)s recalls it, notice %(number)s",
            firm=self.firm_id.display_name,
            number=self.number,
        )

    @api.constrains("company_id")
    def _check_company_is_ours(self):
        if not self.env.su and self.company_id - self.env.companies:
            raise ChosenOfOthersError(self, "company_id")
