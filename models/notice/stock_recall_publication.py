import base64
import secrets

from odoo import api, fields, models
from odoo.tools import SQL

from .exceptions import NothingToPublishError, NoticeIncompleteError, PublishedError

PAGE = "batch_tracking.recall_public_notice"
PDF = "batch_tracking.report_recall_publication"
CHANNELS = [
    ("site", "Our own site"),
    ("shop", "Notice in shops"),
    ("press", "Press"),
    ("social", "Social media"),
    ("newsletter", "Newsletter"),
    ("other", "Other"),
]
#: What stays as it was when it was published.
FROZEN = {"recall_id", "channel", "access", "lang", "html", "pdf", "token", "title"}
WRITTEN = {"html", "pdf", "token", "date_from", "date_to", "title", "user_id"}


class StockRecallPublication(models.Model):
    """A notice to the public: where it stood, from when to when, and what it said.

    On our own site it is a page without a log-in, frozen when it is published; no
    consignee is named. Elsewhere people note the place, and keep a picture of it.
    """

    _name = "stock.recall.publication"
    _description = "Public Notice"
    _order = "recall_id desc, id desc"
    _rec_name = "title"

    recall_id = fields.Many2one(
        "stock.recall", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="recall_id.company_id", store=True)
    channel = fields.Selection(CHANNELS, "Where", default="site", required=True)
    access = fields.Selection(
        [("link", "Who has the link"), ("open", "Everybody")],
        default="open",
        required=True,
        help="A link that nobody can guess, which search engines do not list; or an "
        "address that everybody may know.",
    )
    lang = fields.Selection(
        "_selection_lang", "Language", default=lambda self: self.env.lang, required=True
    )
    title = fields.Char(readonly=True)
    url = fields.Char("Address", help="Where it stands: a web page, a newspaper, …")
    note = fields.Char()
    picture = fields.Binary("Picture of it", attachment=True)
    picture_name = fields.Char()
    date_from = fields.Datetime("Published", readonly=True)
    date_to = fields.Datetime("Withdrawn", readonly=True)
    user_id = fields.Many2one(
        "res.users", "Published by", readonly=True, ondelete="restrict"
    )
    token = fields.Char(
        readonly=True, copy=False, groups="batch_tracking.group_recall_manager"
    )
    html = fields.Html("As it reads", readonly=True, sanitize=False, copy=False)
    pdf = fields.Binary("PDF", readonly=True, attachment=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")],
        compute="_compute_state",
        store=True,
    )

    _token_uniq = models.UniqueIndex("(token) WHERE token IS NOT NULL")

    @api.model
    def _selection_lang(self):
        return self.env["res.lang"].get_installed()

    @api.depends("date_from", "date_to")
    def _compute_state(self):
        for publication in self:
            if not publication.date_from:
                publication.state = "draft"
            else:
                publication.state = "withdrawn" if publication.date_to else "published"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(WRITTEN & vals.keys() for vals in vals_list):
            raise PublishedError(self.env)
        return super().create(vals_list)

    def write(self, vals):
        is_out = any(publication.date_from for publication in self)
        kept = WRITTEN | FROZEN if is_out else WRITTEN
        if not self.env.su and kept & vals.keys():
            raise PublishedError(self.env)
        return super().write(vals)

    def action_publish(self):
        """Freeze what it says, and show it; elsewhere, note that it stands there.

        :raises NoticeIncompleteError: where something is missing for the authority
        """
        self.ensure_one()
        recall = self._check_may_publish()
        if self.date_from:
            raise PublishedError(self.env)
        blocking = [finding for finding in recall._lint_notices() if finding.blocks]
        if blocking:
            raise NoticeIncompleteError(recall, blocking)
        # sudo: what is published is written by nothing else, and the right is checked
        self.sudo()._publish()
        recall._note_step(
            self.env._("Public notice published"), new=self.url or self.title
        )

    def action_withdraw(self):
        """Take it off: the page is gone, the record of it stays."""
        self.ensure_one()
        recall = self._check_may_publish()
        if self.state != "published":
            raise PublishedError(self.env)
        # sudo: as above
        self.sudo().date_to = fields.Datetime.now()
        recall._note_step(
            self.env._("Public notice withdrawn"), old=self.url or self.title
        )

    def _check_may_publish(self):
        self.env["stock.recall"]._check_may_recall()
        self.check_access("write")
        recall = self.recall_id
        if recall.is_drill:
            raise NothingToPublishError(recall)
        return recall

    def _publish(self):
        recall = self.recall_id.with_context(lang=self.lang)
        products = self._products()
        said = recall._notice_contents("consignee", self.lang)
        said = recall._naming(said, [name for name, _numbers in products])
        values = {
            "title": said["title"],
            "date_from": fields.Datetime.now(),
            "user_id": self.env.uid,
            "html": self._render_page(said, products),
        }
        if self.channel == "site":
            values["token"] = secrets.token_urlsafe(24)
        self.write(values)
        if self.channel == "site":
            self.url = f"{self.recall_id.get_base_url()}{self._path()}"
            self.pdf = self._print()

    def _path(self):
        """Return the path of its page, below the address of the company's site."""
        if self.access == "link":
            return f"/recall/notice/{self.token}"
        return f"/recall/{self.id}"

    def _render_page(self, said, products):
        values = {
            "said": said,
            "products": products,
            "recall_name": self.recall_id.name,
            "picture": self._picture(),
        }
        qweb = self.env["ir.qweb"].with_context(lang=self.lang)
        return qweb._render(PAGE, values, minimal_qcontext=True)

    def _picture(self):
        picture = self.recall_id.with_context(bin_size=False).notice_picture
        if not picture:
            return ""
        data = picture.decode() if isinstance(picture, bytes) else picture
        return f"data:image/png;base64,{data}"

    def _products(self):
        """Return ``[(product's name, [batch numbers])]`` of all that was delivered."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lot.product_id, ARRAY_AGG(DISTINCT lot.name ORDER BY lot.name)
                  FROM stock_recall_consignee row
                  JOIN stock_lot lot ON lot.id = row.lot_id
                  LEFT JOIN stock_recall_lot line
                    ON line.recall_id = row.recall_id AND line.lot_id = row.lot_id
                 WHERE row.recall_id = %s AND line.is_cleared IS NOT TRUE
                 GROUP BY 1 ORDER BY 1
                """,
                self.recall_id.id,
            )
        )
        products = self.env["product.product"].with_context(lang=self.lang)
        return [
            (products.browse(product).display_name, names) for product, names in rows
        ]

    def _print(self):
        """Return it as PDF, or nothing where no program makes one."""
        reports = self.env["ir.actions.report"]
        if reports.get_wkhtmltopdf_state() not in ("ok", "workers"):
            return False
        content, _kind = reports._render_qweb_pdf(PDF, self.ids)
        return base64.b64encode(content)

    @api.model
    def _published(self, token="", publication_id=0):
        """Return the page that a visitor asks for, if it is there to be seen.

        :param str token: of one that only who has the link sees
        :param int publication_id: of one that everybody sees
        """
        # sudo: what is published is for everybody
        pages = self.sudo()
        shown = [("channel", "=", "site"), ("state", "=", "published")]
        if token:
            return pages.search(
                [*shown, ("access", "=", "link"), ("token", "=", token)]
            )
        return pages.search(
            [*shown, ("access", "=", "open"), ("id", "=", publication_id)]
        )
