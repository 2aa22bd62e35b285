from odoo import api, fields, models
from odoo.tools import format_list

from ...models.recall.exceptions import NotTakenOverError
from ...tools.recall.paste import read_list


class StockLotRecall(models.TransientModel):
    """Finds the suspect batches: by number, by days, or by what they have in common."""

    _inherit = "stock.lot.recall"

    number = fields.Text(
        "Add batches",
        help="Scan or type batch numbers, ours or the supplier's, or paste a whole "
        "list: one a line, or with commas or tabs between.",
    )
    unknown_numbers = fields.Text(
        "There is no batch",
        help="Of these numbers there is no batch: compare them with the labels.",
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
    with_chosen = fields.Boolean(
        "Add these",
        help="Without dates: all of it. With one date: all since, or all until then.",
    )
    made_from = fields.Date("From")
    made_until = fields.Date("Until")

    @api.onchange("number")
    def _onchange_number(self):
        """Take over the numbers that there are; name each of the others."""
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
        named = (self.unknown_numbers or "").splitlines()
        unknown = [number for number in numbers if number not in known]
        unknown += pasted.without_number
        still = [number for number in named if number not in known]
        self.unknown_numbers = "\n".join(dict.fromkeys(still + unknown)) or False

    @api.onchange("product_id", "equipment", "made_from", "made_until")
    def _onchange_days(self):
        """Take over what is whole; half a choice waits for its other half."""
        if self.made_from and self.made_until:
            return self._take_over()
        return None

    @api.onchange("with_chosen")
    def _onchange_with_chosen(self):
        if not self.with_chosen:
            return None
        self.with_chosen = False
        return self._take_over()

    def _take_over(self):
        """Add what is chosen by product, line and days; any of the days may be open.

        What finds nothing stays chosen: other days may find it.
        """
        if not self._is_waiting():
            return None
        recalls = self.env["stock.recall"]
        days = self.made_from, self.made_until
        lots = recalls._lots_of_days(self.product_id._origin, *days)
        if equipment := (self.equipment or "").strip():
            made_there = recalls._lots_of_equipment(equipment, *days)
            lots = lots & made_there if self.product_id else made_there
        if not lots:
            return self._warn(
                self.env._("No batch of these days"),
                self.env._("Nothing of this was made or received in these days."),
            )
        self.lot_ids |= lots
        self.product_id = self.equipment = self.made_from = self.made_until = False
        return None

    def _is_waiting(self):
        return bool(self.product_id or (self.equipment or "").strip())

    def _check_complete(self):
        """Refuse what would be left behind: whoever chose it believes it recalled."""
        result = super()._check_complete()
        chosen = [self.product_id.display_name, (self.equipment or "").strip()]
        chosen.append(
            ", ".join(entry.number for entry in read_list(self.number).entries)
        )
        if any(chosen):
            raise NotTakenOverError(
                self, format_list(self.env, [*filter(None, chosen)])
            )
        return result

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
