from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..base.deletion import guards_deletion
from .exceptions import LotIsKeptError

#: A day that never comes, for what is kept for ever.
FOR_EVER = fields.Datetime.to_datetime("9999-12-31 00:00:00")


class StockLot(models.Model):
    """A lot that has a history is kept until its retention ends.

    To have other records count as history, extend ``_history_sources``, as the rooms
    of links, inspections and recalls do.
    """

    _inherit = "stock.lot"

    keep_until = fields.Datetime(
        compute="_compute_keep_until",
        help="Until then the batch cannot be deleted. Empty: it has no history, or is "
        "kept for ever.",
    )
    is_past_retention = fields.Boolean(
        compute="_compute_keep_until",
        search="_search_is_past_retention",
        help="It has a history, and need not be kept any longer.",
    )

    @api.depends("event_ids", "expiration_date", "product_id.categ_id")
    def _compute_keep_until(self):
        kept = self._kept_until()
        now = fields.Datetime.now()
        for lot in self:
            until = kept.get(lot._origin)
            lot.keep_until = until if until != FOR_EVER else False
            lot.is_past_retention = bool(until and until <= now)

    @api.model
    def _search_is_past_retention(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [("id", "in", self._past_retention())]

    # -- what counts as history

    @api.model
    def _history_sources(self):
        """Return which records belong to a lot's history.

        :return: ``[(model, lot field, date field, domain, label)]``; the date field
            may be one of a parent record: ``"recall_id.date_start"``
        """
        done = [("state", "=", "done")]
        return [
            ("stock.move.line", "lot_id", "date", done, self.env._("movements")),
            ("stock.lot.event", "lot_id", "date", [], self.env._("changes")),
        ]

    def _history(self):
        """Return of lots that have one: ``{lot: (last date, label)}``."""
        history = {}
        for *source, label in self._history_sources():
            for lot, date in self._last_dates(*source):
                last, first_label = history.get(lot, (date, label))
                history[lot] = (max(last, date), first_label)
        return history

    def _last_dates(self, model, lot_field, date_field, domain):
        """Yield each lot that has such records, and the date of the last one."""
        # sudo: other companies' records are history as well
        records = self.env[model].sudo()
        if "." in date_field:
            # of a parent that has few: grouped by it
            parent, date_field = date_field.split(".")
            groups = records._read_group(
                [(lot_field, "in", self.ids), *domain], [lot_field, parent]
            )
            for lot, owner in groups:
                yield lot.with_env(self.env), owner[date_field] or owner.create_date
            return
        groups = records._read_group(
            [(lot_field, "in", self.ids), *domain], [lot_field], [f"{date_field}:max"]
        )
        for lot, date in groups:
            yield lot.with_env(self.env), date or fields.Datetime.now()

    def _kept_until(self):
        """Return ``{lot: moment}`` of lots that have a history."""
        history = self._origin._history()
        lots = self.browse().concat(*history)
        retentions = lots._retentions()
        return {
            lot: lot._until(retentions[lot], last)
            for lot, (last, _label) in history.items()
        }

    def _retentions(self):
        """Return ``{lot: its retentions}``; a shared lot has those of all companies."""
        everywhere = self.env["res.company"].sudo().search([("active", "=", True)])
        categories = {lot.product_id.categ_id for lot in self}
        rules = self.env["stock.lot.retention"]._by_company_and_category(
            everywhere, categories
        )
        return {
            lot: [
                rules[company, lot.product_id.categ_id]
                for company in lot.company_id.sudo() or everywhere
            ]
            for lot in self
        }

    def _until(self, retentions, last):
        if not all(retentions):
            return FOR_EVER
        return max(term._until(last, self.expiration_date) for term in retentions)

    # -- what is past it

    @api.model
    def _past_retention(self):
        """Return ids of the lots whose retention has ended.

        Read from the lots that were not touched for as long as the shortest term.
        """
        # sudo: what holds does not depend on who asks
        companies = self.env["res.company"].sudo().search([("active", "=", True)])
        categories = self.env["product.category"].sudo()
        categories = categories.search([("batch_retention_id", "!=", False)])
        terms = companies.batch_retention_id | categories.batch_retention_id
        if not terms:
            return []
        now = fields.Datetime.now()
        latest = now - relativedelta(months=min(terms.mapped("months")))
        lots = self.browse(self._untouched_since(latest))
        return [lot.id for lot, until in lots._kept_until().items() if until <= now]

    @api.model
    def _untouched_since(self, date):
        """Return ids of lots with a movement, and none after ``date``."""
        self.env["stock.move.line"].flush_model(["lot_id", "state", "date"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lot.id FROM stock_lot lot
                WHERE lot.create_date <= %(date)s AND NOT EXISTS (
                    SELECT FROM stock_move_line line WHERE line.lot_id = lot.id
                    AND line.state = 'done' AND line.date > %(date)s)
                """,
                date=date,
            )
        )
        return [id_ for (id_,) in rows]

    # -- deleting

    @guards_deletion
    def _unlink_except_kept(self):
        now = fields.Datetime.now()
        kept = {lot: until for lot, until in self._kept_until().items() if until > now}
        if not kept:
            return
        lot, until = next(iter(kept.items()))
        [(_last, history)] = lot._history().values()
        term = until if until != FOR_EVER else None
        raise LotIsKeptError(lot, history, term, len(kept) - 1)
