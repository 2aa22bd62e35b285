from odoo import api, fields, models
from odoo.tools import SQL

from ..genealogy.lot_sql import id_array

#: Less than any unit of measure counts.
NOTHING = 1e-6


class StockRecall(models.Model):
    """Proves that nothing of a recall's batches has left since it was launched.

    What had ever left is kept of each batch at launch, while nobody could move it.
    Whatever has left since makes it more, whatever date it bears.
    """

    _inherit = "stock.recall"

    leak_date = fields.Datetime("Checked for leaks", readonly=True)
    leak_units = fields.Json(
        "Left since the launch",
        readonly=True,
        help="By unit of measure, when it was last checked.",
    )
    leak_statement = fields.Char(compute="_compute_leak_statement")

    @api.model
    def _gone(self, lots):
        """Return ``{lot id: quantity}`` that ever left, in all companies.

        To customers, into production or to another company; what came back is not
        taken off.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.lot_id, SUM(line.quantity_product_uom)::float8
                FROM (%s) line GROUP BY 1
                """,
                self._leaving_sql(lots),
            )
        )
        return dict(rows)

    @api.model
    def _leaving_sql(self, lots):
        """Return the query of the done lines by which lots leave our hands."""
        self.env["stock.move.line"].flush_model()
        return SQL(
            """
            SELECT line.id, line.lot_id, line.quantity_product_uom, line.date
            FROM stock_move_line line
            JOIN stock_location source ON source.id = line.location_id
            JOIN stock_location target ON target.id = line.location_dest_id
            WHERE line.lot_id = ANY(%s) AND line.state = 'done'
              AND source.usage NOT IN ('customer', 'production', 'inventory')
              AND (target.usage IN ('customer', 'production')
                   OR target.usage = 'transit' AND target.company_id IS NULL
                   AND NOT (source.usage = 'transit' AND source.company_id IS NULL))
            """,
            id_array(lots),
        )

    def _leaked(self):
        """Return what has left since the launch of what is still recalled.

        :return: ``{stock.recall.lot: quantity}``, of those of which any has left
        """
        self.ensure_one()
        lines = self.lot_ids.filtered(lambda line: not line.is_cleared)
        gone = self._gone(lines.lot_id)
        more = {line: gone.get(line.lot_id.id, 0.0) - line.gone for line in lines}
        return {line: amount for line, amount in more.items() if amount > NOTHING}

    def _leaking_lines(self):
        """Return the done stock.move.line that account for a leak, by their date."""
        leaked = self._leaked()
        lots = self.env["stock.lot"].union(*(line.lot_id for line in leaked))
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM (%s) line WHERE date >= %s ORDER BY id",
                self._leaving_sql(lots),
                self.date_start,
            )
        )
        return self.env["stock.move.line"].browse(id_ for (id_,) in rows)

    def action_check_leak(self):
        """Check it anew; the statement stays in the history."""
        self.ensure_one()
        self._check_may_recall()
        self.check_access("write")
        if not self.date_start:
            return
        units = {}
        for line, amount in self._leaked().items():
            name = line.unit_id.name
            units[name] = units.get(name, 0.0) + amount
        # sudo: a recall is only ever written by its steps, and the right is checked
        self.sudo().write({"leak_date": fields.Datetime.now(), "leak_units": units})
        self._note_step(self.env._("Checked for leaks"), new=self.leak_statement)

    def action_open_leaks(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Left since the launch of %s", self.name),
            "res_model": "stock.move.line",
            "view_mode": "list,form",
            "domain": [("id", "in", self._leaking_lines().ids)],
        }

    @api.depends("leak_date", "leak_units", "date_start")
    @api.depends_context("lang", "tz", "uid")
    def _compute_leak_statement(self):
        for recall in self:
            known = recall.leak_date
            recall.leak_statement = recall._leak_sentence() if known else ""

    def _leak_sentence(self):
        """Return what left of the batches between the launch and the last look."""
        moment = self.env["stock.lot"]._moment_text
        words = {"since": moment(self.date_start), "until": moment(self.leak_date)}
        if not self.leak_units:
            return self.env._(
                "Between %(since)s and %(until)s, no unit of these batches left any "
                "location for customers, production or another company.",
                **words,
            )
        return self.env._(
            "%(amounts)s of these batches left between %(since)s and %(until)s.",
            amounts=self._amounts_text(self.leak_units),
            **words,
        )

    @api.model
    def _amounts_text(self, amounts):
        """Return ``{unit name: quantity}`` as people read it."""
        figure = self.env["stock.lot"]._as_figure
        return ", ".join(f"{figure(amount)} {unit}" for unit, amount in amounts.items())
