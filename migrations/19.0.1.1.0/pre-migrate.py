"""Stored fields have names that say what they are."""

from odoo.tools import SQL
from odoo.tools.sql import column_exists, rename_column

MODULE = "batch_tracking"
#: model -> (old name, new name)
RENAMED = {
    "stock.lot.inspection.plan": ("is_born_quarantined", "quarantine_until_inspected"),
    "stock.lot.decision": ("found", "former_dispositions"),
    "stock.removal.override": ("lot_due_id", "recommended_lot_id"),
    "stock.removal.decision": ("reads", "scanned"),
}


def migrate(cr, version):
    """Rename the fields with what is stored in them and what people made of them."""
    if not version:
        return
    for model, (old, new) in RENAMED.items():
        table = model.replace(".", "_")
        if column_exists(cr, table, old):
            rename_column(cr, table, old, new)
            _rename_field(cr, model, old, new)
            _rename_in_exports(cr, model, old, new)
            _rename_in_filters(cr, model, old, new)


def _rename_field(cr, model, old, new):
    """Keep the field's record and its XML id, which others may refer to."""
    cr.execute(
        SQL(
            "UPDATE ir_model_fields SET name = %s WHERE model = %s AND name = %s",
            new,
            model,
            old,
        )
    )
    prefix = f"field_{model.replace('.', '_')}__"
    cr.execute(
        SQL(
            "UPDATE ir_model_data SET name = %s"
            " WHERE module = %s AND model = 'ir.model.fields' AND name = %s",
            prefix + new,
            MODULE,
            prefix + old,
        )
    )


def _rename_in_exports(cr, model, old, new):
    cr.execute(
        SQL(
            "UPDATE ir_exports_line SET name = %s WHERE name = %s AND export_id IN"
            " (SELECT id FROM ir_exports WHERE resource = %s)",
            new,
            old,
            model,
        )
    )


def _rename_in_filters(cr, model, old, new):
    cr.execute(
        SQL(
            r"""
            UPDATE ir_filters SET
                domain = REGEXP_REPLACE(domain, %(old)s, %(new)s, 'g'),
                context = REGEXP_REPLACE(context, %(old)s, %(new)s, 'g'),
                sort = REGEXP_REPLACE(sort, %(old)s, %(new)s, 'g')
            WHERE model_id = %(model)s
            """,
            old=rf"\m{old}\M",
            new=new,
            model=model,
        )
    )
