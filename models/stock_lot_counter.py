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
    def _take(self, scope, company_key, count):
        """Return the first of ``count`` running numbers that are now taken.

        :param str scope: what the numbers count within
        :param int company_key: id of the products' company, 0 for all
        :param int count: how many numbers to take, at least 1
        :return: int, from 1
        """
        with self.env.registry.cursor() as cr:
            if isinstance(cr, Cursor):
                # Wait for the row, never fail on it. (A test's cursor shares a
                # transaction that has begun, and is alone.)
                cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            # The caller's own commit carries this one to disk: no need to wait for it.
            cr.execute("SET LOCAL synchronous_commit TO OFF")
            cr.execute(self._take_sql(scope, company_key, count))
            return cr.fetchone()[0] - count + 1

    def _take_sql(self, scope, company_key, count):
        return SQL(
            """
            INSERT INTO stock_lot_counter AS counter (scope, company_key, last)
            VALUES (%(scope)s, %(company_key)s, %(count)s)
            ON CONFLICT (scope, company_key)
            DO UPDATE SET last = counter.last + excluded.last
            RETURNING last
            """,
            scope=scope,
            company_key=company_key,
            count=count,
        )
