from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..base.deletion import guards_deletion
from ..base.ids import check_one
from .exceptions import ConsigneeIsKeptError


class ResPartner(models.Model):
    """What customer service asks: which lots did they get, and is any of them bad?"""

    _inherit = "res.partner"

    batch_count = fields.Integer(
        "Batches received",
        compute="_compute_batch_counts",
        help="How many batches this partner, or an address of it, has received.",
    )
    batch_alert_count = fields.Integer(
        "Held, expired or recalled",
        compute="_compute_batch_counts",
        help="How many of them may not be delivered now, or are past their expiration.",
    )

    @guards_deletion
    def _unlink_except_consignee(self):
        """Whoever has received batches stays; merged with another, that one has."""
        # sudo: they are kept whoever asks, and whichever company has delivered
        lines = self.env["stock.move.line"].sudo()
        received = [("consignee_id", "in", self.ids), ("lot_id", "!=", False)]
        for line in lines.search(received, limit=1):
            raise ConsigneeIsKeptError(line.consignee_id.with_env(self.env))

    @api.depends_context("allowed_company_ids", "uid")
    def _compute_batch_counts(self):
        counts = self._count_batches() if self._may_read_batches() else {}
        for partner in self:
            received, alerts = counts.get(partner.commercial_partner_id.id, (0, 0))
            partner.batch_count = received
            partner.batch_alert_count = alerts

    def _may_read_batches(self):
        return self.env["stock.lot"].has_access("read")

    def _count_batches(self):
        """Return ``{commercial partner id: (batches, bad ones)}``, in one statement."""
        self.env["stock.lot.trace"]._flush_moves()
        self.env["stock.lot"].flush_model()
        self.env["stock.lot.disposition"].flush_model()
        self.flush_model(["commercial_partner_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT received.company_of, COUNT(*), COUNT(*) FILTER (
                           WHERE disposition.id IS NOT NULL
                             AND disposition.allow_deliver IS NOT TRUE
                              OR lot.expiration_date < now() AT TIME ZONE 'UTC')
                FROM (
                    SELECT DISTINCT partner.commercial_partner_id AS company_of,
                           line.lot_id
                    FROM res_partner partner
                    JOIN stock_move_line line ON line.consignee_id = partner.id
                     AND line.consignment = 'delivered' AND line.lot_id IS NOT NULL
                     AND line.company_id = ANY(%(company_ids)s)
                    WHERE partner.commercial_partner_id = ANY(%(partner_ids)s)
                ) received
                JOIN stock_lot lot ON lot.id = received.lot_id
                LEFT JOIN stock_lot_disposition disposition
                       ON disposition.id = lot.disposition_id
                GROUP BY 1
                """,
                company_ids=self.env.companies.ids,
                partner_ids=self.commercial_partner_id.ids,
            )
        )
        return {partner_id: counts for partner_id, *counts in rows}

    def action_open_batches(self):
        """Open the lots that this partner received, latest first."""
        check_one(self)
        if not self._may_read_batches():
            raise AccessError(self.env._("You have no right to look at batches."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "batch_tracking.stock_move_line_action_received"
        )
        company = self.commercial_partner_id.id
        return {
            **action,
            "name": self.env._("Batches of %s", self.commercial_partner_id.name),
            "domain": [
                *[("consignment", "!=", False), ("lot_id", "!=", False)],
                ("consignee_id", "child_of", company),
            ],
        }
