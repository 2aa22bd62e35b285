from odoo import models
from odoo.tools import SQL


class StockLotLinkSource(models.AbstractModel):
    """Tells which parts went into what is repaired, and which were taken out of it.

    Core notes both alike, as if the parts taken out had gone in.
    """

    _inherit = "stock.lot.link.source"

    def _core_pairs(self):
        # A part that a repair takes out was made of what is repaired.
        taken_out = SQL(
            "(SELECT FROM stock_move_line part JOIN stock_move move"
            " ON move.id = part.move_id WHERE part.id = rel.produce_line_id"
            " AND repair_line_type IN ('remove', 'recycle'))"
        )
        return [
            SQL(
                "SELECT produce_line_id AS consumed_id, consume_line_id AS made_id"
                " FROM stock_move_line_consume_rel rel WHERE NOT EXISTS %s",
                taken_out,
            ),
            SQL(
                "SELECT consume_line_id AS consumed_id, produce_line_id AS made_id"
                " FROM stock_move_line_consume_rel rel WHERE EXISTS %s",
                taken_out,
            ),
        ]

    def _columns(self):
        columns = super()._columns()
        repair = SQL("COALESCE(made_move.repair_id, consumed_move.repair_id)")
        return {
            **columns,
            "kind": SQL(
                "CASE WHEN %s IS NOT NULL THEN 'repair' ELSE %s END",
                repair,
                columns["kind"],
            ),
            "document_model": SQL(
                "CASE WHEN %s IS NOT NULL THEN 'repair.order' ELSE %s END",
                repair,
                columns["document_model"],
            ),
            "document_id": SQL("COALESCE(%s, %s)", repair, columns["document_id"]),
        }
