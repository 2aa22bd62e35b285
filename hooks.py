"""What happens once: right after the addon is installed, right before it goes."""

import logging

from odoo.tools import SQL

from .models.history.stock_lot_event import REFUSING

_logger = logging.getLogger(__name__)
ADDON = "batch_tracking"


def post_init_hook(env):
    """Bring a database up to date: dispositions, costs and origins of lots, all links.

    These are one statement each, so that a large database does not wait. What may be
    done with what is there stays as it is, until somebody decides about its dates.
    """
    env["stock.lot"]._require_disposition()
    env["stock.lot"]._leave_dates_undecided()
    env["ir.cron"]._begin_expiry_tonight()
    env["stock.lot"]._fill_unit_costs()
    env["stock.lot"]._fill_origins()
    env["stock.lot.link"]._rebuild()


def uninstall_hook(env):
    """Leave a database that works: lots free, products numbered as core does it.

    Our to-dos on transfers and lots go; who loses a removal strategy is in the log.
    """
    lost = env["product.removal"]._lost_on_uninstall()
    if lost:
        _logger.warning("Choose another removal strategy for:\n%s", lost)
    env["mail.activity"].search([("is_of_batches", "=", True)]).unlink()
    env["stock.lot"].flush_model()
    env["product.template"].flush_model()
    env["stock.lot"]._allow_no_disposition()
    env.cr.execute(SQL("UPDATE stock_lot SET disposition_id = NULL"))
    _number_as_core_does(env)
    for model in (env["res.company"], env["product.category"]):
        # what refers to a retention would keep it from going
        model.flush_model()
        table = SQL.identifier(model._table)
        env.cr.execute(SQL("UPDATE %s SET batch_retention_id = NULL", table))
    _let_go_of_data(env)
    # With it go the triggers that keep the history as it is.
    env.cr.execute(
        SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(REFUSING))
    )
    env.invalidate_all()


def _number_as_core_does(env):
    """Give products without a pattern of ours the sequence that core gives them."""
    patterned = env["ir.sequence"].search([("batch_pattern", "!=", False)])
    default = env.ref("stock.sequence_production_lots", raise_if_not_found=False)
    env.cr.execute(
        SQL(
            "UPDATE product_template SET lot_sequence_id = %s"
            " WHERE lot_sequence_id = ANY(%s)",
            default and default.id,
            patterned.ids,
        )
    )


def _let_go_of_data(env):
    """Let the records that the addon brought go before the tables that name them.

    Odoo deletes records with an XML id first, one by one, and logs what keeps each.
    """
    rows = env.execute_query(
        SQL(
            """
            SELECT naming.relname, conname FROM pg_constraint
            JOIN pg_class naming ON naming.oid = conrelid
            JOIN pg_class named ON named.oid = confrelid
            WHERE contype = 'f' AND named.relname = ANY(%s)
            """,
            _tables_of_data(env),
        )
    )
    for table, constraint in rows:
        env.cr.execute(
            SQL(
                "ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s",
                SQL.identifier(table),
                SQL.identifier(constraint),
            )
        )


def _tables_of_data(env):
    """Return the tables of our own models of which the addon brought records."""
    brought = env["ir.model.data"]._read_group([("module", "=", ADDON)], ["model"])
    models = [env[model] for (model,) in brought if model in env]
    return [
        model._table
        for model in models
        if model._original_module == ADDON and not model._abstract
    ]
