from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.figures import is_amount, plain
from .exceptions import NotUsedError, OverAttributedError


def _differing(before, after):
    """Return ``{key: (old, new)}`` of what changes; what is in neither is 0."""
    return {
        key: (before.get(key, 0), after.get(key, 0))
        for key in before.keys() | after.keys()
        if before.get(key, 0) != after.get(key, 0)
    }


class StockLotAttribution(models.Model):
    """How much of a consumed line is in a made one, as people have said.

    Core only says that all that was consumed went into all that was made. Links are
    derived with these quantities whenever they are written.
    """

    _name = "stock.lot.attribution"
    _description = "Batch Attribution"

    consume_line_id = fields.Many2one(
        "stock.move.line", required=True, ondelete="cascade"
    )
    produce_line_id = fields.Many2one(
        "stock.move.line", required=True, ondelete="cascade", index=True
    )
    quantity = fields.Float(
        digits="Product Unit", help="In the unit of the consumed product."
    )

    _pair_uniq = models.Constraint(
        "UNIQUE(consume_line_id, produce_line_id)",
        "It has been said already how much of this is in that.",
    )

    @api.model
    def _attribute(self, consumed, quantities, reason=None):
        """Replace all that was said of consumed lines, and write their links anew.

        :param consumed: stock.move.line, all that is spoken of
        :param quantities: ``{(consumed line, made line): quantity}``, in the unit of
            the consumed product; what is not in it is not known
        :param reason: why, as the user says it
        :raises NotUsedError: for a lot that the line cannot be in
        :raises OverAttributedError: when more is given out than was consumed
        """
        consumed.check_access("read")
        self._check_quantities(quantities)
        # sudo: attributions are only ever written here
        rows = self.sudo().search([("consume_line_id", "in", consumed.ids)])
        row_of = {(row.consume_line_id, row.produce_line_id): row for row in rows}
        before = {pair: row.quantity for pair, row in row_of.items()}
        changed = _differing(before, quantities)
        for pair, (_old, new) in changed.items():
            self._write_quantity(pair, row_of.get(pair), new)
        self._note_events(changed, reason)
        made_lines = self.env["stock.move.line"].union(*(made for _, made in changed))
        if changed:
            self.env["stock.lot.link"]._sync(consumed | made_lines)

    def _write_quantity(self, pair, row, quantity):
        if row and quantity:
            row.quantity = quantity
        elif row:
            row.unlink()
        else:
            used, made = pair
            # sudo: attributions are only ever written here
            self.sudo().create(
                {
                    "consume_line_id": used.id,
                    "produce_line_id": made.id,
                    "quantity": quantity,
                }
            )

    def _check_quantities(self, quantities):
        pairs = self.env["stock.lot.link.source"]._made_of_each(
            {used.id for used, _made in quantities}
        )
        attributed = defaultdict(float)
        for (used, made), quantity in quantities.items():
            if made.id not in pairs.get(used.id, ()):
                raise NotUsedError(self.env, component=used.lot_id, unit=made.lot_id)
            if not is_amount(quantity):
                raise UserError(
                    self.env._(
                        "Say how much of %(component)s is in %(unit)s, or drop it.",
                        component=used.lot_id.display_name,
                        unit=made.lot_id.display_name,
                    )
                )
            attributed[used] += quantity
        for used, quantity in attributed.items():
            if used.product_id.uom_id.compare(quantity, used.quantity_product_uom) > 0:
                raise OverAttributedError(self.env, line=used, attributed=quantity)

    def _note_events(self, changed, reason):
        """Leave an event with both lots of every pair that changed."""
        # sudo: whoever attributes leaves events, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        rows = []
        for (used, made), (old, new) in changed.items():
            what = self.env._(
                "%(component)s in %(unit)s",
                component=used.lot_id.display_name,
                unit=made.lot_id.display_name,
            )
            rows += [
                events._note(
                    lot,
                    "attribution",
                    what,
                    self._amount(used, old),
                    self._amount(used, new),
                    reason=reason,
                    company_id=made.company_id.id,
                )
                for lot in used.lot_id | made.lot_id
            ]
        events.create(rows)

    def _amount(self, line, quantity):
        if not quantity:
            return self.env._("not known")
        return f"{plain(quantity)} {line.product_id.uom_id.name}"
