from typing import NamedTuple

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.notice.contents import missing_from
from ...tools.notice.words import NO_LIST, findings
from ..history.signature import signed
from ..recall.stock_recall_steps import APPROVED
from .exceptions import NothingToSendError, NoticeIncompleteError
from .stock_recall_contents import CONTENTS
from .stock_recall_notice_template import OWN

#: What readers of each language may be told in another one.
TRANSLATED = ("reason", "hazard", "notice_what_to_do")


class Finding(NamedTuple):
    """What is missing from the notices, or must not be said in them."""

    #: of the linter: see ``tools/notice/contents`` and ``notice_words``
    code: str
    #: a sentence for people
    text: str
    #: whether it stands in the way of approval
    blocks: bool = True


class StockRecall(models.Model):
    """A linter for notices, and their approval."""

    _inherit = "stock.recall"

    notice_findings = fields.Html(
        "To be done before approval",
        compute="_compute_notice_findings",
        sanitize=False,
    )
    notice_lacks = fields.Json(
        compute="_compute_notice_findings",
        help="Sentences on what stands in the way of approval.",
    )

    @api.depends(*sorted(CONTENTS), "notice_ids.lang", "notice_ids.state")
    @api.depends_context("lang")
    def _compute_notice_findings(self):
        for recall in self:
            found = recall._lint_notices()
            lacks = recall._asks_consignees() and [
                each.text for each in found if each.blocks
            ]
            recall.notice_lacks = lacks or False
            lines = [
                Markup("<li class='%s'>%s</li>")
                % ("text-danger" if finding.blocks else "text-muted", finding.text)
                for finding in found
            ]
            recall.notice_findings = (
                Markup("<ul class='mb-0 ps-3'>%s</ul>") % Markup("").join(lines)
                if lines
                else False
            )

    def _lint_notices(self):
        """Return what is missing and what must not be said, as ``Finding``s."""
        self.ensure_one()
        found = {}
        for lang in self._lint_languages():
            for finding in self._lint_language(lang):
                found.setdefault((finding.code, finding.text), finding)
        return list(found.values())

    def _asks_consignees(self):
        """Tell whether notices to consignees wait: only those need be complete."""
        waiting = [("state", "=", "draft"), ("purpose", "=", "consignee")]
        mine = [("recall_id", "in", self._origin.ids), *waiting]
        return bool(self.env["stock.recall.notice"].search_count(mine, limit=1))

    def _lint_languages(self):
        groups = self.env["stock.recall.notice"]._read_group(
            [
                ("recall_id", "in", self._origin.ids),
                ("purpose", "=", "consignee"),
                ("state", "!=", "superseded"),
            ],
            ["lang"],
        )
        return sorted({lang for (lang,) in groups if lang} or {self._own_lang()})

    def _lint_language(self, lang):
        kind = self._notice_kind()
        contents = self._notice_contents("consignee", lang)
        contents |= {
            "lots": self._tells_of_lots(),
            "picture": contents["has_picture"],
            "reply_link": self._answers_online() or contents["reply_mail"],
        }
        missing = missing_from(kind, contents, self.recall_class, lang)
        sentences = self._missing_sentences()
        yield from (Finding(code, sentences[code]) for code in missing)
        said = "\n".join(filter(None, (contents["hazard"], contents["reason"])))
        yield from map(self._about_word, findings(kind, lang, said))
        yield from self._untranslated(lang)

    def _tells_of_lots(self):
        """Tell whether there is a batch that a notice would name."""
        mine = Domain("recall_id", "in", self._origin.ids)
        cleared = self.env["stock.recall.lot"].search(
            mine & Domain("is_cleared", "=", True)
        )
        named = mine & Domain("lot_id", "not in", cleared.lot_id.ids)
        return bool(self.env["stock.recall.consignee"].search_count(named, limit=1))

    def _about_word(self, finding):
        if finding.code == NO_LIST:
            language = self.env["res.lang"]._get_data(code=finding.text).name
            text = self.env._(
                "Nobody has listed the words that a hazard must not be made smaller "
                "with in %s: have somebody read it.",
                language or finding.text,
            )
            return Finding(finding.code, text, blocks=False)
        return Finding(
            finding.code,
            self.env._(
                "“%s” makes the hazard sound smaller, which this notice must not.",
                finding.text,
            ),
        )

    def _untranslated(self, lang):
        """Yield what readers of ``lang`` would read in another language."""
        own = self._own_lang()
        if lang.partition("_")[0] == own.partition("_")[0] or not self._origin:
            return
        theirs, ours = self.with_context(lang=lang), self.with_context(lang=own)
        if any(self[name] and theirs[name] == ours[name] for name in TRANSLATED):
            language = self.env["res.lang"]._get_data(code=lang).name
            text = self.env._(
                "Not translated to %s, which some consignees read.", language or lang
            )
            yield Finding("untranslated", text, blocks=False)

    def _missing_sentences(self):
        """Return ``{code: what to enter}`` for all that may be missing."""
        return {
            "title": self.env._("There is no heading."),
            "date": self.env._("There is no date."),
            "product": self.env._("No product is named."),
            "brand": self.env._("Enter the brand."),
            "size": self.env._("Enter the size of a package."),
            "lots": self.env._("No batch is named: nobody has had any."),
            "hazard": self.env._("Enter the health hazard."),
            "stop_use": self.env._("The template does not say not to use them."),
            "pass_on": self.env._("The template does not ask to pass it on."),
            "what_to_do": self.env._("Enter what to do with the goods."),
            "reply_link": self.env._("Enter an e-mail address of the company."),
            "reply_by": self.env._("Enter until when they must answer."),
            "contact": self.env._("Enter whom they can ask, with phone and hours."),
            "contact_24h": self.env._("Enter a contact that answers at any hour."),
            "urgent": self.env._("The heading must say URGENT."),
            "heading": self.env._(
                "The heading must be the one that the law names, in that language."
            ),
            "picture": self.env._("Add a picture of the goods."),
            "remedies": self.env._("Choose what consumers get: two remedies at least."),
            "second_remedy": self.env._("Choose a second remedy, or say why none."),
            "consumer_line": self.env._("Enter a phone number or an online service."),
            "sharing": self.env._("The template does not ask to share the notice."),
        }

    # -- approving

    @signed(lambda recall: recall.env._("Notices approved"))
    def action_approve_notices(self):
        """Approve all notices that wait for it.

        :raises NoticeIncompleteError: naming each thing that is missing or must not be
            said
        """
        self.ensure_one()
        self._check_may_recall()
        self.check_access("write")
        # sudo: notices are changed by nothing else, and the right is checked
        notices = self.sudo().env["stock.recall.notice"]
        drafts = notices.search([("recall_id", "=", self.id), ("state", "=", "draft")])
        if not drafts:
            raise NothingToSendError(self, self.env._("No notice waits for approval."))
        purposes = set(drafts.mapped("purpose"))
        blocking = (
            [finding for finding in self._lint_notices() if finding.blocks]
            if "consignee" in purposes
            else []
        )
        if blocking:
            raise NoticeIncompleteError(self, blocking)
        self.sudo()._approve(drafts)
        self._note_step(
            self.env._("Notices approved"),
            new=self._how_many(drafts),
            reason="\n\n".join(sorted(set(drafts.text_id.mapped("title")))),
        )

    def _part_of(self, user):
        """Whoever has approved what consignees were told last does not close it."""
        part = super()._part_of(user)
        return max(part, APPROVED) if user in self._approvers() else part

    def _approvers(self):
        """Return who has approved the notices of the present version."""
        approved = self.env["stock.recall.notice"]._read_group(
            [
                ("recall_id", "=", self.id),
                ("version", "=", self.version),
                ("purpose", "=", "consignee"),
                ("text_id", "!=", False),
            ],
            ["text_id"],
        )
        return self.env["res.users"].union(*(text.user_id for (text,) in approved))

    def _not_second_text(self, part):
        if part != APPROVED:
            return super()._not_second_text(part)
        return self.env._(
            "Closing needs a second person: you approved its notices, another recall "
            "manager closes it."
        )

    def _approve(self, drafts):
        own = self._own_lang()
        drafts.filtered(lambda notice: not notice.lang).lang = own
        texts = self.env["stock.recall.notice.text"].create(
            [
                self._prepare_text(purpose, lang)
                for purpose, lang in sorted(
                    {(notice.purpose, notice.lang) for notice in drafts}
                )
            ]
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE stock_recall_notice notice
                   SET state = 'approved', text_id = text.id
                  FROM stock_recall_notice_text text
                 WHERE notice.id = ANY(%s) AND text.id = ANY(%s)
                   AND text.purpose = notice.purpose AND text.lang = notice.lang
                """,
                list(drafts.ids),
                list(texts.ids),
            )
        )
        self._forget_rows()

    def _prepare_text(self, purpose, lang):
        contents = self._notice_contents(purpose, lang)
        return {
            "recall_id": self.id,
            "purpose": purpose,
            "lang": lang,
            "title": contents["title"].replace(OWN, contents["product"]),
            "contents": contents,
            "user_id": self.env.uid,
            "date": fields.Datetime.now(),
        }

    def _how_many(self, notices):
        return self.env._(
            "%(count)s of version %(version)s", count=len(notices), version=self.version
        )
