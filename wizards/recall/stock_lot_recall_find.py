from odoo import api, fields, models

from ...tools.recall.paste import read_list

#: So many numbers are named in a message.
NAMED = 10


class StockLotRecall(models.TransientModel):
    """Finds the suspect batches: by number, by days, or by what they have in common."""

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
    equipment = fields.Char(
        "Line or equipment", help="Add all batches that were made there in some days."
    )
    with_common = fields.Boolean(
        "What they have in common",
        help="Add the ingredients that all of these batches were made from: the recall "
        "then goes forward again, to what else was made from them.",
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

    @api.onchange("product_id", "equipment", "made_from", "made_until")
    def _onchange_days(self):
        is_asked = self.product_id or (self.equipment or "").strip()
        if not (is_asked and self.made_from and self.made_until):
            return None
        recalls = self.env["stock.recall"]
        days = self.made_from, self.made_until
        lots = recalls._lots_of_days(self.product_id._origin, *days)
        if self.equipment:
            made_there = recalls._lots_of_equipment(self.equipment.strip(), *days)
            lots = lots & made_there if self.product_id else made_there
        self.lot_ids |= lots
        self.product_id = self.equipment = self.made_from = self.made_until = False
        if lots:
            return None
        return self._warn(
            self.env._("No batch of these days"),
            self.env._("Nothing of this was made or received in these days."),
        )

    @api.onchange("with_common")
    def _onchange_with_common(self):
        if not self.with_common:
            return None
        self.with_common = False
        common = self.env["stock.recall"]._common_ancestors(self.lot_ids._origin)
        self.lot_ids |= common
        if common:
            return None
        return self._warn(
            self.env._("Nothing in common"),
            self.env._("By the records, no batch is an ingredient of all of these."),
        )

    def _warn(self, title, message):
        return {"warning": {"title": title, "message": message}}
