"""What people do who have no right on Inventory.

A job is a generator that names each step before it takes it. What somebody else does
meanwhile, as sending the goods, is done by the superuser: ``company.env``.
"""

from odoo import Command, fields
from odoo.tests import Form

from dev.other_company import order_goods, quote

READ = ("qty_available", "free_qty", "virtual_available", "incoming_qty")


def look_up(env, company, product):
    """Ask how much there is."""
    goods = env["product.product"].browse(product.id)
    yield "open the product"
    goods.read(["name"])
    yield "read quantities"
    goods.read(READ)
    goods.product_tmpl_id.read(["qty_available", "virtual_available"])
    yield "search by quantity"
    env["product.product"].search([("free_qty", ">", 0)])
    yield "look ahead"
    env["stock.forecasted_product_product"].get_report_values(docids=goods.ids)


def sell(env, company, product):
    """Quotation to delivery to invoice."""
    yield "quote"
    order = quote(env, company, product)
    yield "see what is available"
    line = order.order_line
    line.read(["virtual_available_at_date", "free_qty_today", "qty_to_deliver"])
    yield "confirm"
    order.action_confirm()
    yield "change the quantity"
    line.product_uom_qty = 3
    company.carry_out(order.sudo().picking_ids)
    yield "see what was delivered"
    line.invalidate_recordset()
    line.read(["qty_delivered", "free_qty_today"])
    yield "open the delivery"
    order.action_view_delivery()
    yield "invoice"
    order._create_invoices()
    yield "lock"
    order.action_lock()


def sell_and_cancel(env, company, product):
    """A quotation that is confirmed and cancelled again."""
    yield "quote"
    order = quote(env, company, product)
    yield "confirm"
    order.action_confirm()
    yield "cancel"
    order._action_cancel()


def sell_a_repair(env, company, product):
    """A repair that is sold together with goods."""
    yield "quote"
    order = quote(env, company, company.mending, product)
    yield "confirm"
    order.action_confirm()
    yield "open the repair"
    order.action_show_repair()


def repair(env, company, product):
    """A repair, from the complaint to the end."""
    yield "open one"
    order = env["repair.order"].create(
        {
            "product_id": product.id,
            "product_qty": 1,
            "lot_id": company.env["stock.quant"]
            .search([("product_id", "=", product.id)], limit=1)
            .lot_id.id,
        }
    )
    yield "begin"
    order.action_validate()
    order.action_repair_start()
    yield "end"
    order.action_repair_end()


def buy(env, company, product):
    """Order, receipt, another price, bill."""
    yield "order"
    order = order_goods(env, company, product)
    yield "confirm"
    order.button_confirm()
    company.carry_out(order.sudo().picking_ids)
    yield "see what was received"
    order.order_line.invalidate_recordset()
    order.order_line.read(["qty_received"])
    yield "change the price"
    order.order_line.price_unit = 4
    yield "bill"
    order.action_create_invoice()


def buy_and_cancel(env, company, product):
    """An order that is cancelled before anything came."""
    yield "order"
    order = order_goods(env, company, product)
    yield "confirm"
    order.button_confirm()
    yield "change the quantity"
    order.order_line.product_qty = 7
    yield "cancel"
    order.button_cancel()


def post_a_bill(env, company, product):
    """The bill of what was received, at another price, and its reversal."""
    order = company.received[product].with_env(env)
    yield "make it"
    order.action_create_invoice()
    bill = order.invoice_ids
    yield "fill it in"
    bill.invoice_date = fields.Date.today()
    bill.invoice_line_ids.price_unit = 3.5
    yield "post it"
    bill.action_post()
    yield "reverse it"
    today = {"invoice_date": fields.Date.today()}
    bill._reverse_moves([today], cancel=True)


def post_an_invoice(env, company, product):
    """The invoice of what was delivered."""
    invoice = company.invoices[product].with_env(env)
    yield "post it"
    invoice.action_post()
    yield "reverse it"
    invoice._reverse_moves(cancel=True)


def land(env, company, product):
    """Freight that is put on what was received."""
    order = company.received[product]
    yield "enter it"
    line = {"product_id": company.freight.id, "price_unit": 10}
    cost = env["stock.landed.cost"].create(
        {
            "date": fields.Date.today(),
            "picking_ids": [Command.set(order.picking_ids.ids)],
            "cost_lines": [Command.create({**line, "split_method": "by_quantity"})],
        }
    )
    yield "validate it"
    cost.button_validate()


def replenish(env, company, product):
    """More is sold than there is, and ordered again by a rule."""
    rule = company.rules[product].with_env(env)
    goods = company.scarce[product]
    yield "see what is missing"
    rule.read(["qty_forecast", "qty_to_order"])
    yield "order it"
    rule.action_replenish()
    yield "confirm the order"
    lines = env["purchase.order.line"].search([("product_id", "=", goods.id)])
    lines.order_id.button_confirm()


def make(env, company, product):
    """A manufacturing order, from the plan to the finished batch, and its end."""
    yield "plan"
    form = Form(env["mrp.production"])
    form.product_id = env["product.product"].browse(company.hummus.id)
    form.product_qty = 4
    with form.move_raw_ids.new() as move:
        move.product_id = env["product.product"].browse(product.id)
        move.product_uom_qty = 2
    order = form.save()
    yield "confirm"
    order.action_confirm()
    yield "reserve"
    order.action_assign()
    order.read(["components_availability", "components_availability_state"])
    yield "number it"
    order.action_generate_serial()
    yield "make it"
    order.qty_producing = 4
    order.set_qty_producing()
    order.move_raw_ids.picked = True
    order.button_mark_done()
    yield "take it apart"
    values = {"mo_id": order.id, "product_id": company.hummus.id, "product_qty": 4}
    lot = order.lot_producing_ids.id
    env["mrp.unbuild"].create({**values, "lot_id": lot}).action_unbuild()


def mind_the_till(env, company, product):
    """The till, from the morning to the evening."""
    yield "open it"
    till = company.till.with_env(env)
    till.open_ui()
    session = till.current_session_id
    session.set_opening_control(0, "")
    yield "sell"
    order = env["pos.order"].create(_sold(session, product))
    order.add_payment(
        {
            "pos_order_id": order.id,
            "amount": 2,
            "payment_method_id": till.payment_method_ids.id,
        }
    )
    order.action_pos_order_paid()
    yield "hand over"
    order._create_order_picking()
    yield "close it"
    session.close_session_from_ui()


def _sold(session, product):
    lots = [f"{product.name}-1"] if product.tracking == "lot" else []
    line = {
        "product_id": product.id,
        "name": product.name,
        "qty": 2,
        "price_unit": 1,
        "price_subtotal": 2,
        "price_subtotal_incl": 2,
        "pack_lot_ids": [Command.create({"lot_name": name}) for name in lots],
    }
    return {
        "session_id": session.id,
        "company_id": session.company_id.id,
        "amount_total": 2,
        "amount_paid": 0,
        "amount_tax": 0,
        "amount_return": 0,
        "lines": [Command.create(line)],
    }


JOBS = (
    look_up,
    sell,
    sell_and_cancel,
    sell_a_repair,
    repair,
    buy,
    buy_and_cancel,
    post_a_bill,
    post_an_invoice,
    land,
    replenish,
    make,
    mind_the_till,
)
