from odoo import api, fields, models

from ...tools.figures import plain
from ..recall.kinds import OPEN_STATES

DECISIONS = [
    ("destroy", "Destroy"),
    ("rework", "Rework"),
    ("supplier", "Return to the supplier"),
    ("release", "Release"),
]


class StockRecallDecision(models.Model):
    """What was decided of recalled goods that came back, or never left.

    Destroyed goods are scrapped at once, in front of a witness. What is reworked,
    released or goes back to the supplier is done by the means that there are for it.
    """

    _name = "stock.recall.decision"
    _description = "Decision on Recalled Goods"
    _order = "date desc, id desc"
    _rec_name = "lot_id"

    recall_id = fields.Many2one(
        "stock.recall", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="recall_id.company_id", store=True)
    lot_id = fields.Many2one(
        "stock.lot", "Batch", required=True, ondelete="restrict", index=True
    )
    product_id = fields.Many2one(related="lot_id.product_id")
    unit_id = fields.Many2one(related="lot_id.product_uom_id")
    decision = fields.Selection(DECISIONS, required=True)
    quantity = fields.Float(digits="Product Unit", required=True)
    location_id = fields.Many2one("stock.location", "Place")
    date = fields.Datetime("Decided", default=fields.Datetime.now, required=True)
    user_id = fields.Many2one("res.users", "Decided by", required=True)
    witness = fields.Char(help="Who has seen that it was destroyed.")
    reason = fields.Char()
    certificate_ids = fields.Many2many("ir.attachment", string="Certificates")
    scrap_id = fields.Many2one("stock.scrap", readonly=True)
    value = fields.Float(
        digits=(16, 2), help="What the goods that are lost by it had cost."
    )

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "Decide on more than nothing."
    )

    @api.model
    def _decide(self, recall, values):
        """Keep a decision, and scrap what is destroyed.

        :param dict values: of the fields that people fill in
        :return: the new decision; that of a drill touches no stock
        :raises RecallStateError: if the recall is not open
        """
        recall._check_step(*OPEN_STATES)
        values = {**values, "recall_id": recall.id, "user_id": self.env.uid}
        # sudo: decisions are only kept by this step, and the right is checked
        decision = self.sudo().create(values).sudo(False)
        if decision.decision == "destroy" and not recall.is_drill:
            decision._destroy()
        labels = dict(self._fields["decision"]._description_selection(self.env))
        what = f"{labels[decision.decision]}: {plain(decision.quantity)}"
        recall._note_step(
            self.env._("Decided on goods"),
            new=what,
            lots=decision.lot_id,
            reason=decision.reason or "",
        )
        return decision

    def _destroy(self):
        """Scrap the goods, with the rights of who decides: the gate holds for all."""
        scrap = self.env["stock.scrap"].create(
            {
                "product_id": self.product_id.id,
                "product_uom_id": self.unit_id.id,
                "lot_id": self.lot_id.id,
                "scrap_qty": self.quantity,
                "location_id": self.location_id.id,
                "company_id": self.company_id.id,
                "origin": self.recall_id.name,
            }
        )
        scrap.do_scrap()
        # sudo: what the scrap came to is part of the decision
        cost = self.lot_id._unit_cost_for(self.company_id)
        self.sudo().write({"scrap_id": scrap.id, "value": self.quantity * cost})
