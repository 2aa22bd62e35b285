"""To-dos of the version before are known as ours, so that they go with the app."""

from odoo.tools import SQL

WARNING, TO_DO = "mail.mail_activity_data_warning", "mail.mail_activity_data_todo"
#: What that version wrote, in English alone: (type, model, summary). Without a model,
#: it was on transfers and on whatever else moves goods.
SUMMARIES = (
    (TO_DO, "stock.lot", "Remove expired batch"),
    (WARNING, None, "Held batches were taken out"),
    (WARNING, None, "A batch that is already picked or packed is held"),
    (WARNING, "stock.picking", "A held batch was sold at the till"),
)


def migrate(cr, version):
    """Mark the to-dos that tell by type, summary and document whose they are."""
    if not version:
        return
    for xml_id, model, summary in SUMMARIES:
        module, name = xml_id.split(".")
        cr.execute(
            SQL(
                """
                UPDATE mail_activity SET is_of_batches = TRUE
                WHERE summary = %(summary)s AND is_of_batches IS NOT TRUE
                  AND res_model <> ALL(%(elsewhere)s)
                  AND COALESCE(res_model = %(model)s, TRUE)
                  AND activity_type_id = (
                    SELECT res_id FROM ir_model_data
                    WHERE module = %(module)s AND name = %(name)s)
                """,
                summary=summary,
                model=model,
                elsewhere=[] if model else ["stock.lot", "stock.lot.decision"],
                module=module,
                name=name,
            )
        )
