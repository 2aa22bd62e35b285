from odoo import fields, models
from odoo.exceptions import UserError

NOTED = [
    ("phone", "Phone"),
    ("visit", "Visit"),
    ("letter", "Letter"),
    ("public", "Public notice"),
]


class StockRecallNoticeTell(models.TransientModel):
    """Notes that consignees were phoned, visited or sent a letter, and the result."""

    _name = "stock.recall.notice.tell"
    _inherit = "batch.wizard"
    _description = "Told of a Recall"

    notice_ids = fields.Many2many("stock.recall.notice", string="Notices")
    method = fields.Selection(NOTED, "How", default="phone", required=True)
    result = fields.Selection(
        [("reached", "Reached"), ("missed", "Nobody reached, or came back")],
        default="reached",
        required=True,
    )
    date = fields.Datetime("When", default=lambda self: fields.Datetime.now())
    note = fields.Char(help="With whom, what was said.")

    def apply(self):
        """Note it on each of the notices."""
        self.ensure_one()
        self.notice_ids._check_may_tell()
        date = self.date or fields.Datetime.now()
        if date > fields.Datetime.now():
            raise UserError(self.env._("That has not happened yet: check the date."))
        self.notice_ids._note_told(
            self.method, self.result == "reached", date, self.note or ""
        )
