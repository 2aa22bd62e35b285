from odoo import fields, models

#: No shelf life is longer: a hundred years.
MOST_DAYS = 36_525


class ProductTemplate(models.Model):
    """What a product asks of the order in which its lots leave."""

    _inherit = "product.template"

    femal_margin_days = fields.Float(
        string="Margin of expiration",
        help="On the day of arrival a batch must have more days of useful life left "
        "than this. Batches with less are not reserved, nor is one whose last day it "
        "is with a margin of 0. Used by the removal strategy FEMAL.",
    )
    femal_margin_percent = fields.Float(
        string="Margin in % of its life",
        help="Share of its total life, from production, that a batch must still have "
        "on the day of delivery. The larger of days and share counts. Used by FEMAL.",
    )
    femal_window_days = fields.Float(
        string="Similar expirations",
        help="Batches whose expirations lie within this many days count as the same; "
        "the one with the shortest useful life goes first. Used by FEMAL.",
    )

    removal_strategy_id = fields.Many2one(
        "product.removal",
        "Removal strategy",
        help="Which batch goes first. Empty: as its category says, else its location, "
        "else first in, first out.",
    )
    removal_note = fields.Text(related="removal_strategy_id.note")
    removal_fewest_lots = fields.Boolean(
        "Fewest batches",
        help="Take one batch that covers the whole demand, if there is one among those "
        "that are recommended: within the days of similar expirations from the first.",
    )

    _femal_days_positive = models.Constraint(
        # To PostgreSQL, what is no number is more than any.
        f"CHECK(femal_margin_days BETWEEN 0 AND {MOST_DAYS}"
        f" AND femal_window_days BETWEEN 0 AND {MOST_DAYS})",
        f"The days of the removal strategy are numbers from 0 to {MOST_DAYS}.",
    )
    _femal_percent_share = models.Constraint(
        "CHECK(femal_margin_percent >= 0 AND femal_margin_percent < 100)",
        "The margin must be a share of the life between 0 and 100 %.",
    )
