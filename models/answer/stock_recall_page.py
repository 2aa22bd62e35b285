import base64
from contextlib import suppress
from math import isnan, nan

from odoo import models

from ...tools.answer.answers import TOLD
from ...tools.answer.form import (
    MOST_BYTES,
    MOST_FILES,
    TEXT,
    kind_of,
    read_day,
    read_onward,
    read_quantity,
    read_text,
)
from ...tools.answer.ledger import Told
from ...tools.figures import plain
from ..recall.kinds import CORRECTION
from .channels import PAGE
from .exceptions import AnswerIncompleteError, FileRefusedError
from .stock_recall_answering import Answer

#: The quantities that a page asks for.
QUANTITIES = (*TOLD, "not_located")
CONTACT = ("contact_name", "contact_function", "contact_phone")
ACTIONS = ("acknowledged", "told", "none_left", "declined")


class StockRecall(models.Model):
    """What the page shows to one consignee, and how what is sent back is read."""

    _inherit = "stock.recall"

    def _page_rows(self, partner, form=None):
        """Return what the page shows of each batch of a consignee.

        :param form: dict of what was typed, to show it again; else the last answer
        :return: a list of dicts: ``id``, ``lot``, ``product``, ``unit``, ``site``
            (empty if there is but one), ``received``, ``came_in``, ``has_answered``,
            ``typed`` (``{name of the field: text}``)
        """
        rows = self._rows_of(partner)
        sites = rows.partner_id
        return [
            {
                "id": row.id,
                "lot": row.lot_id.name,
                "product": row.product_id.display_name,
                "unit": row.unit_id.name,
                "site": row.partner_id.display_name if len(sites) > 1 else "",
                "received": row.net,
                "came_in": row.received_back,
                "has_answered": row.has_answered,
                "typed": self._typed(row, form),
            }
            for row in rows
        ]

    def _page_quantities(self):
        """Return what the page asks for of each batch: ``[(name, label)]``."""
        labels = [
            ("on_hand", self.env._("On hand, set apart")),
            ("used", self.env._("Sold or used")),
            ("used_before", self.env._("Of that, before the notice")),
            ("returned", self.env._("Sent back to us")),
            ("destroyed", self.env._("Destroyed")),
            ("corrected", self.env._("Corrected")),
            ("passed_on", self.env._("Passed on to others")),
            ("not_located", self.env._("Cannot be found")),
        ]
        is_correction = self.kind == CORRECTION
        return [pair for pair in labels if pair[0] != "corrected" or is_correction]

    def _page_words(self):
        """Return what the page says of a batch while people type, by how it stands.

        In their language, which their browser need not know.
        """
        return {
            "more": self.env._("%s more than you received"),
            "left": self.env._("%s left to tell of"),
            "all": self.env._("All of it is told of"),
        }

    def _typed(self, row, form):
        if form is not None:
            names = (*QUANTITIES, "method", "day", "note", "onward", "declined")
            return {name: form.get(f"{row.id}-{name}") or "" for name in names}
        if not row.has_answered:
            return {"returned": plain(row.received_back) if row.received_back else ""}
        line = row._last_line()
        typed = {name: plain(line[name]) for name in QUANTITIES if line[name]}
        onward = [
            ", ".join(filter(None, (who.name, who.email, plain(who.quantity))))
            for who in line.onward_ids
        ]
        return {
            **typed,
            "method": line.method or "",
            "day": str(line.day or ""),
            "note": line.note or "",
            "declined": "on" if line.is_declined else "",
            "onward": "\n".join(onward),
        }

    # -- what is sent back

    def _read_answer(self, partner, form, channel=PAGE):
        """Return what the page sends as an ``Answer``.

        Only rows of this consignee are read, whatever is sent.

        :param dict form: texts by name
        :raises AnswerIncompleteError: if it is not said who answers, or why declined
        """
        kind = form.get("action")
        kind = kind if kind in ACTIONS else "told"
        rows = self._rows_of(partner)
        values = {name: read_text(form.get(name)) for name in CONTACT}
        values["note"] = read_text(form.get("note"), TEXT)
        if kind in ("told", "declined") and not values["contact_name"]:
            raise AnswerIncompleteError(self, "contact_name")
        if kind == "declined" and not values["note"]:
            raise AnswerIncompleteError(self, "note")
        reading = {
            "acknowledged": lambda row: None,
            "told": lambda row: self._read_row(row, form),
            "none_left": lambda row: row._none_left(),
            "declined": lambda row: Told(is_declined=True, note=values["note"][:100]),
        }
        told = {row: reading[kind](row) for row in rows}
        return Answer(
            kind,
            channel,
            {row: each for row, each in told.items() if each is not None},
            self._read_version(form),
            read_text(form.get("key")) or None,
            values,
        )

    def _read_version(self, form):
        with suppress(ValueError):
            return int(form.get("version") or 0)
        return 0

    def _read_row(self, row, form):
        """Return what is told of a row as ``Told``, None if nothing is filled in."""
        filled = self._read_quantities(row, form)
        note = read_text(form.get(f"{row.id}-note"))
        if form.get(f"{row.id}-declined"):
            if not note:
                raise AnswerIncompleteError(self, "note", row)
            return Told(is_declined=True, note=note)
        if not filled:
            return None
        return Told(
            **filled,
            note=note,
            method=read_text(form.get(f"{row.id}-method")),
            day=read_day(form.get(f"{row.id}-day")),
            passed_to=read_onward(form.get(f"{row.id}-onward")),
        )

    @staticmethod
    def _read_quantities(row, form):
        """Return ``{name: quantity}`` of those that are filled in; nan is no number."""
        numbers = {
            name: read_quantity(form.get(f"{row.id}-{name}")) for name in QUANTITIES
        }
        return {
            name: nan if isnan(number) else number
            for name, number in numbers.items()
            if number is not None
        }

    # -- files

    def _check_files(self, files):
        """Return the files of an answer by kind, as ``(name, kind, content)``.

        :param files: a list of ``(name, content)``
        :raises FileRefusedError: for other kinds, or too many or too large ones
        """
        kinds = []
        for place, (called, content) in enumerate(files, start=1):
            name = read_text(called.replace("/", "_"), 80) or self.env._("File")
            if why := self._file_fault(place, content):
                raise FileRefusedError(self.env, name, why)
            kinds.append((name, kind_of(content), content))
        return kinds

    def _file_fault(self, place, content):
        """Return why the ``place``-th file of an answer is refused, '' if it is not."""
        if place > MOST_FILES:
            return self.env._("%s files are enough.", MOST_FILES)
        if len(content) > MOST_BYTES:
            return self.env._("it is larger than %s MB.", MOST_BYTES // 1024**2)
        if not kind_of(content):
            return self.env._("only PDF, PNG and JPG files are.")
        return ""


class StockRecallAnswer(models.Model):
    """Files that come with an answer."""

    _inherit = "stock.recall.answer"

    def _attach(self, files):
        """Keep files with the answer; they are served as downloads.

        :param files: what ``_check_files`` returns
        """
        self.ensure_one()
        if self.attachment_ids:
            return
        # sudo: visitors attach files to what they have just told
        attachments = self.env["ir.attachment"].sudo()
        self.sudo().attachment_ids = attachments.create(
            [
                {
                    "name": name,
                    "datas": base64.b64encode(content),
                    "mimetype": kind,
                    "res_model": self._name,
                    "res_id": self.id,
                }
                for name, kind, content in files
            ]
        )
