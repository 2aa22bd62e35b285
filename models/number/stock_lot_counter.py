from contextlib import contextmanager

from odoo import api, fields, models
from odoo.sql_db import Cursor
from odoo.tools import SQL


class StockLotCounter(models.Model):
    """The last running number given out within one scope.

    A scope is a batch number with its running part left open (``01-21293{seq}``).
    Numbers are unique per product and company, so a scope counts per company; 0
    stands for products that all companies share.

    Numbers are taken in a transaction of their own: whoever takes one never waits for,
    conflicts with, or repeats the number of a transaction that is still open. A number
    whose transaction is rolled back afterwards stays unused.
    """

    _name = "stock.lot.counter"
    _description = "Batch Number Counter"
    _log_access = False

    scope = fields.Char(required=True)
    company_key = fields.Integer(required=True)
    last = fields.Integer(required=True)

    _scope_company_key_uniq = models.UniqueIndex("(scope, company_key)")

    @api.model
    def _take(self, scope, company_key, count, limit, above=0):
        """Return the first of ``count`` running numbers that are now taken.

        :param str scope: what the numbers count within
        :param int company_key: id of the products' company, 0 for all
        :param int count: how many numbers to take, at least 1
        :param int limit: the highest number there may be
        :param int above: take numbers greater than this, skipping what lies between
        :return: int from 1, or None (and nothing is taken) beyond the limit
        """
        if above + count > limit:
            return None
        statement = self._take_sql(scope, company_key, count, limit, above)
        with self.env.registry.cursor() as cr, self._on_its_own(cr):
            cr.execute(statement)
            row = cr.fetchone()
        return row and row[0] - count + 1

    @api.model
    def _last(self, scope, company_key):
        """Return the last number taken within a scope, 0 if none was."""
        domain = [("scope", "=", scope), ("company_key", "=", company_key)]
        # sudo: looking at a number needs no right to read counters
        return self.sudo().search(domain).last

    @contextmanager
    def _on_its_own(self, cr):
        """Let every statement of ``cr`` commit by itself and wait, never fail.

        A test's cursor shares the test's transaction and stays as it is.
        """
        if not isinstance(cr, Cursor):
            yield
            return
        # Without BEGIN, PostgreSQL's own isolation holds: read committed.
        cr.connection.autocommit = True
        try:
            yield
        finally:
            cr.connection.autocommit = False

    def _take_sql(self, scope, company_key, count, limit, above):
        return SQL(
            """
            -- The caller's own commit carries this one to disk: nobody waits for it.
            WITH session AS (SELECT set_config('synchronous_commit', 'off', true))
            INSERT INTO stock_lot_counter AS counter (scope, company_key, last)
            SELECT %(scope)s, %(company_key)s, %(above)s + %(count)s FROM session
            ON CONFLICT (scope, company_key)
            DO UPDATE SET last = GREATEST(counter.last, %(above)s) + %(count)s
                WHERE GREATEST(counter.last, %(above)s) + %(count)s <= %(limit)s
            RETURNING last
            """,
            scope=scope,
            company_key=company_key,
            count=count,
            limit=limit,
            above=above,
        )
