from markupsafe import Markup

from odoo import api, fields, models

from .view_groups import STOCK_USER, set_groups

#: What Repairs puts on a transfer.
REPAIRS = {"repair_ids": STOCK_USER, "action_view_repairs": STOCK_USER}


class StockPicking(models.Model):
    """A transfer that people see who have no right on Inventory."""

    _inherit = "stock.picking"

    batch_summary = fields.Html(
        "Batches of this receipt",
        compute="_compute_batch_summary",
        sanitize=False,  # of sentences, which are escaped, and links to batches
        help="What became of the batches that came in: number, quarantine, inspection.",
    )

    @api.depends("state")
    @api.depends_context("lang")
    def _compute_batch_summary(self):
        for picking in self:
            came_in = (
                picking.state == "done" and picking.picking_type_code == "incoming"
            )
            sentences = picking._batch_summary() if came_in else []
            picking.batch_summary = Markup("<br/>").join(sentences) or False

    @api.model
    def get_views(self, views, options=None):
        """Leave out the actions of others for who only looks at transfers."""
        result = super().get_views(views, options)
        if not self.has_access("write"):
            for view in result["views"].values():
                view.get("toolbar", {}).pop("action", None)
        return result

    def _batch_summary(self):
        """Return what people read at the top of a receipt that is done.

        Rooms that know more extend it.

        :return: list of sentences; as ``Markup``, if they have links in them
        """
        self.ensure_one()
        return []

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            set_groups(arch, REPAIRS)
        return arch, view
