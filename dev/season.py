"""A season of bread, bought, sold and partly thrown away: strategies differ on it."""

from datetime import timedelta

from odoo.fields import Command, Datetime

try:
    from .laboratory import Laboratory
except ImportError:  # run as a script
    from dev.laboratory import Laboratory

#: Days before today, number, pieces, days until it expires: the baker sends fresh and
#: less fresh bread, so that first in is not first expired.
BREAD = [
    (90, "PB-01", 60, 40),
    (88, "PB-02", 60, 20),
    (80, "PB-03", 60, 30),
    (70, "PB-04", 40, 15),
]
SOLD_EVERY = 4  # days
PIECES = 12


class Season(Laboratory):
    """Buys bread for the shop, and sells some of it every few days."""

    def season_of_bread(self, clock, today):
        """Receive what ``BREAD`` says; sell as long as there is some."""
        bread = self._bread()
        arrivals = {back: batch for back, *batch in BREAD}
        for back in range(max(arrivals), 50, -1):
            clock.move_to(self.noon(today, back))
            if back in arrivals:
                self._arrive(bread, *arrivals[back])
            if back % SOLD_EVERY == 0:
                self._sell_bread(bread)

    def _bread(self):
        category = self.env["product.category"].create({"name": "Bread"})
        return self.env["product.product"].create(
            {
                "name": "Pita bread",
                "is_storable": True,
                "tracking": "lot",
                "categ_id": category.id,
                "use_expiration_date": True,
                "expiration_time": 30,
                "removal_time": 2,
                "alert_time": 5,
            }
        )

    def _arrive(self, bread, number, pieces, life):
        line = {"product_id": bread.id, "product_qty": pieces, "price_unit": 0.4}
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.ref("supplier_produce").id,
                "order_line": [Command.create(line)],
            }
        )
        order.button_confirm()
        picking = order.picking_ids
        picking.move_line_ids.write({"lot_name": number, "quantity": pieces})
        self.validate(picking)
        expires = Datetime.now() + timedelta(days=life, hours=-6)
        picking.move_line_ids.lot_id.expiration_date = expires

    def _sell_bread(self, bread):
        line = {"product_id": bread.id, "product_uom_qty": PIECES, "price_unit": 1}
        order = self.env["sale.order"].create(
            {
                "partner_id": self.ref("customer_wegner").id,
                "order_line": [Command.create(line)],
            }
        )
        order.action_confirm()
        picking = order.picking_ids
        picking.action_assign()
        if picking.state == "assigned":
            self.validate(picking)
        else:
            order.action_cancel()
