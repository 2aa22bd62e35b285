from odoo import api, models
from odoo.tools import SQL


class StockLot(models.Model):
    """Finds the origin of lots that were there before the addon, where records say."""

    _inherit = "stock.lot"

    @api.model
    def _fill_origins(self):
        """Write who supplied lots, and when they were made, in one statement each.

        For the installation. The first receipt, or the first production, counts; what
        is known already stays.
        """
        for model in ("stock.move.line", "stock.move", "stock.picking", "res.partner"):
            self.env[model].flush_model()
        self.flush_model(["supplier_id", "production_date"])
        self.env.cr.execute(self._fill_suppliers_sql())
        self.env.cr.execute(self._fill_production_dates_sql())
        self.invalidate_model(["supplier_id", "production_date"])

    def _fill_suppliers_sql(self):
        lines = self.env["stock.move.line"]
        return SQL(
            """
            UPDATE stock_lot SET supplier_id = found.partner_id
            FROM (
                SELECT DISTINCT ON (line.lot_id) line.lot_id, %(vendor)s AS partner_id
                FROM stock_move_line line
                JOIN stock_location source ON source.id = line.location_id
                JOIN stock_location target ON target.id = line.location_dest_id
                LEFT JOIN stock_move move ON move.id = line.move_id
                LEFT JOIN stock_picking picking ON picking.id = line.picking_id
                %(purchase)s
                WHERE line.state = 'done' AND line.lot_id IS NOT NULL
                  AND (source.usage = 'supplier' OR %(subcontracted)s)
                  AND target.usage <> 'supplier' AND %(vendor)s IS NOT NULL
                ORDER BY line.lot_id, line.date, line.id
            ) found
            WHERE stock_lot.id = found.lot_id AND stock_lot.supplier_id IS NULL
            """,
            subcontracted=lines._is_subcontracted_sql("move"),
            **lines._vendor_sql(),
        )

    def _fill_production_dates_sql(self):
        """Return the statement; the day is the one in the zone of the company."""
        return SQL(
            """
            UPDATE stock_lot SET production_date = found.day
            FROM (
                SELECT DISTINCT ON (line.lot_id) line.lot_id,
                       (line.date AT TIME ZONE 'UTC'
                        AT TIME ZONE COALESCE(address.tz, 'UTC'))::date AS day
                FROM stock_move_line line
                JOIN stock_location source ON source.id = line.location_id
                 AND source.usage = 'production'
                JOIN stock_location target ON target.id = line.location_dest_id
                 AND target.usage NOT IN ('production', 'inventory')
                JOIN res_company company ON company.id = line.company_id
                JOIN res_partner address ON address.id = company.partner_id
                LEFT JOIN stock_move move ON move.id = line.move_id
                WHERE line.state = 'done' AND line.lot_id IS NOT NULL
                  AND NOT (%(was_there)s)
                ORDER BY line.lot_id, line.date, line.id
            ) found
            WHERE stock_lot.id = found.lot_id AND stock_lot.production_date IS NULL
            """,
            was_there=self._was_there_sql(),
        )

    def _was_there_sql(self):
        """Return whether ``move`` makes lots of what had been made before."""
        if "unbuild_id" not in self.env["stock.move"]._fields:
            return SQL("FALSE")
        return SQL("move.unbuild_id IS NOT NULL")
