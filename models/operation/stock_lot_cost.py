from odoo import api, models
from odoo.tools import SQL

#: Core has the columns of this relation the other way round.
COLUMNS = {"taken": "produce_line_id", "made": "consume_line_id"}


class StockLot(models.Model):
    """Hands a corrected cost on to what was made of a lot by operations."""

    _inherit = "stock.lot"

    def _after_cost_change(self):
        result = super()._after_cost_change()
        (self._operated_lots("taken", "made") - self)._write_found_costs()
        return result

    @api.model
    def _fill_unit_costs(self):
        result = super()._fill_unit_costs()
        # sudo: for the installation
        moves = self.env["stock.move"].sudo()
        operated = moves.search([("lot_operation_id", "!=", False)])
        operated.move_line_ids.lot_id._write_found_costs()
        return result

    def _operated_lots(self, near, far):
        """Return these lots and all that operations have made of them, or them of.

        :param str near: ``taken`` for what was made of them, ``made`` for what they
            were made of
        :param str far: the other one
        """
        if not self:
            return self
        self.env["stock.move.line"].flush_model()
        self.env["stock.move"].flush_model(["lot_operation_id"])
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE family(lot_id) AS (
                    SELECT UNNEST(%(ids)s)
                    UNION
                    SELECT %(far)s.lot_id
                    FROM family
                    JOIN stock_move_line %(near)s
                      ON %(near)s.lot_id = family.lot_id AND %(near)s.state = 'done'
                    JOIN stock_move ON stock_move.id = %(near)s.move_id
                     AND stock_move.lot_operation_id IS NOT NULL
                    JOIN stock_move_line_consume_rel rel
                      ON rel.%(near_column)s = %(near)s.id
                    JOIN stock_move_line %(far)s ON %(far)s.id = rel.%(far_column)s
                    WHERE %(far)s.lot_id IS NOT NULL
                )
                SELECT lot_id FROM family
                """,
                ids=self.ids,
                near=SQL.identifier(near),
                far=SQL.identifier(far),
                near_column=SQL.identifier(COLUMNS[near]),
                far_column=SQL.identifier(COLUMNS[far]),
            )
        )
        # sudo: what follows from a cost follows whoever may see it
        return self.sudo().browse(lot_id for (lot_id,) in rows)
