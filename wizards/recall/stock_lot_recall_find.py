from odoo import api, fields, models

from ...tools.recall.paste import read_list

#: So many numbers are named in a message.
NAMED = 10


class StockLotRecall(models.TransientModel):
    """Finds the suspect batches: by number, theirs or the supplier's, or by days."""

    _inherit = "stock.lot.recall"

    number = fields.Text(
        "Add batches",
        help="Scan or type batch numbers, ours or the supplier's, or paste a whole "
        "list: one a line, or with commas or tabs between.",
    )
    product_id = fields.Many2one(
        "product.product",
        domain=[("tracking", "!=", "none")],
        help="Add all batches of a product that were made or received in some days.",
    )
    made_from = fields.Date("From")
    made_until = fields.Date("Until")

    @api.onchange("number")
    def _onchange_number(self):
        pasted = read_list(self.number)
        self.number = False
        numbers = [entry.number for entry in pasted.entries]
        lots = self.env["stock.lot"].search(
            [
                "|",
                ("name", "in", numbers),
                ("supplier_lot_name", "in", numbers),
            ]
        )
        self.lot_ids |= lots
        known = {*lots.mapped("name"), *lots.mapped("supplier_lot_name")}
        unknown = [number for number in numbers if number not in known]
        unknown += pasted.without_number
        return {"warning": self._unknown_numbers(unknown)} if unknown else None

    def _unknown_numbers(self, numbers):
        named = "”, “".join(numbers[:NAMED])
        more = len(numbers) - NAMED
        message = self.env._(
            "There is no batch “%s”. Compare with the labels and type it again; all "
            "others are in the list.",
            named,
        )
        if more > 0:
            message = self.env._(
                "%(message)s (and %(count)s more)", message=message, count=more
            )
        return {"title": self.env._("Unknown batch"), "message": message}

    @api.onchange("product_id", "made_from", "made_until")
    def _onchange_days(self):
        if not (self.product_id and self.made_from and self.made_until):
            return None
        lots = self.env["stock.recall"]._lots_of_days(
            self.product_id._origin, self.made_from, self.made_until
        )
        self.lot_ids |= lots
        self.product_id = self.made_from = self.made_until = False
        if lots:
            return None
        return {
            "warning": {
                "title": self.env._("No batch of these days"),
                "message": self.env._(
                    "Nothing of this product was made or received in these days."
                ),
            }
        }
