from datetime import timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import fields, models
from odoo.tools import SQL, format_date

from ...tools.answer.answers import Problem
from ...tools.figures import plain
from ...tools.words import says_something
from ..recall.kinds import CORRECTION, MOST_YEARS
from .exceptions import (
    AnswerIsEmptyError,
    AnswerOutdatedError,
    AnswerRefusedError,
    AnswerTooLateError,
)

#: Where a day begins first, before UTC.
FIRST_ZONE = timedelta(hours=14)


class Answer(NamedTuple):
    """An answer on its way in."""

    #: one of ``acknowledged``, ``told``, ``none_left`` and ``declined``
    kind: str
    #: one of ``CHANNELS``
    channel: str
    #: ``{stock.recall.consignee: Told}``; for ``acknowledged``, nothing
    told: dict
    #: which version of the recall was seen; None: the one of today
    version: int | None = None
    #: the same answer, sent twice, has the same
    key: str | None = None
    #: ``contact_name``, ``contact_function``, ``contact_phone``, ``note``
    values: dict | None = None
    #: why more than was delivered is taken all the same; for staff
    accepted_reason: str = ""


class StockRecall(models.Model):
    """Takes what consignees tell."""

    _inherit = "stock.recall"

    def _take_answer(self, partner, answer):
        """Keep an answer, and write what it tells to the rows of the consignee.

        :param partner: res.partner that answers, a site or a company
        :param answer: ``Answer``
        :return: stock.recall.answer; the one that is there if the key is known
        :raises AnswerTooLateError: if the recall is not open
        :raises AnswerOutdatedError: if another version was seen
        :raises AnswerIsEmptyError: if nothing is told
        :raises AnswerRefusedError: if it cannot be so, and nobody accepts it
        """
        self.ensure_one()
        if known := self._answer_of(partner, answer.key):
            return known
        if not self._takes_answers():
            raise AnswerTooLateError(self)
        if answer.version not in (None, self.version):
            raise AnswerOutdatedError(self, answer.version)
        if not answer.told and answer.kind != "acknowledged":
            raise AnswerIsEmptyError(self)
        rows = self.env["stock.recall.consignee"].union(*answer.told)
        self._lock_rows(rows)
        self._check_told(answer)
        # sudo: what is told is only written here, of rows that were checked before
        try:
            kept = self.sudo()._keep_answer(partner, answer)
        except UniqueViolation as error:
            # Sent twice at once: started anew, Odoo finds the one that was kept.
            raise SerializationFailure from error
        return kept.sudo(False)

    def _answer_of(self, partner, key):
        answers = self.env["stock.recall.answer"]
        if not key:
            return answers
        return answers.search(
            [
                ("recall_id", "=", self.id),
                ("partner_id", "=", partner.id),
                ("key", "=", key),
            ],
            limit=1,
        )

    def _lock_rows(self, rows):
        """Let two who answer for the same rows take turns."""
        self.env.execute_query(
            SQL(
                "SELECT id FROM stock_recall_consignee WHERE id = ANY(%s)"
                " ORDER BY id FOR NO KEY UPDATE",
                rows.ids,
            )
        )

    # -- what cannot be so

    def _check_told(self, answer):
        problems = {
            row: found
            for row, told in answer.told.items()
            if (found := self._problems_of(row, told))
            and not self._is_accepted(found, answer)
        }
        if problems:
            sentences = [
                self._problem_text(row, problem)
                for row, found in problems.items()
                for problem in found
            ]
            raise AnswerRefusedError(problems, sentences)

    def _problems_of(self, row, told):
        """Return all that cannot be in what is told of a row, as ``Problem``s."""
        problems = told.problems(row.delivered, row.returned)
        if told.corrected and self.kind != CORRECTION:
            problems.append(Problem("no_correction", "corrected"))
        if told.day and not self._first_day() <= told.day <= self._last_day():
            problems.append(Problem("no_day", "day"))
        return problems

    def _first_day(self):
        """Return the first day on which goods of this recall can be destroyed."""
        began = self.date_start or fields.Datetime.now()
        return began.date() - relativedelta(years=MOST_YEARS)

    def _last_day(self):
        """Return today, where it is latest: consignees are all over the world."""
        return (fields.Datetime.now() + FIRST_ZONE).date()

    def _is_accepted(self, problems, answer):
        """Tell whether staff takes more than was delivered, with a reason."""
        is_too_much = all(problem.kind == "too_much" for problem in problems)
        return is_too_much and says_something(answer.accepted_reason)

    def _problem_text(self, row, problem):
        """Return what is wrong, and what to do, for who answers."""
        words = {"lot": row.lot_id.name, "received": plain(row.net)}
        if problem.kind == "too_much":
            words["more"] = f"{problem.quantity:.6g}"
            return self.env._(
                "%(lot)s: that is %(more)s more than the %(received)s that you "
                "received. Correct it; if you do have more, call us.",
                **words,
            )
        if problem.kind == "before_is_more":
            return self.env._(
                "%(lot)s: more was sold or used before the notice than in all.",
                **words,
            )
        if problem.kind == "no_correction":
            return self.env._(
                "%(lot)s: nothing of this recall is corrected where it is. Say what "
                "you have as “on hand”, and wait to be told what to do with it.",
                **words,
            )
        if problem.kind == "no_day":
            first, last = self._first_day(), self._last_day()
            return self.env._(
                "%(lot)s: say the day on which it was destroyed, between %(first)s and "
                "%(last)s.",
                first=format_date(self.env, first),
                last=format_date(self.env, last),
                **words,
            )
        if problem.kind == "negative":
            return self.env._("%(lot)s: a quantity cannot be below 0.", **words)
        return self.env._("%(lot)s: write quantities in digits.", **words)

    # -- keeping

    def _keep_answer(self, partner, answer):
        kept = self.env["stock.recall.answer"].create(
            {
                "recall_id": self.id,
                "partner_id": partner.id,
                "kind": answer.kind,
                "channel": answer.channel,
                "version": self.version,
                "key": answer.key or False,
                "accepted_reason": answer.accepted_reason.strip() or False,
                "line_ids": [
                    fields.Command.create(self._prepare_answer_line(row, told))
                    for row, told in answer.told.items()
                ],
                **(answer.values or {}),
            }
        )
        for row, told in answer.told.items():
            row.sudo()._keep_told(told, kept)
        rows = self.env["stock.recall.consignee"]
        declined = [row for row, told in answer.told.items() if told.is_declined]
        if declined:
            self._open_dispute(partner, rows.union(*declined).sudo())
        rows.union(*answer.told).sudo()._ask_identity()
        self._note_answer(kept)
        return kept

    def _prepare_answer_line(self, row, told):
        values = told._asdict()
        passed_to = values.pop("passed_to")
        return {
            **values,
            "consignee_id": row.id,
            "onward_ids": [
                fields.Command.create(onward._asdict()) for onward in passed_to
            ],
        }

    def _note_answer(self, kept):
        """Leave an event, in the language of who is responsible.

        Events are for ever: who answered, and what they wrote, stand in the answer
        alone, where they can be erased.
        """
        recall = self.with_context(lang=self.user_id.lang or self.env.lang)
        [who] = recall._named_in_history(kept.partner_id)
        what = recall.env._("Answer of %s", who)
        recall._note_step(what, new=recall._answer_text(kept))

    def _answer_text(self, kept):
        kinds = dict(kept._fields["kind"]._description_selection(self.env))
        channels = dict(kept._fields["channel"]._description_selection(self.env))
        parts = [
            kinds[kept.kind],
            channels[kept.channel],
            self.env._("version %s", kept.version),
            self.env._("%s batches", len(kept.line_ids)) if kept.line_ids else "",
            kept.accepted_reason and self.env._("accepted: %s", kept.accepted_reason),
        ]
        return ", ".join(part for part in parts if part)
