"""What happens once: right after the addon is installed, right before it goes."""

import logging

from odoo.tools import SQL

_logger = logging.getLogger(__name__)


def post_init_hook(env):
    """Bring an existing database up to date: every lot a disposition, every link.

    Both are one statement each, so that a large database does not wait.
    """
    env["stock.lot"]._fill_missing_dispositions()
    env["stock.lot.link"]._rebuild()
    for product, number, count in _duplicate_numbers(env):
        _logger.warning(
            "Product %s has %s batches numbered %s. Rename all but one and upgrade the "
            "addon: only then can the database keep numbers unique.",
            *(product, count, number),
        )


def _duplicate_numbers(env):
    """Return the numbers that several lots of one product have in one company.

    :return: ``[(product's display name, number, how many lots)]``
    """
    rows = env.execute_query(
        SQL(
            """
            SELECT product_id, name, COUNT(*)
            FROM stock_lot
            GROUP BY product_id, name, COALESCE(company_id, 0)
            HAVING COUNT(*) > 1
            """
        )
    )
    product = env["product.product"].browse
    return [(product(id_).display_name, name, count) for id_, name, count in rows]


def uninstall_hook(env):
    """Leave a database that works: lots free, products numbered as core does it."""
    env["stock.lot"].flush_model()
    env["product.template"].flush_model()
    env.cr.execute(SQL("UPDATE stock_lot SET disposition_id = NULL"))
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
    env.invalidate_all()
