from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...models.expiry.exceptions import MayNotLetDatesActError
from ...tools.days import local_day
from ...tools.movement import STOCK_USAGES

#: So many batches are shown; of more there is the number.
SHOWN = 80


class StockLotExpiryBegin(models.TransientModel):
    """Shows what was in stock before, and asks whether its dates act by themselves.

    Until somebody has decided, they do not: what could be done with the goods before
    the installation can be done with them after it.
    """

    _name = "stock.lot.expiry.begin"
    _description = "Batches From Before"

    stock_count = fields.Integer("In stock", compute="_compute_batches")
    undecided_count = fields.Integer("Not decided yet", compute="_compute_batches")
    past_count = fields.Integer("Of these over already", compute="_compute_batches")
    past_batches = fields.Text("Over already", compute="_compute_batches")
    has_releasers = fields.Boolean(compute="_compute_batches")
    inheriting = fields.Text(compute="_compute_inheriting")

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Batches from before")

    @api.depends_context("allowed_company_ids")
    def _compute_batches(self):
        # sudo: who administrates Odoo need not work in Inventory
        lots = self.env["stock.lot"].sudo()
        past = lots.search(self._undecided(past=True), order="expiration_date, id")
        self.stock_count = lots.search_count(self._in_stock())
        self.undecided_count = lots.search_count(self._undecided())
        self.past_count = len(past)
        self.past_batches = "\n".join(map(self._past_label, past[:SHOWN]))
        self.has_releasers = bool(lots._releasers(self.env.companies))

    @api.model
    def _past_label(self, lot):
        end = lot.expiration_date or lot.removal_date
        day = format_date(self.env, local_day(end, lot._home_company()._zone()))
        return f"{lot.name} · {lot.product_id.display_name} · {day}"

    def _compute_inheriting(self):
        """Name the categories that from now on follow one above them."""
        # sudo: see above
        categories = (
            self.env["product.category"]
            .sudo()
            .search([("removal_strategy_id", "=", False), ("parent_id", "!=", False)])
        )
        inheriting = categories.filtered(
            lambda category: any(
                above.removal_strategy_id for above in category._batch_ancestry()
            )
        )
        self.inheriting = "\n".join(inheriting.mapped("display_name"))

    def action_let_dates_act(self):
        """Let the dates of all batches from before act: what is over expires tonight.

        :raises MayNotLetDatesActError: without the right
        """
        return self._let_act(self._undecided())

    def action_let_later_dates_act(self):
        """Let the dates act of what is not over yet; the rest stays as it is.

        :raises MayNotLetDatesActError: without the right
        """
        return self._let_act(self._undecided() & ~self._past())

    def _let_act(self, domain):
        if not self.has_access("create"):
            raise MayNotLetDatesActError(self.env)
        # sudo: the right to decide was checked, and the companies are the user's
        lots = self.env["stock.lot"].sudo().search(domain)
        lots.write({"is_date_undecided": False})
        return self.env["ir.actions.act_window"]._for_xml_id(
            "batch_tracking.stock_lot_expiry_action"
        )

    # -- which

    @api.model
    def _in_stock(self):
        return self._of_companies() & Domain(
            "quant_ids",
            "any",
            Domain("location_id.usage", "in", STOCK_USAGES)
            & Domain("quantity", ">", 0),
        )

    @api.model
    def _undecided(self, *, past=False):
        """Return the domain of lots whose dates do not act; ``past``: what is over.

        In stock or not: what comes back from a customer was there before as well.
        """
        domain = self._of_companies() & Domain("is_date_undecided", "=", True)
        return domain & self._past() & self._in_stock() if past else domain

    @api.model
    def _past(self):
        return self.env["stock.lot"]._past_dates()

    @api.model
    def _of_companies(self):
        return Domain("company_id", "in", [False, *self.env.companies.ids])
