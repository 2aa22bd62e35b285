import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .kinds import NEUTRAL, PURPOSES, TEMPLATE_KINDS

#: What stands in braces is replaced; anything else in braces stays as it is.
PLACE = re.compile(r"\{(\w+)\}")
PLACES = (
    "company",
    "goods",
    "heading",
    "kind",
    "product",
    "recall",
    "reply_by",
    "urgent",
)
#: Filled in last, by each notice: what its own consignee has had.
OWN = "{product}"
#: What a template says, in the order of the letter.
TEXTS = ("title", "opening", "stop_use", "pass_on", "reply", "sharing", "closing")


class StockRecallNoticeTemplate(models.Model):
    """The sentences of a kind of notice, by authority and purpose.

    Plain text: what stands in braces, such as {product}, is filled in, and nothing is
    ever run. The layout is that of all notices.
    """

    _name = "stock.recall.notice.template"
    _description = "Template of Recall Notices"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    authority = fields.Selection(
        TEMPLATE_KINDS,
        "Written for",
        default=NEUTRAL,
        required=True,
        help="What must stand in a notice, and what must not, follows from it.",
    )
    purpose = fields.Selection(PURPOSES, default="consignee", required=True)
    title = fields.Char(
        required=True,
        translate=True,
        help="The heading, the subject of the mail and the face of the envelope.",
    )
    opening = fields.Text(translate=True)
    stop_use = fields.Text("Stop", translate=True)
    pass_on = fields.Text("Pass on", translate=True)
    reply = fields.Text("How to answer", translate=True)
    sharing = fields.Text(translate=True)
    closing = fields.Text(translate=True)

    @api.constrains("title", "opening", "stop_use", "pass_on", "reply", "sharing")
    def _check_places(self):
        for template in self:
            texts = " ".join(template[name] or "" for name in TEXTS)
            unknown = set(PLACE.findall(texts)) - set(PLACES)
            if unknown:
                raise ValidationError(
                    self.env._(
                        "Nothing can be filled in for {%(name)s}. There are: "
                        "%(known)s.",
                        name=min(unknown),
                        known=", ".join(f"{{{place}}}" for place in PLACES),
                    )
                )

    @api.model
    def _for(self, authority, purpose):
        """Return the template for an authority's notices; else the neutral one."""
        templates = self.search([("purpose", "=", purpose)])
        return (
            templates.filtered(lambda template: template.authority == authority)
            or templates.filtered(lambda template: template.authority == NEUTRAL)
        )[:1]

    def _filled(self, name, values):
        """Return one of the texts with ``values`` filled in.

        :param dict values: of ``PLACES``; text, which stays text
        """
        return PLACE.sub(
            lambda place: str(values.get(place[1], place[0])), self[name] or ""
        )
