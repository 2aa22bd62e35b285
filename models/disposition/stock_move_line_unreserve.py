from collections import defaultdict

from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .disposition_change import DispositionChange

OPEN = Domain("state", "not in", ("done", "cancel"))


# Thousands of lines may lose their lot at once: nothing here asks line by line.
class StockMoveLine(models.Model):
    """Takes lots out of open transfers that they may no longer serve."""

    _inherit = "stock.move.line"

    def _break_forbidden(self, domain, change=None):
        """Take out of open transfers what they may no longer take.

        The transfers look for other lots, and their people are told. Goods that
        somebody has in hand stay where they are if ``change`` says so: they cannot be
        validated, and their people are told as well.

        :param Domain domain: which lines, in all companies that the caller sees
        :param DispositionChange change: why they may no longer; keeps what was done
        """
        change = change or DispositionChange()
        lines = self.search(domain & OPEN)
        lines = lines.filtered(lambda line: not line._batch_permitted())
        left = lines.browse()
        if change.leave_touched:
            left = lines.filtered(lambda line: line._is_touched())
            left._tell_documents(
                self.env._("A batch that is already picked or packed is held"),
                lambda line: line._left_message(),
            )
        taken = lines - left
        change.note(taken, left)
        taken._take_out()

    def _is_touched(self):
        """Tell whether somebody has these goods in hand: picked, packed or printed."""
        self.ensure_one()
        return bool(self.picked or self.result_package_id or self.picking_id.printed)

    def _take_out(self):
        """Take these lines out of their transfers, which look for other lots."""
        if not self:
            return
        moves = self.move_id
        self._tell_documents(
            self.env._("Held batches were taken out"),
            lambda line: line._reservation_lost_message(),
        )
        # One message says it all: none for the state of each transfer beside it.
        quiet = self.with_context(mail_notrack=True)
        quiet._unreserve_at_once()
        quiet.unlink()
        quiet.env["stock.picking"].flush_model()
        moves.filtered("picked").picked = False
        moves._reserve_again()

    def _unreserve_at_once(self):
        """Give back what the lines have reserved, and leave them without quantity.

        Core asks the stock several times for each line that is deleted; one without
        quantity has nothing to give back.
        """
        reserving = self.filtered(
            lambda line: (
                line.quantity_product_uom
                and line.move_id
                and not line.move_id._should_bypass_reservation(line.location_id)
            )
        )
        self.flush_model()
        self.env["stock.quant"].flush_model()
        rows = self.env.execute_query(reserving._give_back_sql())
        self.env.cr.execute(
            SQL(
                "UPDATE stock_move_line SET quantity = 0, quantity_product_uom = 0"
                " WHERE id = ANY(%s)",
                self.ids,
            )
        )
        for name in ("quantity", "quantity_product_uom"):
            self._fields[name]._update_cache(self, 0.0)
        quants = self.env["stock.quant"].browse(id_ for (id_,) in rows)
        quants.invalidate_recordset(["reserved_quantity"], flush=False)
        quants.modified(["reserved_quantity"])

    def _give_back_sql(self):
        """Return the statement that takes the lines' quantities off their quants.

        Core may have more than one quant for the same goods: the first gives first.
        """
        return SQL(
            """
            WITH lost AS (
                SELECT product_id, location_id, lot_id, package_id, owner_id,
                       SUM(quantity_product_uom) AS quantity
                FROM stock_move_line WHERE id = ANY(%s) GROUP BY 1, 2, 3, 4, 5
            ), reserved AS (
                SELECT quant.id, lost.quantity AS lost,
                       SUM(quant.reserved_quantity) OVER (
                           PARTITION BY quant.product_id, quant.location_id,
                               quant.lot_id, quant.package_id, quant.owner_id
                           ORDER BY quant.id
                       ) - quant.reserved_quantity AS before
                FROM stock_quant quant
                JOIN lost ON lost.product_id = quant.product_id
                 AND lost.location_id = quant.location_id
                 AND lost.lot_id IS NOT DISTINCT FROM quant.lot_id
                 AND lost.package_id IS NOT DISTINCT FROM quant.package_id
                 AND lost.owner_id IS NOT DISTINCT FROM quant.owner_id
            )
            UPDATE stock_quant SET reserved_quantity = reserved_quantity
                - LEAST(reserved_quantity, GREATEST(lost - before, 0))
            FROM reserved WHERE reserved.id = stock_quant.id RETURNING stock_quant.id
            """,
            self.ids,
        )

    # -- telling people

    def _tell_documents(self, summary, sentence):
        """Log once on each transfer what happened to its lines, and tell its people.

        :param str summary: of the activity of who is responsible
        :param sentence: function that returns the sentence for a line
        """
        bodies = defaultdict(list)
        for line in self:
            document = line._document()
            if document:
                bodies[document].append(sentence(line))
        by_model = defaultdict(dict)
        for document, sentences in bodies.items():
            by_model[document._name][document.id] = Markup("<br/>").join(sentences)
        for model, texts in by_model.items():
            documents = self.env[model].browse(texts)
            documents._message_log_batch(bodies=texts)
            self._ask_people(documents, summary)

    def _document(self):
        """Return what people work on: the transfer or production, or False."""
        document = self.picking_id or self.move_id._get_source_document()
        return document if document and "message_ids" in document._fields else False

    def _ask_people(self, documents, summary):
        """Give each document's responsible one activity, without a mail for each."""
        if not {"user_id", "activity_ids"} <= documents._fields.keys():
            return
        quiet = documents.with_context(mail_activity_quick_update=True)
        asked = self._asked_already(documents, summary)
        for user, own_documents in quiet.grouped("user_id").items():
            new = own_documents.filtered(
                lambda document, user=user: (document.id, user.id) not in asked
            )
            if user and new:
                new.activity_schedule(
                    "mail.mail_activity_data_warning",
                    is_of_batches=True,
                    summary=summary,
                    user_id=user.id,
                )

    @api.model
    def _asked_already(self, documents, summary):
        """Return ``{(document id, user id)}`` of those who have it before them."""
        # sudo: another's activity counts, whoever may read it
        open_ones = self.env["mail.activity"].sudo()
        open_ones = open_ones.search(
            [
                ("res_model", "=", documents._name),
                ("res_id", "in", documents.ids),
                ("summary", "=", summary),
                ("is_of_batches", "=", True),
            ]
        )
        return {(activity.res_id, activity.user_id.id) for activity in open_ones}

    def _reservation_lost_message(self):
        return self.env._(
            "Batch %(lot)s of %(product)s is now “%(disposition)s”: "
            "%(quantity)s %(unit)s were taken out of this transfer.",
            **self._message_data(),
        )

    def _left_message(self):
        return self.env._(
            "Batch %(lot)s of %(product)s is now “%(disposition)s”, and %(quantity)s "
            "%(unit)s of it are picked, packed or printed here already. Take them out: "
            "this transfer cannot be validated with them.",
            **self._message_data(),
        )

    def _message_data(self):
        held = self._held()
        return {
            "lot": self.lot_id.name or "–",
            "product": self.product_id.display_name,
            "disposition": held.disposition.name if held else "",
            "quantity": self.quantity,
            "unit": self.product_uom_id.name,
        }
