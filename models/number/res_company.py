from odoo import fields, models

HOURS_OF_A_DAY = 24


class ResCompany(models.Model):
    """Says when the day begins that batch numbers and production dates name."""

    _inherit = "res.company"

    batch_day_start = fields.Float(
        "Production day starts at",
        help="Time of day, in the company's time zone, at which a new production day "
        "begins. With 06:00, what a night shift makes at three in the morning belongs "
        "to the day before; with 22:00, the evening belongs to the next day.",
    )

    _batch_day_start_is_an_hour = models.Constraint(
        f"CHECK(batch_day_start >= 0 AND batch_day_start < {HOURS_OF_A_DAY})",
        "The production day starts at a time between 00:00 and 23:59.",
    )
