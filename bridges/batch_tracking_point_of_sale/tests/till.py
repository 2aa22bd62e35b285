"""Sells over the counter."""

from odoo.fields import Command


def sell(till, *lots, quantity=2, customer=None):
    """Return a paid sale of some of each lot, at 1 each; its goods have left."""
    amount = quantity * len(lots)
    line = {
        "name": "Tub",
        "price_unit": 1,
        "qty": quantity,
        "price_subtotal": quantity,
        "price_subtotal_incl": quantity,
    }
    sale = till.env["pos.order"].create(
        {
            "session_id": till.current_session_id.id,
            "company_id": till.company_id.id,
            "partner_id": customer and customer.id,
            "amount_total": amount,
            "amount_paid": amount,
            "amount_tax": 0,
            "amount_return": 0,
            "lines": [
                Command.create(
                    {
                        **line,
                        "product_id": lot.product_id.id,
                        "pack_lot_ids": [Command.create({"lot_name": lot.name})],
                    }
                )
                for lot in lots
            ],
        }
    )
    sale._create_order_picking()
    return sale
