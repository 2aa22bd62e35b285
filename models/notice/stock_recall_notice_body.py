from odoo import api, fields, models
from odoo.tools import format_date

from .stock_recall_contents import CONTENTS

BODY = "batch_tracking.recall_notice_body"
#: What the text of a notice comes from, until it is approved.
SAID = (
    "text_id",
    "lang",
    "purpose",
    *(f"recall_id.{name}" for name in sorted(CONTENTS)),
)


class StockRecallNotice(models.Model):
    """How a notice reads: the approved text, and the batches of its consignee."""

    _inherit = "stock.recall.notice"

    body = fields.Html("As it reads", compute="_compute_body", sanitize=False)
    title = fields.Char(compute="_compute_title")

    @api.depends(*SAID)
    def _compute_title(self):
        for notice in self:
            local = notice.with_context(lang=notice.lang)
            notice.title = local._named(local._said(), local.sudo()._rows())["title"]

    @api.depends(*SAID, "line_ids", "state", "version")
    def _compute_body(self):
        for notice in self:
            notice.body = notice.with_context(lang=notice.lang)._render_body()

    def _said(self):
        """Return the contents: as approved, else as they stand now."""
        self.ensure_one()
        # sudo: the texts of a recall are read with the notice
        text = self.sudo().text_id
        if text:
            return text.contents
        return self.sudo().recall_id._notice_contents(self.purpose, self.lang)

    def _named(self, said, rows):
        """Return the contents, naming the products of the notice's own rows."""
        names = list(dict.fromkeys(row["product"] for row in rows))
        # sudo: how names are put together is no secret
        return self.sudo().recall_id._naming(said, names)

    def _render_body(self, answer_url="", wave=0):
        """Return the notice as HTML; everything in it is escaped.

        :param str answer_url: where one answers
        :param int wave: which reminder it is, 0 for none
        """
        return self._written(self._said(), answer_url, wave)[1]

    def _written(self, said, answer_url, wave):
        """Return the heading as text and the notice as HTML, as ``_render_body``.

        :param dict said: its contents, which are read once for many notices
        """
        values = self._body_values()
        named = self._named(said, values["rows"])
        values |= {"said": named, "answer_url": answer_url, "wave": wave}
        body = self.env["ir.qweb"]._render(BODY, values, minimal_qcontext=True)
        return named["title"], body

    def _body_values(self):
        # sudo: who may read the notice may read whom and what it tells of
        notice = self.sudo()
        rows = notice._rows()
        for row in rows:
            row["amount"] = self._amount(row["quantity"])
            row["day"] = format_date(self.env, row["date"]) if row["date"] else ""
        return {
            "rows": rows,
            "has_sites": any(row["site"] for row in rows),
            "has_days": any(row["day"] for row in rows),
            "has_supplier_lots": any(row["supplier_lot"] for row in rows),
            "recall_name": notice.recall_id.name,
            "purpose": notice.purpose,
            "version": notice.version,
            "older": notice.replaced_version,
            "told_on": format_date(self.env, notice.notified_at)
            if notice.notified_at
            else "",
        }

    def _amount(self, quantity):
        """Return a quantity as people write it, without needless zeros."""
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        language = self.env["res.lang"]._get_data(code=self.env.lang)
        text = f"{quantity:.{digits}f}"
        if digits:
            text = text.rstrip("0").rstrip(".")
        return text.replace(".", language.decimal_point or ".")
