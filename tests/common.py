"""The scene on which the tests play: a small kitchen, in the words of the trade."""

from datetime import timedelta

from lxml.html import fromstring

from odoo import fields
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

from ..models.ledger import ledger


class KitchenCase(TransactionCase):
    """One warehouse, one supplier, two customers; chickpeas become mash and hummus."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Counters take numbers in a transaction of their own: here, in the test's.
        if not cls._registry_patched:
            cls.registry_enter_test_mode_cls()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.company = cls.env.company
        cls.company.partner_id.tz = "America/New_York"
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.stock = cls.warehouse.lot_stock_id
        cls.suppliers = cls.env.ref("stock.stock_location_suppliers")
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.supplier = cls.make_partner("Finger Lakes Pulses")
        cls.market = cls.make_partner("Corner Market")
        cls.bistro = cls.make_partner("Lake Bistro")
        cls.chickpeas = cls.make_product("Chickpeas")
        cls.mash = cls.make_product("Mash")
        cls.hummus = cls.make_product("Hummus", batch_code="01", shelf_life=60)

    @classmethod
    def make_partner(cls, name, **values):
        return cls.env["res.partner"].create({"name": name, **values})

    @classmethod
    def make_product(cls, name, shelf_life=0, **values):
        """Return a product tracked by lot; ``shelf_life`` in days makes it expire."""
        return cls.env["product.product"].create(
            {
                "name": name,
                "is_storable": True,
                "tracking": "lot",
                "use_expiration_date": bool(shelf_life),
                "expiration_time": shelf_life,
                **values,
            }
        )

    @classmethod
    def make_lot(cls, product, name, expires_in=None, **values):
        """Return a lot; ``expires_in`` sets all four dates, in days from now."""
        if expires_in is not None:
            expiry = fields.Datetime.now() + timedelta(days=expires_in)
            dates = ("expiration_date", "use_date", "removal_date", "alert_date")
            values = {**dict.fromkeys(dates, expiry), **values}
        return cls.env["stock.lot"].create(
            {"product_id": product.id, "name": name, **values}
        )

    @classmethod
    def receive(cls, product, name, quantity, supplier=None, **dates):
        """Receive a lot by its number and return it."""
        picking = cls.transfer(
            cls.warehouse.in_type_id,
            cls.suppliers,
            cls.stock,
            supplier or cls.supplier,
        )
        move = cls.add_move(picking, product, quantity)
        picking.action_confirm()
        move.move_line_ids.write({"lot_name": name, "quantity": quantity})
        cls.validate(picking)
        if dates:
            move.lot_ids.write(dates)
        return move.lot_ids

    @classmethod
    def produce(cls, product, name, quantity, **ingredients):
        """Make a lot of ``product`` and return it.

        :param name: number of the lot, or None to have it numbered
        :param ingredients: ``uses=[(lot, quantity), …]``
        """
        lot = cls.make_lot(product, name) if name else cls.number_lot(product)
        place = product.property_stock_production
        made = cls.bare_move(lot, quantity, place, cls.stock)
        consumed = cls.env["stock.move"]
        for used, amount in ingredients.get("uses", ()):
            consumed |= cls.bare_move(used, amount, cls.stock, place)
        (consumed | made)._action_done()
        made.move_line_ids.consume_line_ids = [Command.set(consumed.move_line_ids.ids)]
        return lot

    @classmethod
    def make_hummus_of_two_lots(cls):
        """Two lots of chickpeas become a mash, and the mash two lots of hummus."""
        cls.early = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.late = cls.receive(cls.chickpeas, "CP-2", 10)
        cls.batch = cls.produce(
            cls.mash, "M-1", 12, uses=[(cls.early, 10), (cls.late, 2)]
        )
        cls.first = cls.produce(cls.hummus, "H-1", 20, uses=[(cls.batch, 5)])
        cls.second = cls.produce(cls.hummus, "H-2", 24, uses=[(cls.batch, 6)])

    @classmethod
    def number_lot(cls, product, **values):
        """Return a lot of ``product`` that numbers itself."""
        return cls.env["stock.lot"].create({"product_id": product.id, **values})

    @classmethod
    def deliver(cls, product, quantity, customer, lot=None):
        """Deliver what the strategy reserves, or ``lot``; return the done picking."""
        picking = cls.order(product, quantity, customer, lot)
        cls.validate(picking)
        return picking

    @classmethod
    def order(cls, product, quantity, customer, lot=None, days=0):
        """Return a delivery that is reserved and waits, ``days`` from now."""
        picking = cls.transfer(
            cls.warehouse.out_type_id, cls.stock, cls.customers, customer
        )
        move = cls.add_move(picking, product, quantity)
        move.date = fields.Datetime.now() + timedelta(days=days)
        picking.action_confirm()
        if not lot:
            picking.action_assign()
            return picking
        picking.do_unreserve()
        cls.add_line(move, lot, quantity)
        return picking

    @classmethod
    def take_back(cls, delivery, quantity):
        """Return ``quantity`` of a done delivery into the stock."""
        wizard = (
            cls.env["stock.return.picking"]
            .with_context(active_id=delivery.id, active_model="stock.picking")
            .create({"picking_id": delivery.id})
        )
        wizard.product_return_moves.quantity = quantity
        picking = wizard._create_return()
        picking.move_ids.quantity = quantity
        cls.validate(picking)
        return picking

    @classmethod
    def work_off(cls, recall):
        """Leave nothing of a recall open: told, given up, unchecked and decided.

        Of a drill: its list is handed over, gaps are explained, all is reconciled.
        """
        if recall.is_drill:
            drill = recall.sudo()
            drill.action_note_list()
            drill._gap_lines().sudo()._explain_gap("Counted again")
            drill.action_note_reconciled()
            drill.drill_remark = "Nothing is to be mended"
            return
        recall.sudo().notice_ids._note_told("phone", True)
        root = cls.env.ref("base.user_root")
        recall.with_user(root).consignee_ids._waive("Worked off")
        recall.sudo().check_level = "E"
        for lot, quantity in recall.sudo()._undecided().items():
            decision = {"lot_id": lot.id, "quantity": quantity, "decision": "rework"}
            cls.env["stock.recall.decision"]._decide(recall.sudo(), decision)

    @classmethod
    def scrap(cls, lot, quantity):
        scrap = cls.env["stock.scrap"].create(
            {
                "product_id": lot.product_id.id,
                "lot_id": lot.id,
                "scrap_qty": quantity,
                "location_id": cls.stock.id,
            }
        )
        scrap.do_scrap()
        return scrap

    @classmethod
    def put_on_hand(cls, lot, quantity, place=None):
        """Put some of ``lot`` into ``place``, as nothing but a test may."""
        cls.put_goods_on_hand(lot.product_id, quantity, place, lot_id=lot)
        return lot

    @classmethod
    def put_goods_on_hand(cls, product, quantity, place=None, **scope):
        with ledger.operation(cls.env.cr):
            cls.env["stock.quant"]._update_available_quantity(
                product, place or cls.stock, quantity, **scope
            )

    @classmethod
    def user(cls, login, *groups):
        names = ("stock.group_stock_user", *groups)
        return new_test_user(cls.env, login=login, groups=",".join(names))

    # -- how it is done in Odoo

    @classmethod
    def transfer(cls, picking_type, source, target, partner):
        return cls.env["stock.picking"].create(
            {
                "picking_type_id": picking_type.id,
                "location_id": source.id,
                "location_dest_id": target.id,
                "partner_id": partner.id,
            }
        )

    @classmethod
    def add_move(cls, picking, product, quantity):
        return cls.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "picking_id": picking.id,
                "location_id": picking.location_id.id,
                "location_dest_id": picking.location_dest_id.id,
            }
        )

    @classmethod
    def add_line(cls, move, lot, quantity):
        return cls.env["stock.move.line"].create(
            {
                "move_id": move.id,
                "picking_id": move.picking_id.id,
                "product_id": lot.product_id.id,
                "lot_id": lot.id,
                "quantity": quantity,
                "location_id": move.location_id.id,
                "location_dest_id": move.location_dest_id.id,
            }
        )

    @classmethod
    def bare_move(cls, lot, quantity, source, target):
        """Return a move with one picked line, ready to be done."""
        move = cls.env["stock.move"].create(
            {
                "product_id": lot.product_id.id,
                "product_uom_qty": quantity,
                "location_id": source.id,
                "location_dest_id": target.id,
            }
        )
        move._action_confirm()
        move.move_line_ids.unlink()
        cls.add_line(move, lot, quantity)
        move.picked = True
        return move

    @classmethod
    def validate(cls, picking):
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()

    @classmethod
    def summary_of(cls, picking):
        """Return what people read at the top of a receipt, a line for each sentence."""
        sentences = picking.batch_summary.split("<br/>")
        return "\n".join(fromstring(each).text_content() for each in sentences)

    @classmethod
    def disposition(cls, code):
        return cls.env["stock.lot"]._disposition(code)

    # -- what always holds

    def assert_stock_adds_up(self, product, lots_only=False):
        """Each quantity is there once, never negative, and reserved for open lines.

        :param bool lots_only: leave out goods without a lot, which core lets go below 0
        """
        self.env.flush_all()
        mine = [
            ("product_id", "=", product.id),
            ("location_id", "child_of", self.stock.id),
        ]
        if lots_only:
            mine.append(("lot_id", "!=", False))
        quants = self.env["stock.quant"].search(mine)
        seen = set()
        for quant in quants:
            key = (quant.location_id, quant.lot_id, quant.package_id, quant.owner_id)
            self.assertNotIn(key, seen, "twice the same quantity")
            seen.add(key)
            self.assertGreaterEqual(quant.quantity, quant.reserved_quantity)
            self.assertGreaterEqual(quant.reserved_quantity, 0)
        lines = self.env["stock.move.line"].search(
            [*mine, ("state", "not in", ("done", "cancel"))]
        )
        self.assertAlmostEqual(
            sum(quants.mapped("reserved_quantity")),
            sum(lines.mapped("quantity_product_uom")),
        )

    def assert_consignees_are_right(self):
        """Who received what is as the documents say: the rule in Python and in SQL."""
        wrong = self.env["stock.move.line"]._wrong_consignees_sql()
        self.assertFalse(self.env.execute_query(wrong))
