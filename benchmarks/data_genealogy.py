"""A plant of some years: 300 000 lots, a million done move lines, six levels deep.

Each made lot has its manufacturing order. One record of each kind is made through
Odoo's own methods; all others are copies of it with other lots, dates and quantities,
written set-based. What became of what is in ``plant_plan.py``.
"""

import io

from odoo.fields import Command
from odoo.tools import SQL

from benchmarks.plant_plan import Plan
from benchmarks.set_based import SetBased, as_copy_line

RAW_PRODUCTS, MADE_PRODUCTS = 40, 30
PREFIX = "BENCH-"
ORDER_COLUMNS = {"consumed": "raw_material_production_id", "produced": "production_id"}


def build(env, scale):
    """Fill the database of ``env``."""
    plant = Plant(env, scale)
    plant.found()
    plant.write()
    env["stock.move.line"]._fill_consignees()
    env["stock.lot.link"]._rebuild()


class Plant(SetBased):
    """The rows that say what was made of what."""

    def __init__(self, env, scale):
        self.env = env
        self.cr = env.cr
        self.plan = Plan(scale)

    # -- one real record of each kind

    def found(self):
        """Make the products and one receipt, production, delivery and return."""
        self.warehouse = self.env["stock.warehouse"].search([], limit=1)
        self.stock = self.warehouse.lot_stock_id
        names = [f"Ingredient {n + 1}" for n in range(RAW_PRODUCTS)]
        names += [f"Product {n + 1}" for n in range(MADE_PRODUCTS)]
        self.products = self.env["product.product"].create(
            [{"name": name, "is_storable": True, "tracking": "lot"} for name in names]
        )
        self.partner = self.env["res.partner"].create({"name": f"{PREFIX}partner"})
        self.lot = self.env["stock.lot"].create(
            {"name": f"{PREFIX}0", "product_id": self.products[0].id}
        )
        place = self.products[0].property_stock_production
        suppliers = self.env.ref("stock.stock_location_suppliers")
        customers = self.env.ref("stock.stock_location_customers")
        self.receipt = self._done(self.warehouse.in_type_id, suppliers, self.stock)
        self.consumed = self._done(None, self.stock, place)
        self.produced = self._done(None, place, self.stock)
        self.delivery = self._done(self.warehouse.out_type_id, self.stock, customers)
        self.returned = self._done(self.warehouse.in_type_id, customers, self.stock)
        self.order = self.env["mrp.production"].create(
            {"product_id": self.products[-1].id, "product_qty": 100}
        )
        self.order.move_finished_ids.unlink()
        self.env.flush_all()

    def _done(self, picking_type, source, target):
        picking = self.env["stock.picking"]
        ends = {"location_id": source.id, "location_dest_id": target.id}
        if picking_type:
            about = {"picking_type_id": picking_type.id, "partner_id": self.partner.id}
            picking = picking.create({**about, **ends})
        line = {"lot_id": self.lot.id, "quantity": 5, "picking_id": picking.id, **ends}
        move = self.env["stock.move"].create(
            {
                "product_id": self.lot.product_id.id,
                "product_uom_qty": 5,
                "picking_id": picking.id,
                "move_line_ids": [
                    Command.create({"product_id": self.lot.product_id.id, **line})
                ],
                **ends,
            }
        )
        move._action_confirm()
        move.move_line_ids[1:].unlink()
        move.picked = True
        move._action_done()
        return move

    # -- all others

    def write(self):
        """Copy the real records as often as the plan wants."""
        self._write_partners()
        self._write_lots()
        self._write_plan()
        self._write_orders()
        for kind in ("receipt", "consumed", "produced", "delivery", "returned"):
            self._write_moves(kind)
        self._link()
        self._write_quants()
        self.env.invalidate_all()

    def _write_partners(self):
        count = self.plan.customers
        self.first_partner = self._reserve("res_partner", count)
        shop = SQL("'Shop ' || n")
        self._copy(
            *("res_partner", self.partner.id, SQL("generate_series(1, %s) n", count)),
            id=SQL("%s + n - 1", self.first_partner),
            commercial_partner_id=SQL("%s + n - 1", self.first_partner),
            name=shop,
            complete_name=shop,
        )

    def _write_lots(self):
        count = self.plan.raw + self.plan.made
        self.first_lot = self._reserve("stock_lot", count)
        products = self.products.ids
        self._copy(
            *("stock_lot", self.lot.id, SQL("generate_series(0, %s) n", count - 1)),
            id=SQL("%s + n", self.first_lot),
            name=SQL("%s || lpad(n::text, 6, '0')", f"{PREFIX}"),
            product_id=SQL(
                "(%s::int[])[CASE WHEN n < %s THEN n %% %s + 1"
                " ELSE %s + n %% %s + 1 END]",
                *(products, self.plan.raw, RAW_PRODUCTS, RAW_PRODUCTS, MADE_PRODUCTS),
            ),
            location_id=SQL("NULL"),
        )

    def _write_plan(self):
        """Stage one row per move line: (kind, lot, child, quantity, partner)."""
        self.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE plan (
                    n serial, kind text, lot int, child int, quantity int, party int)
                """
            )
        )
        text = io.StringIO("".join(map(as_copy_line, self.plan.rows())))
        self.cr._obj.copy_expert(
            "COPY plan (kind, lot, child, quantity, party) FROM STDIN", text
        )
        self.cr.execute(SQL("CREATE INDEX ON plan (kind)"))
        self.cr.execute(SQL("ANALYZE plan"))

    def _write_orders(self):
        """Write a manufacturing order for each lot that was made."""
        self.first_order = self._reserve("mrp_production", self.plan.made)
        self._copy(
            *("mrp_production", self.order.id),
            SQL("generate_series(0, %s) n", self.plan.made - 1),
            id=SQL("%s + n", self.first_order),
            name=SQL("%s || n", f"{PREFIX}MO/"),
            state=SQL("'done'"),
        )

    def _write_moves(self, kind):
        """Write the pickings, moves and lines of one kind."""
        move = getattr(self, kind)
        line, picking = move.move_line_ids, move.picking_id
        self.cr.execute(SQL("SELECT COUNT(*) FROM plan WHERE kind = %s", kind))
        [count] = self.cr.fetchone()
        first_line = self._reserve("stock_move_line", count)
        first_move = self._reserve("stock_move", count)
        picking_id = self._write_pickings(kind, picking) if picking else SQL("NULL")
        rows = SQL(
            "(SELECT *, row_number() OVER (ORDER BY n) - 1 AS place FROM plan"
            " WHERE kind = %s) plan",
            kind,
        )
        lot_id = SQL("%s + plan.lot", self.first_lot)
        own = {
            "product_id": SQL(
                "(SELECT product_id FROM stock_lot WHERE id = %s)", lot_id
            ),
            "quantity": SQL("plan.quantity"),
            "picking_id": picking_id,
            "date": SQL("TIMESTAMP '2026-01-01' + plan.lot * INTERVAL '30 s'"),
        }
        quantities = dict.fromkeys(("product_qty", "product_uom_qty"), own["quantity"])
        move_id = SQL("%s + plan.place", first_move)
        origin = SQL("NULL")
        if kind == "returned":
            origin = SQL("%s + plan.place", self.first_sent)
        self._copy(
            *("stock_move", move.id, rows),
            **{**own, **quantities, **self._order_of(kind)},
            id=move_id,
            origin_returned_move_id=origin,
        )
        self._copy(
            *("stock_move_line", line.id, rows),
            **{**own, "id": SQL("%s + plan.place", first_line), "lot_id": lot_id},
            move_id=move_id,
            quantity_product_uom=SQL("plan.quantity"),
        )
        if kind == "delivery":
            self.first_sent = first_move
        if kind in ("consumed", "produced"):
            setattr(self, f"first_{kind}", first_line)

    def _order_of(self, kind):
        """Return the columns of a move that name its manufacturing order."""
        order = SQL("%s + plan.child - %s", self.first_order, self.plan.raw)
        return {ORDER_COLUMNS[kind]: order} if kind in ORDER_COLUMNS else {}

    def _write_pickings(self, kind, picking):
        self.cr.execute(SQL("SELECT MAX(party) + 1 FROM plan WHERE kind = %s", kind))
        [count] = self.cr.fetchone()
        first = self._reserve("stock_picking", count)
        self._copy(
            *("stock_picking", picking.id, SQL("generate_series(0, %s) n", count - 1)),
            id=SQL("%s + n", first),
            name=SQL("%s || n", f"{PREFIX}{kind}/"),
            partner_id=SQL(
                "%s + n * 7919 %% %s", self.first_partner, self.plan.customers
            ),
        )
        return SQL("%s + plan.party", first)

    def _link(self):
        """Pair consumed and produced lines, as core does."""
        self.cr.execute(
            SQL(
                """
                INSERT INTO stock_move_line_consume_rel
                       (consume_line_id, produce_line_id)
                SELECT %s + child - %s, %s + place FROM (
                    SELECT child, row_number() OVER (ORDER BY n) - 1 AS place
                    FROM plan WHERE kind = 'consumed') plan
                """,
                *(self.first_produced, self.plan.raw, self.first_consumed),
            )
        )

    def _write_quants(self):
        quant = self.env["stock.quant"].search(
            [("lot_id", "=", self.lot.id), ("location_id", "=", self.stock.id)]
        )
        if not quant:
            self.env["stock.quant"]._update_available_quantity(
                self.lot.product_id, self.stock, 1, lot_id=self.lot
            )
            quant = self.lot.quant_ids.filtered(lambda q: q.location_id == self.stock)
        self.env.flush_all()
        rows = SQL(
            """(
                SELECT lot, SUM(CASE WHEN kind IN ('consumed', 'delivery')
                                THEN -quantity ELSE quantity END) AS quantity
                FROM plan GROUP BY lot HAVING lot %% 2 = 0
            ) plan"""
        )
        lot_id = SQL("%s + plan.lot", self.first_lot)
        self._copy(
            *("stock_quant", quant[0].id, rows),
            id=SQL("nextval('stock_quant_id_seq')"),
            lot_id=lot_id,
            product_id=SQL("(SELECT product_id FROM stock_lot WHERE id = %s)", lot_id),
            quantity=SQL("plan.quantity"),
            reserved_quantity=SQL("0"),
        )
