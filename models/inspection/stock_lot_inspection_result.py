from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.image import base64_to_image

from ...tools.inspection.limits import (
    ABOVE,
    BELOW,
    as_number,
    derived_as_text,
    mean,
)
from .exceptions import ResultNotAcceptedError

PASS, FAIL = "pass", "fail"
VERDICTS = [
    ("open", "Open"),
    ("noted", "Noted"),
    (PASS, "Passed"),
    (FAIL, "Failed"),
]
LONGEST_TEXT = 2000


class StockLotInspectionResult(models.Model):
    """What was found in one sample, and what was asked of it at that time.

    Results are written by ``stock.lot.inspection.enter_results`` alone.
    """

    _name = "stock.lot.inspection.result"
    _description = "Inspection Result"
    _inherit = ["stock.lot.inspection.specification"]
    _order = "inspection_id, sequence, characteristic_id, sample"

    inspection_id = fields.Many2one(
        "stock.lot.inspection", required=True, index=True, ondelete="cascade"
    )
    characteristic_id = fields.Many2one(
        "stock.lot.inspection.characteristic",
        required=True,
        index=True,
        ondelete="restrict",
    )
    sample = fields.Integer(required=True, default=1)
    # What was found
    is_entered = fields.Boolean()
    number = fields.Float("Value", aggregator="avg")
    text = fields.Text()
    photo = fields.Image(max_width=1920, max_height=1920)
    equipment = fields.Char(help="What it was measured with.")
    verdict = fields.Selection(VERDICTS, required=True, default="open", index=True)
    value = fields.Char("Result", compute="_compute_value")
    fault = fields.Char(compute="_compute_value")
    user_id = fields.Many2one("res.users", "Measured by", ondelete="set null")
    date = fields.Datetime("Measured on")
    # Whose it is, to compare
    lot_id = fields.Many2one(related="inspection_id.lot_id", store=True, index=True)
    product_id = fields.Many2one(related="inspection_id.product_id", store=True)
    supplier_id = fields.Many2one(related="inspection_id.supplier_id", store=True)
    production_line = fields.Char(related="lot_id.production_line", store=True)
    plan_id = fields.Many2one(related="inspection_id.plan_id", store=True)
    company_id = fields.Many2one(
        related="inspection_id.company_id", store=True, index=True
    )
    inspection_state = fields.Selection(related="inspection_id.state")

    _cell_uniq = models.Constraint(
        "UNIQUE(inspection_id, characteristic_id, sample)",
        "Somebody else has just begun to enter these results. Type it again.",
    )

    @api.depends("number", "text", "is_entered", "kind", "unit", "limits", "verdict")
    @api.depends_context("lang")
    def _compute_value(self):
        for result in self:
            result.value = result._value_as_text() if result.is_entered else False
            result.fault = result._fault_message()

    @api.depends("name", "sample", "inspection_id.name")
    def _compute_display_name(self):
        for result in self:
            result.display_name = f"{result.inspection_id.name}: {result.name}"

    def _value_as_text(self):
        """Return what was found as people read it."""
        if self.kind == "numeric":
            return self._with_unit(self.number)
        return {
            "photo": self.env._("Photo"),
            "passfail": self.env._("Pass") if self.text == PASS else self.env._("Fail"),
        }.get(self.kind, self.text)

    def _fault_message(self):
        """Return why the value does not pass, or False."""
        if not self.is_entered:
            return False
        if self.kind == "numeric":
            return self._number_fault(self.number)
        return self.verdict == FAIL and self.env._("not permitted")

    def _number_fault(self, number):
        limits = self._limits()
        side = limits.fault(number)
        if side == ABOVE:
            return self.env._("above %s", self._with_unit(limits.upper))
        if side == BELOW:
            return self.env._("below %s", self._with_unit(limits.lower))
        return False

    # -- entering

    def _enter(self, value):
        """Write down what was found, or that nothing was (None, False or "").

        :return: whether it is another value than before
        :raises UserError: if the value is not of the kind that is asked for
        """
        self.ensure_one()
        # Not “in”: 0 equals False, and is a value.
        if value is None or value is False or value == "":
            return self._keep({"number": 0, "text": False, "photo": False}, False)
        return self._keep(getattr(self, f"_parse_{self.kind}")(value), True)

    def _keep(self, values, is_entered):
        same = self.is_entered == is_entered and all(
            self[name] == value for name, value in values.items()
        )
        if same:
            return False
        stamp = {"user_id": self.env.uid, "date": fields.Datetime.now()}
        if not is_entered:
            stamp = {"user_id": False, "date": False}
        self.write({**values, **stamp, "is_entered": is_entered})
        return True

    def _parse_numeric(self, value):
        number = as_number(value)
        if number is None:
            raise ResultNotAcceptedError(
                self,
                value,
                self.env._(
                    "%(name)s, sample %(sample)s: “%(value)s” is no number. Type "
                    "digits, with a point before the decimals.",
                    name=self.name,
                    sample=self.sample,
                    value=self._quoted(value),
                ),
            )
        return {"number": number}

    def _parse_choice(self, value):
        options = [*self._options("passing"), *self._options("failing")]
        if value not in options:
            raise ResultNotAcceptedError(
                self,
                value,
                self.env._(
                    "%(name)s: “%(value)s” is not among the options. Choose one of: "
                    "%(options)s.",
                    name=self.name,
                    value=self._quoted(value),
                    options=", ".join(options),
                ),
            )
        return {"text": value}

    def _parse_passfail(self, value):
        if value not in (PASS, FAIL):
            raise ResultNotAcceptedError(
                self,
                value,
                self.env._(
                    "%(name)s: “%(value)s” is neither “pass” nor “fail”.",
                    name=self.name,
                    value=self._quoted(value),
                ),
            )
        return {"text": value}

    def _parse_text(self, value):
        text = value.strip() if isinstance(value, str) else ""
        if not text or len(text) > LONGEST_TEXT:
            raise ResultNotAcceptedError(
                self,
                value,
                self.env._(
                    "%(name)s: type a text of at most %(length)s characters.",
                    name=self.name,
                    length=LONGEST_TEXT,
                ),
            )
        return {"text": text}

    def _parse_photo(self, value):
        try:
            base64_to_image(value)
        except (UserError, TypeError, ValueError, AttributeError) as error:
            raise ResultNotAcceptedError(
                self,
                value,
                self.env._(
                    "%s: this file is no picture. Take a photo, or choose a JPEG, PNG "
                    "or WebP file.",
                    self.name,
                ),
            ) from error
        return {"photo": value}

    def _quoted(self, value):
        return str(value)[:60]

    # -- evaluating

    def _evaluate(self):
        """Give all samples of each characteristic their verdicts."""
        for results in self.grouped(
            lambda result: (result.inspection_id, result.characteristic_id)
        ).values():
            results._evaluate_samples()

    def _evaluate_samples(self):
        entered = self.filtered("is_entered")
        for result in self - entered:
            result.verdict = "open"
        if self[:1].kind == "numeric" and self[:1].judged_by == "mean":
            entered.verdict = entered._verdict_of_mean() if entered else "open"
            return
        for result in entered:
            result.verdict = result._own_verdict()

    def _verdict_of_mean(self):
        first = self[0]
        if first.limits == "none":
            return "noted"
        return PASS if first._limits().contains(self._mean()) else FAIL

    def _mean(self):
        """Return the mean of the samples that have a number, or None."""
        measured = self.filtered(
            lambda result: result.is_entered and result.kind == "numeric"
        )
        return mean(measured.mapped("number"))

    def _mean_as_text(self):
        """Return the mean as people write it down, "" where there is none."""
        numbers = self.filtered("is_entered").mapped("number")
        average = self._mean()
        return "" if average is None else derived_as_text(average, numbers)

    def _own_verdict(self):
        if self.kind == "numeric":
            if self.limits == "none":
                return "noted"
            return PASS if self._limits().contains(self.number) else FAIL
        if self.kind == "choice":
            return PASS if self.text in self._options("passing") else FAIL
        return self.text if self.kind == "passfail" else "noted"

    def _failure_messages(self):
        """Return for each characteristic that failed what was found, and the limits."""
        failed = self.filtered(lambda result: result.verdict == FAIL)
        return [
            results._failure_message()
            for results in failed.grouped("characteristic_id").values()
        ]

    def _failure_message(self):
        first = self[0]
        values = ", ".join(result.value for result in self)
        if first.kind == "numeric" and first.judged_by == "mean" and len(self) > 1:
            values = self.env._(
                "mean %s", f"{self._mean_as_text()} {first.unit or ''}".strip()
            )
        asked = first.requirement
        return f"{first.name}: {values}" + (f" ({asked})" if asked else "")
