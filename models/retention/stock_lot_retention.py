from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


class StockLotRetention(models.Model):
    """How long records of batches are kept: the later of two terms.

    One counts from the day on which the batch was last moved or changed, the other from
    its expiration.
    """

    _name = "stock.lot.retention"
    _description = "Retention of Batches"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    months = fields.Integer(
        "Months kept",
        required=True,
        help="From the last movement or change of the batch.",
    )
    months_after_expiry = fields.Integer(
        "After expiration",
        help="Months from its expiration, if that is later. 0: not counted from there.",
    )
    note = fields.Char("Where it comes from", translate=True)

    _terms_are_months = models.Constraint(
        "CHECK(months > 0 AND months_after_expiry >= 0)",
        "Say for how many months after the last movement batches are kept, at least "
        "one; and for how many after their expiration, or none.",
    )

    def _until(self, last, expiry=None):
        """Return the moment until which something is kept.

        :param datetime last: its last movement or change
        :param datetime expiry: None if it does not expire
        """
        self.ensure_one()
        until = last + relativedelta(months=self.months)
        if expiry and self.months_after_expiry:
            after = expiry + relativedelta(months=self.months_after_expiry)
            until = max(until, after)
        return until

    @api.model
    def _by_company_and_category(self, companies, categories):
        """Return which retentions hold for products of ``categories``.

        :param categories: iterable of product.category, an empty one included

        :return: ``{(company, category): stock.lot.retention}``, none: for ever
        """
        # sudo: what holds does not depend on who asks
        return {
            (company, category): next(
                (
                    ancestor.batch_retention_id
                    for ancestor in category.sudo()._batch_ancestry()
                    if ancestor.batch_retention_id
                ),
                company.sudo().batch_retention_id,
            )
            for company in companies
            for category in categories
        }
