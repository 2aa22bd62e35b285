"""Links know when their parent was used, lots where they came from."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL


def migrate(cr, version):
    cr.execute(
        SQL(
            "UPDATE stock_lot_link link SET used_date = line.date"
            " FROM stock_move_line line"
            " WHERE line.id = link.consume_line_id AND link.used_date IS NULL"
        )
    )
    api.Environment(cr, SUPERUSER_ID, {})["stock.lot"]._fill_origins()
