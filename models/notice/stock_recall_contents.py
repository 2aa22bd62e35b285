from odoo import fields, models
from odoo.tools import SQL, format_date

from ...tools.notice.contents import HEADINGS, URGENT, URGENT_CLASSES
from .exceptions import NoticesWaitError
from .kinds import KIND_OF_AUTHORITY, NEUTRAL
from .stock_recall_notice_template import OWN, TEXTS

#: More products are counted in a heading, and stand in the table.
MOST_NAMES = 3
REMEDIES = ("repair", "replacement", "refund")
#: Languages in which nouns begin with a capital within a sentence.
CAPITAL_NOUNS = ("de", "lb")
#: Fields that a notice prints, beside those of the recall itself.
WORDS = (
    "notice_title",
    "notice_goods",
    "notice_brand",
    "notice_size",
    "notice_code_place",
    "notice_dates",
    "notice_sold",
    "notice_symptoms",
    "notice_recognise",
    "notice_what_to_do",
    "notice_contact",
    "notice_contact_24h",
    "notice_consumer_phone",
    "notice_online_service",
    "notice_single_remedy",
)
CONTENTS = {
    "reason",
    "hazard",
    "authority",
    "recall_class",
    "notice_reply_by",
    "notice_picture",
    *WORDS,
    *(f"notice_{remedy}" for remedy in REMEDIES),
}


