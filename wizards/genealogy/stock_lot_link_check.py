from odoo import api, fields, models

#: How many differences a person is shown.
SHOWN = 200
#: Fields of a difference, in the order of ``stock.lot.link._differences``.
DIFFERENCE_COLUMNS = (
    "problem",
    "parent_lot_id",
    "child_lot_id",
    "right_quantity",
    "stored_quantity",
    "reference",
)


class StockLotLinkCheck(models.TransientModel):
    """Compares the genealogy with Odoo's own records, and has it written anew."""

    _name = "stock.lot.link.check"
    _inherit = "batch.wizard"
    _description = "Check of the Genealogy"

    difference_ids = fields.One2many("stock.lot.link.difference", "check_id")
    difference_count = fields.Integer(compute="_compute_difference_count")
    progress = fields.Float(compute="_compute_progress")
    is_rebuilding = fields.Boolean(compute="_compute_progress")
    missing_addons = fields.Text(compute="_compute_missing_addons")

    def _compute_display_name(self):
        self.display_name = self.env._("Check of the genealogy")

    @api.depends("difference_ids")
    def _compute_difference_count(self):
        for check in self:
            check.difference_count = len(check.difference_ids)

    def _compute_missing_addons(self):
        apps = self.env["ir.module.module"]
        self.missing_addons = apps._missing_batch_bridges_message()

    def _compute_progress(self):
        self.is_rebuilding, self.progress = False, 0
        position = self.env["stock.lot.link"]._rebuild_position()
        if position is None:
            return
        self.is_rebuilding = True
        # sudo: everybody who may look at the check sees how far it is
        last = self.env["stock.move.line"].sudo().search([], order="id desc", limit=1)
        self.progress = 100 * position / last.id if last else 100

    def action_check(self):
        """Compare, and open what was found.

        :return: action of a form with at most ``SHOWN`` differences
        """
        # Reading the links is not enough: the check reads all of the companies' moves.
        self.env["stock.lot.link.check"].check_access("create")
        rows = self.env["stock.lot.link"]._differences(self.env.companies.ids, SHOWN)
        # sudo: the other end of a link may be another company's
        check = self.sudo().create(
            {
                "difference_ids": [
                    fields.Command.create(
                        dict(zip(DIFFERENCE_COLUMNS, row, strict=True))
                    )
                    for row in rows
                ]
            }
        )
        return check.with_env(self.env)._open()

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check of the genealogy"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    def action_rebuild(self):
        """Have all links written anew in the background."""
        self.check_access("write")
        self.env["stock.lot.link"]._start_rebuild()
        return self._open()


class StockLotLinkDifference(models.TransientModel):
    """A link that is not as Odoo's own records say."""

    _name = "stock.lot.link.difference"
    _inherit = "batch.wizard"
    _description = "Difference in the Genealogy"

    check_id = fields.Many2one("stock.lot.link.check", ondelete="cascade")
    problem = fields.Selection(
        [
            ("missing", "Missing"),
            ("superfluous", "Superfluous"),
            ("different", "Different"),
            ("consignee", "Wrong consignee"),
        ]
    )
    parent_lot_id = fields.Many2one("stock.lot", "Parent batch")
    child_lot_id = fields.Many2one("stock.lot", "Child batch")
    right_quantity = fields.Float("Quantity it should have", digits="Product Unit")
    stored_quantity = fields.Float("Quantity it has", digits="Product Unit")
    reference = fields.Char()
