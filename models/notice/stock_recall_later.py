from odoo import models
from odoo.tools import SQL

from .exceptions import NothingToSendError
from .kinds import UNSENT
from .stock_recall import COLUMNS


class StockRecall(models.Model):
    """Notices that are made later: to suppliers, at the end, to who was cleared."""

    _inherit = "stock.recall"

    def _insert_later(self, purpose, addressees):
        """Make notices of another purpose for all of a query's ``addressee``.

        :param SQL addressees: a query of partners' ids, 0 for none
        :return: stock.recall.notice, the new ones
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO stock_recall_notice (%(columns)s)
                SELECT %(recall)s, %(company)s, NULLIF(new.addressee, 0), %(purpose)s,
                       %(version)s, 0, %(part)s, 'draft',
                       COALESCE(partner.lang, %(lang)s),
                       %(user)s, %(user)s, %(now)s, %(now)s
                  FROM (%(addressees)s) new
                  LEFT JOIN res_partner partner ON partner.id = new.addressee
                 ORDER BY new.addressee
                RETURNING id
                """,
                columns=COLUMNS,
                purpose=purpose,
                version=self.version,
                part=self._next_part(purpose),
                addressees=addressees,
                **self._sql_values(),
            )
        )
        self._forget_rows()
        made = self.env["stock.recall.notice"].browse(row[0] for row in rows)
        self.env.add_to_compute(made._fields["channel"], made)
        return made

    def _next_part(self, purpose):
        notices = self.env["stock.recall.notice"]
        of_purpose = [("recall_id", "=", self.id), ("purpose", "=", purpose)]
        last = notices._read_group(of_purpose, [], ["part:max"])[0][0]
        return (last or 0) + 1

    def action_tell_suppliers(self):
        """Make notices for those who supplied the suspect batches."""
        self.ensure_one()
        self._check_may_recall()
        self.check_access("write")
        suppliers = self.lot_ids.filtered(lambda line: not line.level)
        suppliers = suppliers.lot_id.sudo().supplier_id
        told = self.sudo().notice_ids.filtered(lambda n: n.purpose == "supplier")
        missing = suppliers - told.partner_id
        if not missing:
            raise NothingToSendError(
                self,
                self.env._(
                    "No supplier is left to be told: enter on the suspect batches who "
                    "supplied them."
                ),
            )
        ids = SQL("SELECT UNNEST(%s) AS addressee", missing.ids)
        # sudo: notices are made by nothing else, and the right is checked
        made = self.sudo()._insert_later("supplier", ids)
        self._note_step(
            self.env._("Notices for suppliers made"),
            new=", ".join(missing.mapped("display_name")),
        )
        return self._open_notices(made.sudo(False))

    def action_tell_end(self):
        """Make notices that the recall is over, for all who were told of it."""
        self.ensure_one()
        self._check_may_recall()
        self.check_access("write")
        # sudo: as above
        made = self.sudo()._tell_end()
        if not made:
            raise NothingToSendError(
                self, self.env._("Nobody is left to be told that the recall is over.")
            )
        return self._open_notices(made.sudo(False))

    def _tell_end(self):
        """Make the notices that it is over; who has one gets no other.

        :return: stock.recall.notice, the new ones; they wait for approval
        """
        told = SQL(
            """
            SELECT COALESCE(partner_id, 0) AS addressee FROM stock_recall_notice
             WHERE recall_id = %(recall)s AND purpose = 'consignee'
               AND notified_at IS NOT NULL
            EXCEPT
            SELECT COALESCE(partner_id, 0) FROM stock_recall_notice
             WHERE recall_id = %(recall)s AND purpose = 'closeout'
            """,
            recall=self.id,
        )
        made = self._insert_later("closeout", told)
        if made:
            what = self.env._("Notices that the recall is over made")
            self._note_step(what, new=str(len(made)))
        return made

    def _after_close(self):
        result = super()._after_close()
        if not self.is_drill:
            # sudo: notices are made by nothing else, and the right is checked
            self.sudo()._tell_end()
        return result

    def _next_steps(self):
        return [*super()._next_steps(), *self._end_notices()]

    def _end_notices(self):
        """Say that those who were told of a closed recall do not know that it is."""
        if self.state != "closed" or self.is_drill:
            return []
        if not (waiting := self._unsent_end_count()):
            return []
        text = self.env._(
            "%s who were told of the recall do not know yet that it is over: approve "
            "and send their notices.",
            waiting,
        )
        show = {"name": "action_open_end", "label": self.env._("Show")}
        actions = [{**show, "style": "btn-secondary"}]
        return [{"text": text, "level": "warning", "actions": actions}]

    def _unsent_end_count(self):
        """Return how many notices that it is over have not been sent."""
        states = self.env["stock.recall.notice"]._read_group(
            [("recall_id", "=", self.id), ("purpose", "=", "closeout")],
            ["state"],
            ["__count"],
        )
        return sum(count for state, count in states if state in UNSENT)

    def action_open_end(self):
        """Open the notices that the recall is over."""
        self.ensure_one()
        return self._open_notices(domain=[("purpose", "=", "closeout")])

    def _ask_again(self, lots, is_new):
        result = super()._ask_again(lots, is_new)
        rows = self._consignees_of_lots(lots)
        unsent = rows.cleared_notice_id.filtered(lambda n: n.state in UNSENT)
        heard = rows.filtered(
            lambda row: row.cleared_notice_id and row.cleared_notice_id not in unsent
        )
        never_told = rows.filtered(
            lambda row: (
                row.notice_id.state == "superseded" and not row.notice_id.notified_at
            )
        )
        rows.cleared_notice_id = False
        # Who has heard that it is cleared, or has heard nothing, gets a notice anew.
        (heard | never_told).notice_id = False
        unsent._drop_empty()
        return result

    def _tell_cleared(self):
        """Make notices for those who were told of batches that are cleared now.

        To be called after batches were cleared. A notice that has not gone out and
        tells of nothing else any more is superseded.

        :return: stock.recall.notice, the new ones
        """
        self.ensure_one()
        rows = self.env["stock.recall.consignee"].search(
            [
                ("recall_id", "=", self.id),
                ("notice_id", "!=", False),
                ("cleared_notice_id", "=", False),
                (
                    "lot_id",
                    "in",
                    self.lot_ids.filtered("is_cleared").lot_id.ids,
                ),
            ]
        )
        told = rows.filtered(lambda row: row.notice_id.state not in UNSENT)
        (rows - told).notice_id._drop_empty()
        if not told:
            return self.env["stock.recall.notice"]
        ids = list({row.addressee_id.id or 0 for row in told})
        made = self._insert_later("cleared", SQL("SELECT UNNEST(%s) AS addressee", ids))
        by_partner = {notice.partner_id: notice for notice in made}
        for partner, group in told.grouped("addressee_id").items():
            group.cleared_notice_id = by_partner[partner]
        return made
