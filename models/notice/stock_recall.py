from odoo import fields, models
from odoo.tools import SQL

from .exceptions import NoticesAreOutError
from .kinds import UNSENT
from .planning import hashed_joins

COLUMNS = SQL(
    "recall_id, company_id, partner_id, purpose, version, replaced_version, part, "
    "state, lang, "
    "create_uid, write_uid, create_date, write_date"
)


class StockRecall(models.Model):
    """Makes the notices: one for each consignee, of the batches that it has had.

    All at once, in SQL: there are tens of thousands. Who has a notice already gets a
    newer one only if it holds something new.
    """

    _inherit = "stock.recall"

    notice_ids = fields.One2many("stock.recall.notice", "recall_id", readonly=True)
    publication_ids = fields.One2many(
        "stock.recall.publication", "recall_id", "Public notices", readonly=True
    )

    def _after_launch(self, lots):
        result = super()._after_launch(lots)
        # sudo: only what launches and expands makes notices, and the right is checked
        self.sudo()._make_notices()
        return result

    def _clear(self, lots, reason, with_made=False):
        decisions = super()._clear(lots, reason, with_made)
        # sudo: as above
        self.sudo()._tell_cleared()
        return decisions

    def write(self, vals):
        changes = "is_by_site" in vals
        others = (
            self.filtered(lambda recall: recall.is_by_site != vals["is_by_site"])
            if changes
            else self.browse()
        )
        for recall in others.filtered(lambda recall: recall._has_told()):
            raise NoticesAreOutError(recall)
        result = super().write(vals)
        for recall in others:
            recall.sudo()._remake_notices()
        return result

    def _has_told(self):
        """Tell whether any notice has gone beyond approval, or somebody was told."""
        notices = self.env["stock.recall.notice"].sudo()
        out = ["|", ("state", "not in", UNSENT), ("attempt_ids", "!=", False)]
        return bool(
            notices.search_count([("recall_id", "in", self.ids), *out], limit=1)
        )

    def _remake_notices(self):
        """Make all notices anew: others are told now. None has gone out."""
        self.notice_ids.unlink()
        rows = self.env["stock.recall.consignee"].search(
            [("recall_id", "in", self.ids)]
        )
        rows.write({"addressee_id": False})
        self._make_notices()

    def _make_notices(self):
        """Make the notices that are missing; to be called after each expansion.

        Calling it again makes nothing: a consignee gets a newer version only for
        batches that no notice of its tells of yet. The older one becomes superseded;
        one that has not gone out takes the new batches in, and is approved again.

        :return: stock.recall.notice, the new ones
        """
        made = self.env["stock.recall.notice"]
        self.env.flush_all()
        with hashed_joins(self.env.cr):
            for recall in self:
                recall._address_consignees()
                recall._take_in()
                made |= recall._insert_notices()
        self._forget_rows()
        self.env.add_to_compute(made._fields["channel"], made)
        return made

    def _forget_rows(self):
        """Read again what was written in SQL, and what is counted from it."""
        for name in ("consignee", "notice", "notice.attempt"):
            self.env[f"stock.recall.{name}"].invalidate_model()
        self.invalidate_recordset()

    def _address_consignees(self):
        """Write down whom the notice of each row goes to."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE stock_recall_consignee row
                   SET addressee_id = CASE WHEN %(by_site)s THEN partner.id
                       ELSE COALESCE(partner.commercial_partner_id, partner.id) END
                  FROM res_partner partner
                 WHERE partner.id = row.partner_id AND row.recall_id = %(recall)s
                   AND row.addressee_id IS NULL
                """,
                by_site=bool(self.is_by_site),
                recall=self.id,
            )
        )

    def _untold_sql(self):
        """Return the query of the rows that no notice tells of: ``id`` and what of."""
        return SQL(
            """
            SELECT row.id, row.version, COALESCE(row.addressee_id, 0) AS addressee
              FROM stock_recall_consignee row
              LEFT JOIN stock_recall_lot lot
                ON lot.recall_id = row.recall_id AND lot.lot_id = row.lot_id
             WHERE row.recall_id = %s AND row.notice_id IS NULL
               AND lot.is_cleared IS NOT TRUE
            """,
            self.id,
        )

    def _take_in(self):
        """Let notices that have not gone out tell of new batches as well."""
        self.env.cr.execute(
            SQL(
                """
                WITH untold AS (%(untold)s),
                taken AS (
                    UPDATE stock_recall_consignee row SET notice_id = notice.id
                      FROM untold JOIN stock_recall_notice notice
                        ON notice.recall_id = %(recall)s
                       AND notice.purpose = 'consignee'
                       AND notice.state IN ('draft', 'approved')
                       AND COALESCE(notice.partner_id, 0) = untold.addressee
                     WHERE row.id = untold.id
                    RETURNING row.notice_id, untold.version
                )
                UPDATE stock_recall_notice notice
                   SET state = 'draft', text_id = NULL,
                       version = GREATEST(notice.version, new.version)
                  FROM (SELECT notice_id, MAX(version) AS version
                          FROM taken GROUP BY 1) new
                 WHERE notice.id = new.notice_id
                """,
                untold=self._untold_sql(),
                recall=self.id,
            )
        )

    def _insert_notices(self):
        rows = self.env.execute_query(
            SQL(
                """
                WITH untold AS (%(untold)s),
                last AS (%(last)s),
                made AS (
                    INSERT INTO stock_recall_notice (%(columns)s)
                    SELECT %(recall)s, %(company)s, NULLIF(new.addressee, 0),
                           'consignee', GREATEST(new.version, last.version + 1),
                           COALESCE(last.told, 0), 0, 'draft',
                           COALESCE(partner.lang, %(lang)s),
                           %(user)s, %(user)s, %(now)s, %(now)s
                      FROM (SELECT addressee, MAX(version) AS version
                              FROM untold GROUP BY 1) new
                      LEFT JOIN last ON last.addressee = new.addressee
                      LEFT JOIN res_partner partner ON partner.id = new.addressee
                     ORDER BY new.addressee
                    RETURNING id, COALESCE(partner_id, 0) AS addressee
                ),
                told AS (
                    UPDATE stock_recall_consignee row SET notice_id = made.id
                      FROM untold JOIN made ON made.addressee = untold.addressee
                     WHERE row.id = untold.id
                )
                SELECT id FROM made
                """,
                untold=self._untold_sql(),
                last=self._last_sql(),
                columns=COLUMNS,
                **self._sql_values(),
            )
        )
        made = self.env["stock.recall.notice"].browse(row[0] for row in rows)
        self._supersede(made)
        return made

    def _last_sql(self):
        """Return the query of the newest version of each, and of that which arrived."""
        return SQL(
            """
            SELECT COALESCE(partner_id, 0) AS addressee, MAX(version) AS version,
                   MAX(version) FILTER (WHERE notified_at IS NOT NULL) AS told
              FROM stock_recall_notice
             WHERE recall_id = %s AND purpose = 'consignee'
             GROUP BY 1
            """,
            self.id,
        )

    def _sql_values(self):
        return {
            "recall": self.id,
            "company": self.company_id.id,
            "lang": self._own_lang(),
            "user": self.env.uid,
            "now": fields.Datetime.now(),
        }

    def _own_lang(self):
        return self.company_id.partner_id.lang or self.env.lang or "en_US"

    def _supersede(self, made):
        """Let newer notices replace the older ones of the same consignee."""
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE stock_recall_notice old SET state = 'superseded'
                  FROM stock_recall_notice new
                 WHERE new.id = ANY(%(made)s) AND old.recall_id = new.recall_id
                   AND old.purpose = 'consignee' AND old.version < new.version
                   AND COALESCE(old.partner_id, 0) = COALESCE(new.partner_id, 0)
                   AND old.state <> 'superseded'
                RETURNING old.id
                """,
                made=list(made.ids),
            )
        )
        self._forget_rows()
        old = self.env["stock.recall.notice"].browse(row[0] for row in rows)
        old._stop_mails()
