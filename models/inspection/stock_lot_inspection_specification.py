from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.inspection.limits import ABOVE, Limits, as_text

KINDS = [
    ("numeric", "Number"),
    ("choice", "Choice"),
    ("passfail", "Pass or fail"),
    ("text", "Text"),
    ("photo", "Photo"),
]
LIMITS = [
    ("none", "None"),
    ("lower", "At least"),
    ("upper", "At most"),
    ("both", "Between"),
]
#: What a result keeps of its characteristic, as it was when it was measured.
SPECIFICATION = (
    "name",
    "kind",
    "unit",
    "method",
    "limits",
    "lower",
    "upper",
    "has_target",
    "target",
    "judged_by",
    "passing_options",
    "failing_options",
    "is_required",
    "is_on_certificate",
    "sequence",
)


class StockLotInspectionSpecification(models.AbstractModel):
    """What is asked of a value, and how people read it.

    A plan's characteristic says it; each result keeps it as it was.
    """

    _name = "stock.lot.inspection.specification"
    _description = "Inspection Specification"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, help="What is looked at, as in “Moisture”.")
    kind = fields.Selection(KINDS, required=True, default="numeric")
    unit = fields.Char(help="As people write it: %, °C, mg/kg.")
    method = fields.Char(help="How it is measured, as in “ISO 24557”.")
    is_required = fields.Boolean(
        "Required", default=True, help="An inspection is not completed without it."
    )
    is_on_certificate = fields.Boolean(
        "On certificate", default=True, help="Customers read it on the certificate."
    )
    # Numbers
    limits = fields.Selection(LIMITS, required=True, default="none")
    lower = fields.Float("Lower limit")
    upper = fields.Float("Upper limit")
    has_target = fields.Boolean("Has a target")
    target = fields.Float()
    judged_by = fields.Selection(
        [("each", "Each sample"), ("mean", "The mean of all samples")],
        required=True,
        default="each",
        help="What has to be within the limits.",
    )
    # Choices
    passing_options = fields.Text(help="One a line.")
    failing_options = fields.Text(help="One a line.")
    requirement = fields.Char(compute="_compute_requirement")

    @api.depends(*SPECIFICATION)
    @api.depends_context("lang")
    def _compute_requirement(self):
        for specification in self:
            specification.requirement = specification._requirement()

    def _requirement(self):
        """Return what a good value is, as people read it."""
        self.ensure_one()
        if self.kind == "numeric":
            return self._numeric_requirement()
        return {
            "choice": ", ".join(self._options("passing")),
            "passfail": self.env._("Pass"),
        }.get(self.kind, "")

    def _numeric_requirement(self):
        lower, upper = self._with_unit(self.lower), self._with_unit(self.upper)
        limits = {
            "lower": self.env._("at least %s", lower),
            "upper": self.env._("at most %s", upper),
            "both": self.env._(
                "%(lower)s to %(upper)s", lower=as_text(self.lower), upper=upper
            ),
        }.get(self.limits, "")
        target = self._with_unit(self.target)
        aimed = self.env._("target %s", target) if self.has_target else ""
        return ", ".join(filter(None, (limits, aimed)))

    def _with_unit(self, number):
        return f"{as_text(number)} {self.unit or ''}".strip()

    def _limits(self):
        """Return the ``Limits`` of a number."""
        return Limits(
            self.lower if self.limits in ("lower", "both") else None,
            self.upper if self.limits in ("upper", "both") else None,
        )

    def _options(self, outcome):
        """Return the options of a choice: ``passing`` or ``failing`` ones."""
        lines = (self[f"{outcome}_options"] or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    # -- faults of a specification

    def _check_specification(self):
        """Refuse what no value could be evaluated by.

        :raises ValidationError: naming the characteristic and what to do
        """
        for specification in self:
            fault = specification._fault()
            if fault:
                raise ValidationError(fault)

    def _fault(self):
        if self.kind == "numeric":
            return self._limits_fault()
        return self._options_fault() if self.kind == "choice" else None

    def _limits_fault(self):
        limits = self._limits()
        if self.limits == "both" and self.upper < self.lower:
            return self.env._(
                "“%(name)s”: the upper limit %(upper)s is below the lower limit "
                "%(lower)s. Exchange them, or correct one.",
                name=self.name,
                upper=self._with_unit(self.upper),
                lower=self._with_unit(self.lower),
            )
        return self._target_fault(limits) if self.has_target else None

    def _target_fault(self, limits):
        side = limits.fault(self.target)
        if not side:
            return None
        limit = limits.upper if side == ABOVE else limits.lower
        return self.env._(
            "“%(name)s”: the target %(target)s is outside of the limits, beyond "
            "%(limit)s. Correct the target or the limit.",
            name=self.name,
            target=self._with_unit(self.target),
            limit=self._with_unit(limit),
        )

    def _options_fault(self):
        passing, failing = self._options("passing"), self._options("failing")
        if not passing:
            return self.env._(
                "“%s” is a choice without an option that passes: write at least one, "
                "one a line.",
                self.name,
            )
        options = [option.casefold() for option in (*passing, *failing)]
        if len(set(options)) < len(options):
            return self.env._(
                "“%s” has an option twice. Each option either passes or fails, once.",
                self.name,
            )
        return None
