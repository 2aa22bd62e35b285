"""Plans say “quarantine until inspected” by a field of that name."""

from odoo.tools import SQL
from odoo.tools.sql import column_exists, rename_column

MODULE = "batch_tracking"
MODEL = "stock.lot.inspection.plan"
OLD, NEW = "is_born_quarantined", "quarantine_until_inspected"


def migrate(cr, version):
    """Rename the field with what is stored in it and what people made of it."""
    if not version or not column_exists(cr, "stock_lot_inspection_plan", OLD):
        return
    rename_column(cr, "stock_lot_inspection_plan", OLD, NEW)
    _rename_field(cr)
    _rename_in_filters(cr)


def _rename_field(cr):
    """Keep the field's record and its XML id, which others may refer to."""
    prefix = f"field_{MODEL.replace('.', '_')}__"
    for query in (
        SQL(
            "UPDATE ir_model_fields SET name = %s WHERE model = %s AND name = %s",
            NEW,
            MODEL,
            OLD,
        ),
        SQL(
            "UPDATE ir_model_data SET name = %s"
            " WHERE module = %s AND model = 'ir.model.fields' AND name = %s",
            prefix + NEW,
            MODULE,
            prefix + OLD,
        ),
        SQL(
            "UPDATE ir_exports_line SET name = %s WHERE name = %s AND export_id IN"
            " (SELECT id FROM ir_exports WHERE resource = %s)",
            NEW,
            OLD,
            MODEL,
        ),
    ):
        cr.execute(query)


def _rename_in_filters(cr):
    """Rename it in the filters that people have saved."""
    cr.execute(
        SQL(
            """
            UPDATE ir_filters SET
                domain = REPLACE(domain, %(old)s, %(new)s),
                context = REPLACE(context, %(old)s, %(new)s),
                sort = REPLACE(sort, %(old)s, %(new)s)
            WHERE model_id = %(model)s
            """,
            old=OLD,
            new=NEW,
            model=MODEL,
        )
    )
