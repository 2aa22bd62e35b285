import logging

from odoo import api, models
from odoo.tools import SQL

from ..base.job import JobRun
from . import bulk_load

_logger = logging.getLogger(__name__)

#: Consumed lines whose links the job writes between two commits.
REBUILD_BATCH = 5_000
#: System parameter: the last consumed line that the running job has written.
POSITION_PARAMETER = "batch_tracking.rebuild_done"
#: System parameter: the lines before that one which failed or were in use.
SKIPPED_PARAMETER = "batch_tracking.rebuild_skipped"


class StockLotLink(models.Model):
    """Compares the links with Odoo's own records, and writes all of them anew."""

    _inherit = "stock.lot.link"

    # -- all at once, for the installation

    @api.model
    def _rebuild(self):
        """Write all links and gaps anew, at once: fast, and others have to wait.

        For the installation; ``_cron_rebuild`` does it bit by bit.
        """
        self.env["stock.lot.link.source"]._flush_sources()
        cr = self.env.cr
        _logger.info("Genealogy: deriving the links")
        with bulk_load.bare(cr, "stock_lot_link", "stock_lot_gap"):
            self._delete_all_derived()
            self._insert()
            _logger.info("Genealogy: %s links written, indexing them", cr.rowcount)
        cr.execute(SQL("ANALYZE stock_lot_link, stock_lot_gap"))
        _logger.info("Genealogy: done")
        self._forget_cache()

    @api.model
    def _delete_all_derived(self):
        """Delete all but what people have linked by hand."""
        if self.env.execute_query(
            SQL("SELECT FROM stock_lot_link WHERE kind = 'manual' LIMIT 1")
        ):
            self._delete_derived(SQL("TRUE"))
        else:
            # Deleted rows would be read again by each index that is made.
            self.env.cr.execute("TRUNCATE stock_lot_link, stock_lot_gap")

    # -- bit by bit, beside people's work

    @api.model
    def _start_rebuild(self):
        """Have all links written anew in the background; a running job goes on."""
        if self._rebuild_position() is None:
            self._set_rebuild_position(0)
        # sudo: the job may be started by whoever may check
        self.env.ref("batch_tracking.ir_cron_rebuild_links").sudo()._trigger()

    @api.model
    def _rebuild_position(self):
        """Return the last consumed line that is rebuilt, None when nobody rebuilds."""
        # sudo: a parameter that tells nothing but how far the job is
        value = self.env["ir.config_parameter"].sudo().get_param(POSITION_PARAMETER)
        return int(value) if value else None

    @api.model
    def _set_rebuild_position(self, line_id):
        value = False if line_id is None else str(line_id)
        # sudo: whoever may check may start the job
        self.env["ir.config_parameter"].sudo().set_param(POSITION_PARAMETER, value)

    @api.model
    def _skipped_lines(self):
        """Return ids of the lines that the job has passed by and must try again."""
        # sudo: a parameter that tells nothing but how far the job is
        value = self.env["ir.config_parameter"].sudo().get_param(SKIPPED_PARAMETER)
        return set(map(int, value.split(","))) if value else set()

    @api.model
    def _set_skipped_lines(self, line_ids):
        value = ",".join(map(str, sorted(line_ids))) or False
        # sudo: whoever may check may start the job
        self.env["ir.config_parameter"].sudo().set_param(SKIPPED_PARAMETER, value)

    @api.model
    def _cron_rebuild(self):
        """Go on where the last run has stopped; every batch is committed.

        A line that cannot be linked is listed for a person, and tried again.
        """
        position, skipped = self._rebuild_position(), self._skipped_lines()
        if position is None and not skipped:
            return
        lines = self._lines_to_rebuild(position, skipped)
        job = JobRun(self.env, "batch_tracking.ir_cron_rebuild_links")

        def keep():
            aside = set(job.set_aside())
            waiting = skipped.intersection(lines.ids) - job.done_ids
            self._set_skipped_lines(waiting | aside)
            if position is not None:
                self._set_rebuild_position(max({position} | job.done_ids | aside))

        if job.do(lines, self._rebuild_lines, REBUILD_BATCH, keep=keep):
            keep()
            if position is not None:
                self._finish_rebuild()
                self._set_rebuild_position(None)

    @api.model
    def _lines_to_rebuild(self, position, skipped):
        """Return consumed lines in the order in which the job goes through them.

        :param position: None if all are done but those that were skipped
        """
        consumed_ids = self.env["stock.lot.link.source"]._all_consumed()
        return self.env["stock.move.line"].browse(
            line_id
            for line_id in consumed_ids
            if line_id in skipped or position is not None and line_id > position
        )

    @api.model
    def _finish_rebuild(self):
        """Do what comes once, after the links of all lines are written."""
        self._delete_stray()

    @api.model
    def _rebuild_lines(self, consumed):
        """Write the links and gaps of these consumed lines anew."""
        self.env["stock.lot.link.source"]._flush_sources()
        self._delete_of([], consumed.ids)
        self._insert(consumed.ids)
        self._forget_cache()

    @api.model
    def _delete_stray(self):
        """Delete links and gaps of lines that take part in nothing any more."""
        source = self.env["stock.lot.link.source"]
        source._flush_sources()
        self._delete_derived(
            SQL(
                "consume_line_id IS NULL OR consume_line_id NOT IN"
                " (SELECT consumed_id FROM (%s) pair)",
                source._pairs(),
            )
        )
        self._forget_cache()

    # -- are they right?

    @api.model
    def _differences(self, company_ids, limit):
        """Compare what is stored with what core's records say.

        :param company_ids: whose links to compare
        :param int limit: return at most so many
        :return: ``[(problem, parent lot id, child lot id, derived quantity, stored
            quantity, reference)]``; a lot id is None where the trace has a gap, a
            quantity where there is no link; problem is ``missing``, ``superfluous`` or
            ``different``
        """
        source = self.env["stock.lot.link.source"]
        source._flush_sources()
        self.flush_model()
        self.env["stock.lot.gap"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT CASE WHEN stored.consume_line_id IS NULL THEN 'missing'
                            WHEN derived.consume_line_id IS NULL THEN 'superfluous'
                            ELSE 'different' END,
                    COALESCE(derived.parent_lot_id, stored.parent_lot_id),
                    COALESCE(derived.child_lot_id, stored.child_lot_id),
                    derived.parent_quantity, stored.parent_quantity,
                    COALESCE(derived.reference, stored.reference)
                FROM (SELECT * FROM (%(derived)s) d
                    WHERE parent_lot_id IS NOT NULL OR child_lot_id IS NOT NULL) derived
                FULL JOIN (%(stored)s) stored USING (consume_line_id, produce_line_id)
                WHERE COALESCE(derived.company_id, stored.company_id)
                      = ANY(%(companies)s)
                  AND (derived.parent_lot_id, derived.child_lot_id, derived.kind,
                       derived.attribution, ROUND(derived.parent_quantity::numeric, 6))
                  IS DISTINCT FROM
                      (stored.parent_lot_id, stored.child_lot_id, stored.kind,
                       COALESCE(stored.attribution, derived.attribution),
                       ROUND(stored.parent_quantity::numeric, 6))
                ORDER BY 1, 2, 3
                LIMIT %(limit)s
                """,
                derived=source._derived(),
                stored=self._stored_sql(),
                companies=list(company_ids),
                limit=limit,
            )
        )

    def _stored_sql(self):
        """Return the query of the stored links and gaps."""
        return SQL(
            """
            SELECT parent_lot_id, child_lot_id, parent_quantity, attribution, kind,
                consume_line_id, produce_line_id, reference, company_id
            FROM stock_lot_link WHERE kind <> 'manual'
            UNION ALL
            SELECT CASE direction WHEN 'forward' THEN lot_id END,
                CASE direction WHEN 'back' THEN lot_id END,
                CASE direction WHEN 'back' THEN quantity ELSE lot_quantity END,
                NULL, kind, consume_line_id, produce_line_id, reference, company_id
            FROM stock_lot_gap
            """
        )
