from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.figures import plain


class StockLotAttribution(models.Model):
    """Somebody's word on how much of a consumed line is in a made one.

    Core only says that all that was consumed went into all that was made. Links heed
    these words whenever they are written.
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
    def _say(self, consumed, words, reason=None):
        """Replace all that was said of consumed lines, and write their links anew.

        :param consumed: stock.move.line, all that is spoken of
        :param words: ``{(consumed line, made line): quantity}``, in the unit of the
            consumed product; what is not in it is not known
        :param reason: why, as the user says it
        :raises UserError: when more is given out than was consumed, or to a lot that
            the line cannot be in
        """
        consumed.check_access("read")
        self._check_words(words)
        # sudo: the words are only ever written here
        said = self.sudo().search([("consume_line_id", "in", consumed.ids)])
        before = {(row.consume_line_id, row.produce_line_id): row for row in said}
        changed = {
            pair: (before[pair].quantity if pair in before else 0, words.get(pair, 0))
            for pair in before.keys() | words.keys()
        }
        changed = {pair: both for pair, both in changed.items() if both[0] != both[1]}
        for pair, (_old, new) in changed.items():
            self._write_word(pair, before.get(pair), new)
        self._note_events(changed, reason)
        made = self.env["stock.move.line"].union(*(m for _used, m in changed))
        if changed:
            self.env["stock.lot.link"]._sync(consumed | made)

    def _write_word(self, pair, row, quantity):
        if row and quantity:
            row.quantity = quantity
        elif row:
            row.unlink()
        else:
            used, made = pair
            self.sudo().create(
                {
                    "consume_line_id": used.id,
                    "produce_line_id": made.id,
                    "quantity": quantity,
                }
            )

    def _check_words(self, words):
        pairs = self.env["stock.lot.link.source"]._made_of_each(
            {used.id for used, _made in words}
        )
        for (used, made), quantity in words.items():
            if made.id not in pairs.get(used.id, ()):
                raise UserError(
                    self.env._(
                        "%(component)s was not used where %(unit)s was made.",
                        component=used.lot_id.display_name,
                        unit=made.lot_id.display_name,
                    )
                )
            if quantity <= 0:
                raise UserError(
                    self.env._(
                        "Say how much of %(component)s is in %(unit)s, or drop it.",
                        component=used.lot_id.display_name,
                        unit=made.lot_id.display_name,
                    )
                )
        for used in {used for used, _made in words}:
            given = sum(qty for (line, _made), qty in words.items() if line == used)
            if used.product_id.uom_id.compare(given, used.quantity_product_uom) > 0:
                raise UserError(
                    self.env._(
                        "%(given)s %(unit)s of %(component)s are given out, but only "
                        "%(consumed)s were used.",
                        given=given,
                        unit=used.product_id.uom_id.name,
                        component=used.lot_id.display_name,
                        consumed=used.quantity_product_uom,
                    )
                )

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
            texts = [self._amount(used, quantity) for quantity in (old, new)]
            more = {"reason": reason, "company_id": made.company_id.id}
            for lot in used.lot_id | made.lot_id:
                rows.append(events._note(lot, "attribution", what, *texts, **more))
        events.create(rows)

    def _amount(self, line, quantity):
        if not quantity:
            return self.env._("not known")
        return f"{plain(quantity)} {line.product_id.uom_id.name}"
