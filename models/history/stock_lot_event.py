from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.history.chain import CURRENT, FORMATS, digest
from ..base.bulk_insert import insert_rows
from ..base.ids import check_one
from .exceptions import HistoryIsAppendOnlyError
from .signature import signature_of

KINDS = [
    ("disposition", "Disposition"),
    ("dates", "Dates"),
    ("number", "Number"),
    ("attribution", "Attribution"),
    ("link", "Link by hand"),
    ("operation", "Batch operation"),
    ("correction", "Correction"),
    ("properties", "Properties"),
    ("inspection", "Inspection"),
    ("recall", "Recall"),
    ("override", "Other batch than recommended"),
    ("setting", "Setting"),
]
#: What an event says. ``lot_id`` is left out: it empties when the lot goes.
CONTENT = FORMATS[CURRENT]
#: So many events of one change are written past the ORM: they are alike.
MANY = 1_000
REFUSING = "batch_tracking_refuse_change"


class StockLotEvent(models.Model):
    """Something that happened to a lot: who, when, what, from what to what, and why.

    Or to a recall, an inspection, a setting: then ``res_model`` and ``res_id`` say to
    which. Events are only ever added. Neither a person nor the system changes or
    deletes one, and ``stock.lot.event.seal`` shows if somebody did so in SQL.
    """

    _name = "stock.lot.event"
    _description = "Batch Event"
    _order = "date desc, id desc"
    _rec_name = "what"
    _log_access = False

    lot_id = fields.Many2one(
        "stock.lot", "Batch", index="btree_not_null", ondelete="set null"
    )
    lot_key = fields.Integer("Batch id", help="The batch's id, even if it is gone.")
    lot_name = fields.Char("Batch number", help="The lot's number at that time.")
    kind = fields.Selection(KINDS, required=True)
    what = fields.Char(required=True, help="What was changed, in words of that time.")
    old_value = fields.Text("Before")
    new_value = fields.Text("After")
    reason = fields.Text()
    user_id = fields.Many2one("res.users", ondelete="restrict", index=True)
    user_name = fields.Char("Who", required=True, help="The user's name at that time.")
    date = fields.Datetime("When", required=True)
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    # The recall, inspection, … that it happened to, or by
    res_model = fields.Char("Document type")
    res_id = fields.Many2oneReference("Document id", model_field="res_model")
    document = fields.Char(help="The document's name at that time.")
    # The signature
    signature = fields.Char(
        "Signed as", help="What the signature means: released, reviewed, …"
    )
    identity = fields.Char(
        "Identity checked by", help="How the person proved who they are: password, …"
    )
    digest = fields.Char(readonly=True, help="Checksum of all the above.")

    seal_number = fields.Integer(
        "Seal",
        compute="_compute_seal_number",
        help="Its place in the sealed history. 0: not sealed yet.",
    )

    _company_date_idx = models.Index("(company_id, date)")
    _document_idx = models.Index("(res_model, res_id) WHERE res_model IS NOT NULL")

    def init(self):
        """Let the database refuse what the ORM refuses: SQL slips, raw updates.

        Columns that may be added later, and ``lot_id`` when a lot goes, stay free. It
        is a railing and no lock: who owns the table can take it away.
        """
        self._refuse_changes(self._table, (*CONTENT, "digest"))

    @api.model
    def _refuse_changes(self, table, columns):
        """Have PostgreSQL refuse UPDATE of ``columns``, DELETE and TRUNCATE."""
        name = SQL.identifier(REFUSING)
        on_table = SQL.identifier(table)
        truncating = SQL.identifier(f"{REFUSING}_all")
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger AS $$
                BEGIN
                    RAISE EXCEPTION 'The history of batches is only ever added to: '
                        '%% of %% is refused.', TG_OP, TG_TABLE_NAME;
                END $$ LANGUAGE plpgsql;
                DROP TRIGGER IF EXISTS %(name)s ON %(table)s;
                DROP TRIGGER IF EXISTS %(truncating)s ON %(table)s;
                CREATE TRIGGER %(name)s BEFORE DELETE OR UPDATE OF %(columns)s
                    ON %(table)s FOR EACH ROW EXECUTE FUNCTION %(name)s();
                CREATE TRIGGER %(truncating)s BEFORE TRUNCATE
                    ON %(table)s FOR EACH STATEMENT EXECUTE FUNCTION %(name)s();
                """,
                name=name,
                truncating=truncating,
                table=on_table,
                columns=SQL(", ").join(map(SQL.identifier, columns)),
            )
        )

    def _compute_seal_number(self):
        # sudo: what is sealed, and where, is no secret to who may read the event
        seals = self.env["stock.lot.event.seal"].sudo()
        seals = seals.search([("event_key", "in", self.ids)])
        numbers = {seal.event_key: seal.number for seal in seals}
        for event in self:
            event.seal_number = numbers.get(event.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        # Nothing is left to defaults: a caller's context could carry some.
        blank = dict.fromkeys(CONTENT, False)
        # Who, when and whether it was signed are never the caller's to say.
        stamp = {
            "user_id": self.env.uid,
            "user_name": self.env.user.sudo().name,
            "date": fields.Datetime.now(),
            **signature_of(self.env),
        }
        rows = [{**blank, "lot_id": False, **vals, **stamp} for vals in vals_list]
        for row in rows:
            row["lot_key"] = row["lot_id"]
            row["digest"] = digest(self._as_stored(row))
        events = insert_rows(self, rows) if len(rows) >= MANY else super().create(rows)
        self.env["stock.lot.event.seal"]._seal_after_commit(events)
        return events

    @api.model
    def _as_stored(self, row):
        """Return the values of ``row`` as the database will have them."""
        return {
            name: self._fields[name].convert_to_cache(row[name], self, validate=False)
            for name in CONTENT
        }

    def write(self, vals):  # pylint: disable=method-required-super
        raise HistoryIsAppendOnlyError(self.env, self._name)

    # The ORM's own ways around ``write``
    def _write_multi(self, vals_list):
        raise HistoryIsAppendOnlyError(self.env, self._name)

    def unlink(self):
        # pylint: disable=no-raise-unlink,method-required-super
        raise HistoryIsAppendOnlyError(self.env, self._name)

    def copy_data(self, default=None):
        raise HistoryIsAppendOnlyError(self.env, self._name)

    @api.model
    def _note(
        self, lot, kind, what, old="", new="", *, reason="", document=None, **values
    ):
        """Return the values of an event, for ``create``.

        :param lot: stock.lot; none, if it happened to ``document`` alone
        :param str kind: one of ``KINDS``
        :param str what: what was changed, in the user's language
        :param str reason: why, in the words of who did it
        :param document: the record that it happened to or by: a recall, an inspection
        """
        company = lot.company_id or self._company_of(document) or self.env.company
        if document:
            values = {
                "res_model": document._name,
                "res_id": document.id,
                "document": document.sudo().display_name,
                **values,
            }
        return {
            "lot_id": lot.id,
            "lot_name": lot.name,
            "kind": kind,
            "what": what,
            "old_value": old,
            "new_value": new,
            "reason": reason or False,
            "company_id": company.id,
            **values,
        }

    @api.model
    def _company_of(self, document):
        if document is None or "company_id" not in document._fields:
            return None
        return document.company_id

    def action_open_document(self):
        """Open the recall, transfer, … that the event tells of."""
        check_one(self)
        self.check_access("read")
        document = self._document()
        if not document:
            raise UserError(
                self.env._("%s is not there any more.", self.document or self.what)
            )
        document.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "view_mode": "form",
        }

    def _document(self):
        """Return the record that it happened to, or None if it is gone."""
        if self.res_model not in self.env:
            return None
        return self.env[self.res_model].browse(self.res_id).exists()
