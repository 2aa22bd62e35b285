"""What people at a kitchen do all day, through the same methods their clicks call."""

from odoo.fields import Command, Datetime

ADDON = "batch_tracking"


class Kitchen:
    """Buys, produces, moves and sells in an Odoo database.

    :param env: Odoo environment with mrp, sale_stock and purchase_stock installed
    """

    def __init__(self, env):
        self.env = env
        self.company = env.company

    def ref(self, name):
        """Return a record of the addon's demonstration data."""
        return self.env.ref(f"{ADDON}.{name}")

    def product(self, name):
        return self.ref(f"product_{name}")

    # -- coming in

    def receive(self, supplier, *deliveries):
        """Buy from a supplier and receive what came.

        :param deliveries: (product name, supplier's lot number, quantity)
        :return: the lots, in that order
        """
        picking = self._order(supplier, deliveries).picking_ids
        for move, (_name, number, quantity) in zip(
            picking.move_ids, deliveries, strict=True
        ):
            move.move_line_ids.write({"lot_name": number, "quantity": quantity})
        self.validate(picking)
        lots = picking.move_line_ids.lot_id
        by_number = {lot.name: lot for lot in lots}
        return [by_number[number] for _name, number, _quantity in deliveries]

    def _order(self, supplier, deliveries):
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.ref(f"supplier_{supplier}").id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product(name).id,
                            "product_qty": quantity,
                            "price_unit": 3,
                        }
                    )
                    for name, _number, quantity in deliveries
                ],
            }
        )
        order.button_confirm()
        return order

    # -- making

    def teach(self, product, quantity, **ingredients):
        """Write down how ``quantity`` of a product is made of which ingredients."""
        template = self.product(product).product_tmpl_id
        return self.env["mrp.bom"].create(
            {
                "product_tmpl_id": template.id,
                "product_qty": quantity,
                "product_uom_id": template.uom_id.id,
                "bom_line_ids": [
                    Command.create(
                        {
                            "product_id": self.product(name).id,
                            "product_qty": amount,
                            "product_uom_id": self.product(name).uom_id.id,
                        }
                    )
                    for name, amount in ingredients.items()
                ],
            }
        )

    def produce(self, product, quantity):
        """Make a batch today, of what the strategy reserves; return its lot."""
        order = self.env["mrp.production"].create(
            {
                "product_id": self.product(product).id,
                "product_qty": quantity,
                "date_start": Datetime.now(),
            }
        )
        order.action_confirm()
        order.action_assign()
        order.action_generate_serial()
        order.qty_producing = quantity
        order.set_qty_producing()
        order.move_raw_ids.picked = True
        order.button_mark_done()
        self.expect_done(order)
        return order.lot_producing_ids

    # -- going out

    def sell(self, customer, warehouse=None, **wanted):
        """Take an order and deliver it; return the done picking.

        :param wanted: product name = quantity
        """
        picking = self.order(customer, warehouse, **wanted).picking_ids
        self.validate(picking)
        return picking

    def order(self, customer, warehouse=None, **wanted):
        """Take an order whose delivery is reserved and waits."""
        lines = [
            {
                "product_id": self.product(name).id,
                "product_uom_qty": quantity,
                "price_unit": 5,
            }
            for name, quantity in wanted.items()
        ]
        values = {
            "partner_id": self.ref(f"customer_{customer}").id,
            "order_line": [Command.create(line) for line in lines],
        }
        if warehouse:
            values["warehouse_id"] = warehouse.id
        order = self.env["sale.order"].create(values)
        order.action_confirm()
        order.picking_ids.action_assign()
        return order

    def take_back(self, delivery, quantity):
        """Take some of a one-line delivery back into the stock."""
        wizard = (
            self.env["stock.return.picking"]
            .with_context(active_id=delivery.id, active_model="stock.picking")
            .create({"picking_id": delivery.id})
        )
        wizard.product_return_moves.quantity = quantity
        picking = wizard._create_return()
        picking.move_ids.quantity = quantity
        self.validate(picking)

    # -- inside

    def transfer(self, lot, quantity, source, target):
        """Move some of a lot from one warehouse to the other."""
        way = {
            "location_id": source.lot_stock_id.id,
            "location_dest_id": target.lot_stock_id.id,
        }
        goods = {
            "product_id": lot.product_id.id,
            "lot_id": lot.id,
            "quantity": quantity,
        }
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": source.int_type_id.id,
                "move_line_ids": [Command.create({**goods, **way})],
                **way,
            }
        )
        picking.action_confirm()
        self.validate(picking)

    def scrap(self, lot, quantity, warehouse):
        scrap = self.env["stock.scrap"].create(
            {
                "product_id": lot.product_id.id,
                "lot_id": lot.id,
                "scrap_qty": quantity,
                "location_id": warehouse.lot_stock_id.id,
            }
        )
        scrap.do_scrap()

    # -- how

    def validate(self, picking):
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True, skip_sms=True).button_validate()
        self.expect_done(picking)

    def expect_done(self, document):
        if document.state != "done":
            raise RuntimeError(f"{document.display_name} is {document.state}, not done")
