from odoo import api, fields, models

#: Kinds of documents; bridges add their own.
KINDS = [
    ("delivery", "Delivery"),
    ("transfer", "Transfer"),
    ("replenishment", "Replenishment"),
    ("receipt", "Receipt"),
]
#: These bring more from who delivered what is recalled; the others would take it.
COMING = ("receipt",)
DONE = ("done", "cancel")


class StockRecallHit(models.Model):
    """An order that lost goods by a recall, counts on them, or brings more of them.

    Found at launch and whenever batches come; each document once, however often it
    loses something.
    """

    _name = "stock.recall.hit"
    _description = "Order Hit by a Recall"
    _order = "recall_id, kind, date, id"

    recall_id = fields.Many2one(
        "stock.recall", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one("res.company", readonly=True)
    version = fields.Integer(
        readonly=True, help="The version of the recall that hit it first."
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document id", model_field="res_model", required=True, readonly=True
    )
    name = fields.Char("Order", readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True)
    user_id = fields.Many2one("res.users", "Responsible", readonly=True)
    date = fields.Datetime("Planned", readonly=True)
    product_ids = fields.Many2many("product.product", string="Products", readonly=True)
    standing = fields.Char("Now", compute="_compute_standing")
    is_open = fields.Boolean(compute="_compute_standing")

    _document_uniq = models.UniqueIndex("(recall_id, res_model, res_id)")

    def _compute_standing(self):
        self.standing, self.is_open = False, True
        for model, hits in self.grouped("res_model").items():
            if model not in self.env:
                continue  # its app was uninstalled
            # sudo: how far an order is that a recall has hit, without its contents
            documents = self.env[model].sudo().browse(hits.mapped("res_id"))
            there = documents.exists()
            for hit, document in zip(hits, documents, strict=True):
                hit.is_open = document in there and not hit._is_done(document)
                hit.standing = document in there and hit._standing_of(document)

    def _is_done(self, document):
        return "state" in document._fields and document.state in DONE

    def _standing_of(self, document):
        if "state" not in document._fields:
            return ""
        labels = document._fields["state"]._description_selection(self.env)
        return dict(labels).get(document.state, "")

    @api.model
    def _is_coming(self, kind):
        """Tell whether orders of a kind bring goods; bridges add their kinds."""
        return kind in COMING

    def action_open_document(self):
        """Open the order, with the rights of who opens it."""
        self.ensure_one()
        document = self.env[self.res_model].browse(self.res_id)
        document.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "name": self.name,
            "view_mode": "form",
        }
