import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...tools.gs1.batch import LONGEST, fits_gs1
from ...tools.number.grammar import BatchNumberError
from ...tools.number.pattern import Facts

SAMPLE_CODE = "01"
SAMPLE_LIFE = 60  # days


class IrSequence(models.Model):
    """A pattern shown while it is designed: example, meaning, ready patterns.

    Nothing here takes a number.
    """

    _inherit = "ir.sequence"

    batch_example = fields.Char("Example of today", compute="_compute_batch_example")
    batch_meaning = fields.Char("It says", compute="_compute_batch_example")
    batch_fault = fields.Char("Fault", compute="_compute_batch_example")
    batch_warning = fields.Char("Warning", compute="_compute_batch_example")
    batch_trial = fields.Char(
        "Read a number", store=False, help="Type a number to see what it says."
    )
    batch_trial_meaning = fields.Char(
        "This number says", compute="_compute_batch_trial_meaning"
    )

    @api.depends("batch_pattern")
    def _compute_batch_example(self):
        today = self._batch_today(self.env.company)
        for sequence in self:
            example = sequence._batch_example(SAMPLE_CODE, today)
            sequence.batch_example = example
            sequence.batch_meaning = example and sequence._batch_meaning(example)
            warnings = (
                sequence._batch_week_warning(),
                sequence._batch_gs1_warning(example),
            )
            sequence.batch_warning = " ".join(filter(None, warnings))
            wrong = sequence.batch_pattern and not example
            sequence.batch_fault = wrong and sequence._batch_pattern_fault()

    @api.depends("batch_pattern", "batch_trial")
    def _compute_batch_trial_meaning(self):
        for sequence in self:
            readable = sequence.batch_trial and sequence._batch_parsed()
            text = sequence._batch_meaning(sequence.batch_trial) if readable else False
            sequence.batch_trial_meaning = text

    def _batch_example(self, product_code, day):
        """Return the first number of ``day``, False without a (sound) pattern.

        Codes that only a real lot has are shown as their own names.
        """
        self.ensure_one()
        pattern = self._batch_parsed()
        if not pattern:
            return False
        names = {name: name.rpartition(":")[2] for name in pattern.fields}
        codes = {
            name: re.sub("[^0-9A-Za-z]", "", text).upper() or SAMPLE_CODE
            for name, text in names.items()
        }
        expiry = day + timedelta(days=SAMPLE_LIFE)
        facts = Facts(product_code or SAMPLE_CODE, day, expiry, codes)
        try:
            return pattern.render(facts, 1)
        except BatchNumberError:
            return False

    def _batch_meaning(self, number):
        """Return what ``number`` says by the pattern, or why it says nothing."""
        try:
            decoded = self._batch_parsed().decode(number)
        except BatchNumberError as error:
            return self._batch_misfit_message(error)
        parts = [
            decoded.product and self.env._("product %s", decoded.product),
            self._batch_made_label(decoded),
            self._batch_expiry_label(decoded),
            *(
                f"{name.rpartition(':')[2]} {text}"
                for name, text in decoded.codes.items()
            ),
            self.env._("batch %s", decoded.number),
        ]
        return " · ".join(filter(None, parts))

    def _batch_made_label(self, decoded):
        """Return when it was made, by the day or else the week that a number says."""
        if decoded.week:
            year, week = decoded.week
            return self.env._("made in week %(week)s of %(year)s", week=week, year=year)
        day = decoded.date
        return day and self.env._("made %s", format_date(self.env, day))

    def _batch_expiry_label(self, decoded):
        if decoded.expiry_week:
            year, week = decoded.expiry_week
            return self.env._(
                "expires in week %(week)s of %(year)s", week=week, year=year
            )
        day = decoded.expiry
        return day and self.env._("expires %s", format_date(self.env, day))

    def _batch_week_warning(self):
        pattern = self._batch_parsed()
        if not pattern or not pattern.mixes_years:
            return False
        return self.env._(
            "{ww} is the week by ISO, whose year is not always that of the calendar: "
            "30 December 2024 would be called week 1 of 2024, as 1 January was. Take "
            "{isoyy} or {isoyyyy} for the year."
        )

    def _batch_gs1_warning(self, example):
        if not example or fits_gs1(example):
            return False
        return self.env._(
            "These numbers do not fit a GS1 barcode (%s characters at most, and no "
            "spaces): products with a GTIN cannot use them.",
            LONGEST,
        )

    @api.model
    @api.readonly
    def get_batch_gallery(self):
        """Return ready patterns to start from.

        :return: ``[{"name", "hint", "pattern", "example"}]``
        """
        today = self._batch_today(self.env.company)
        return [
            {
                "name": name,
                "hint": hint,
                "pattern": pattern,
                "example": self.new({"batch_pattern": pattern})._batch_example(
                    SAMPLE_CODE, today
                ),
            }
            for name, pattern, hint in self._batch_gallery()
        ]

    @api.model
    @api.readonly
    def get_batch_fields(self):
        """Return what a pattern may contain, to be inserted while it is typed.

        :return: ``[{"field", "hint"}]``
        """
        return [
            {"field": f"{{{name}}}", "hint": hint}
            for name, hint in self._batch_fields()
        ]

    def _batch_fields(self):
        """Return the fields of a pattern as ``[(name, hint)]``."""
        return [
            ("product", self.env._("Batch code of the product or its category")),
            *self._batch_date_fields(),
            ("warehouse", self.env._("Code of the warehouse where it is made")),
            ("operation", self.env._("Code of the operation that makes it")),
            ("line", self.env._("Line or equipment")),
            ("check:mod37_36", self.env._("Check character")),
            ("seq:2", self.env._("Running number with two digits, ends at 99")),
            ("seq:2+", self.env._("Running number from two digits, goes on with 100")),
        ]

    def _batch_date_fields(self):
        return [
            ("yyyy", self.env._("Year of production")),
            ("yy", self.env._("Year of production, two digits")),
            ("mm", self.env._("Month of production")),
            ("dd", self.env._("Day of production")),
            ("doy", self.env._("Day of the year of production")),
            ("isoyy", self.env._("Year of the ISO week, two digits")),
            ("ww", self.env._("ISO week of production")),
            ("exp_yyyy", self.env._("Year of expiry")),
            ("exp_mm", self.env._("Month of expiry")),
            ("exp_dd", self.env._("Day of expiry")),
        ]

    def _batch_gallery(self):
        """Return ready patterns as ``[(name, pattern, hint)]``."""
        return [
            (
                self.env._("Product and day"),
                "{product}-{yy}{doy}{seq:2}",
                self.env._("Product, day of the year, batch of the day."),
            ),
            (
                self.env._("Day, line and shift"),
                "{yy}{doy}-{line}-{property:Shift}-{seq:2}",
                self.env._("Where and by whom; needs a property Shift on the batch."),
            ),
            (
                self.env._("European lot mark"),
                "L{yyyy}{mm}{dd}-{seq:2}",
                self.env._("L and a plain date, as on food labels in the EU."),
            ),
            (
                self.env._("For GS1 barcodes"),
                "{yy}{mm}{dd}{product}{seq:3}{check:mod37_36}",
                self.env._("Letters and digits only, with a check character."),
            ),
            (
                self.env._("Plain counter"),
                "B{seq:7}",
                self.env._("Says nothing, lasts for ten million."),
            ),
        ]
