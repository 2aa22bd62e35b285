"""Recalls have kinds, and states of their own."""

from odoo.tools.sql import column_exists, create_column


def migrate(cr, version):
    """Tell drills by their kind, and what was running as in progress."""
    if not version or column_exists(cr, "stock_recall", "kind"):
        return
    create_column(cr, "stock_recall", "kind", "varchar")
    cr.execute(
        "UPDATE stock_recall SET"
        " kind = CASE WHEN is_drill THEN 'drill' ELSE 'recall' END,"
        " state = CASE state WHEN 'running' THEN 'progress' ELSE state END"
    )