class StockRecall(models.Model):
    """What the notices say: the answers that a recall manager gives.

    Changing one takes approval back from notices that have not gone out.
    """

    _inherit = "stock.recall"

    # Consignees read them in their own language.
    reason = fields.Text(translate=True)
    hazard = fields.Text(translate=True)
    notice_title = fields.Char(
        "Heading", translate=True, help="Empty: the heading of the template."
    )
    notice_goods = fields.Char(
        "Kind of goods",
        translate=True,
        help="As in “URGENT: food recall”: food, drug, device, …",
    )
    notice_brand = fields.Char("Brand", translate=True)
    notice_size = fields.Char(
        "Size", translate=True, help="Of a package, such as 50 g or 12 × 0.5 l."
    )
    notice_code_place = fields.Char(
        "Where the batch number is", translate=True, help="On the goods, in words."
    )
    notice_dates = fields.Char(
        "Dates on the goods", translate=True, help="All best before up to and incl. …"
    )
    notice_sold = fields.Char(
        "Sold", translate=True, help="Where, when and by whom it was sold."
    )
    notice_symptoms = fields.Text(
        "Symptoms", translate=True, help="What one notices, and after what time."
    )
    notice_recognise = fields.Text(
        "How to recognise it", translate=True, help="How a bad piece shows."
    )
    notice_what_to_do = fields.Text(
        "What to do with it",
        translate=True,
        help="Return it, how and at whose cost; or destroy it, with which proof.",
    )
    notice_reply_by = fields.Date("Answer until")
    notice_contact = fields.Char(
        "Contact", translate=True, help="Name, phone and hours of the office."
    )
    notice_contact_24h = fields.Char("Contact at any hour", translate=True)
    notice_consumer_phone = fields.Char("Phone for consumers", translate=True)
    notice_online_service = fields.Char("Online service", translate=True)
    notice_repair = fields.Boolean("Repair")
    notice_replacement = fields.Boolean("Replacement")
    notice_refund = fields.Boolean("Refund")
    notice_single_remedy = fields.Char(
        "Why no choice",
        translate=True,
        help="Why consumers cannot choose between two remedies at least.",
    )
    notice_picture = fields.Image("Picture", max_width=1024, max_height=1024)

    def _editable_fields(self):
        return super()._editable_fields() | CONTENTS

    def _as_text(self, name):
        if self._fields[name].type == "binary":
            return self.env._("a picture") if self[name] else ""
        return super()._as_text(name)

    def write(self, vals):
        result = super().write(vals)
        if CONTENTS & vals.keys():
            self._take_approval_back()
        return result

    def _take_approval_back(self):
        """Have notices approved again whose contents change.

        :raises NoticesWaitError: while some are being sent
        """
        # sudo: whoever may change the contents changes what notices say by that alone
        notices = self.env["stock.recall.notice"].sudo()
        mine = [("recall_id", "in", self.ids), ("purpose", "=", "consignee")]
        waiting = notices.search([*mine, ("state", "=", "queued")], limit=1)
        if waiting:
            raise NoticesWaitError(waiting.recall_id)
        approved = notices.search([*mine, ("state", "=", "approved")])
        approved.write({"state": "draft", "text_id": False})

    # -- what they say, in one language

    def _notice_kind(self):
        """Return the kind of notice that the authority asks for."""
        return KIND_OF_AUTHORITY.get(self.authority, NEUTRAL)

    def _notice_contents(self, purpose="consignee", lang=None):
        """Return what notices of a purpose say, as texts by code.

        The codes are those of ``tools/notice/contents``, and some more that a
        notice prints where there are any. The sentences of the template still hold
        ``OWN``: each notice names its consignee's own products there.

        :param str lang: code of the language; the company's own if not given
        """
        self.ensure_one()
        lang = lang or self._own_lang()
        recall = self.with_context(lang=lang)
        template = recall.env["stock.recall.notice.template"]._for(
            self._notice_kind(), purpose
        )
        places = recall._places()
        said = {name: template._filled(name, places) for name in TEXTS}
        if purpose == "consignee":
            said |= recall._said_of_goods(said)
        return {
            **said,
            "kind": template.authority or NEUTRAL,
            "company": self.company_id.name,
            "product": recall._product_names(),
            "reason": recall.reason or "",
            "reply_mail": self._reply_mail(),
            "contact": recall.notice_contact or "",
            "contact_24h": recall.notice_contact_24h or "",
            "date": format_date(recall.env, fields.Date.context_today(recall)),
        }

    def _said_of_goods(self, said):
        """Return what a notice says of the goods, the hazard and what to do."""
        return {
            "title": self.notice_title or said["title"],
            "brand": self.notice_brand or "",
            "size": self.notice_size or "",
            "code_place": self.notice_code_place or "",
            "date_ranges": self.notice_dates or "",
            "sold": self.notice_sold or "",
            "hazard": self.hazard or "",
            "symptoms": self.notice_symptoms or "",
            "recognise": self.notice_recognise or "",
            "what_to_do": self.notice_what_to_do or "",
            "reply_by": self._reply_by(),
            "consumer_phone": self.notice_consumer_phone or "",
            "online_service": self.notice_online_service or "",
            "remedies": self._remedies(),
            "single_remedy_reason": self.notice_single_remedy or "",
            "has_picture": bool(self.notice_picture),
        }

    def _places(self):
        """Return what is filled into the sentences of templates."""
        lang = (self.env.lang or "en").partition("_")[0]
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        kind = kinds.get("recall" if self.is_drill else self.kind, "")
        is_urgent = self.recall_class in URGENT_CLASSES
        return {
            "company": self.company_id.name,
            "goods": self.notice_goods or self.env._("product"),
            "heading": HEADINGS.get(lang, HEADINGS["en"]),
            "kind": kind if lang in CAPITAL_NOUNS else kind.lower(),
            "recall": self.name,
            "reply_by": self._reply_by(),
            "urgent": f"{URGENT}: " if is_urgent else "",
        }

    def _reply_by(self):
        day = self.notice_reply_by
        return format_date(self.env, day, date_format="long") if day else ""

    def _remedies(self):
        names = {
            "repair": self.env._("repair"),
            "replacement": self.env._("replacement"),
            "refund": self.env._("refund"),
        }
        return [names[remedy] for remedy in REMEDIES if self[f"notice_{remedy}"]]

    def _reply_mail(self):
        """Return the address that answers by mail go to."""
        company = self.company_id
        return company.catchall_email or self.user_id.email or company.email or ""

    def _answers_online(self):
        """Tell whether notices carry a link to a page where one answers.

        A room above has such a page.
        """
        return False

    def _delivered_products(self):
        """Return the products that consignees have had, as product.product."""
        self.env["stock.recall.consignee"].flush_model(["recall_id", "lot_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT lot.product_id FROM stock_recall_consignee row
                  JOIN stock_lot lot ON lot.id = row.lot_id
                 WHERE row.recall_id = %s ORDER BY 1
                """,
                self._origin.id,
            )
        )
        return self.env["product.product"].browse(row[0] for row in rows)

    def _product_names(self):
        # sudo: what is recalled is named to all who may read the recall
        products = self._delivered_products().sudo()
        return self._some_names(products.mapped("display_name"))

    def _some_names(self, names):
        """Return names in one line: of many the first."""
        if len(names) > MOST_NAMES:
            return self.env._(
                "%(names)s and %(count)s other products",
                names=", ".join(names[:MOST_NAMES]),
                count=len(names) - MOST_NAMES,
            )
        return ", ".join(names)

    def _naming(self, said, names):
        """Return contents whose sentences name some products."""
        named = self._some_names(names)
        return said | {name: said[name].replace(OWN, named) for name in TEXTS}
