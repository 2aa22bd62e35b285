"""Refusals of inspections."""

from odoo.exceptions import AccessError, UserError, ValidationError

from ..base.exceptions import known_to_clients


@known_to_clients
class InspectionIsClosedError(UserError):
    """Results are entered in an inspection that is closed.

    :ivar inspection: stock.lot.inspection
    """

    def __init__(self, inspection):
        self.inspection = inspection
        super().__init__(
            inspection.env._(
                "Inspection %(name)s is closed (%(state)s). A quality manager can "
                "reopen it.",
                name=inspection.name,
                state=inspection._state_label(),
            )
        )


@known_to_clients
class InspectionIncompleteError(UserError):
    """An inspection is completed without all that is required.

    :ivar inspection: stock.lot.inspection
    :ivar list missing: names of the results that are missing
    """

    def __init__(self, inspection, missing):
        self.inspection, self.missing = inspection, missing
        super().__init__(
            inspection.env._(
                "%(inspection)s of batch %(lot)s is not complete. Still missing: "
                "%(names)s.",
                inspection=inspection.name,
                lot=inspection.lot_name,
                names=", ".join(missing),
            )
        )


@known_to_clients
class QualityRightMissingError(AccessError):
    """Somebody who is no quality manager accepts, reopens or cancels.

    :ivar inspections: stock.lot.inspection
    """

    def __init__(self, inspections):
        self.inspections = inspections
        super().__init__(
            inspections.env._(
                "Only a quality manager may accept, reopen or cancel an inspection: "
                "ask one of them."
            )
        )


@known_to_clients
class InspectionIsHistoryError(UserError):
    """Somebody deletes an inspection.

    :ivar inspections: stock.lot.inspection
    """

    def __init__(self, inspections):
        self.inspections = inspections
        super().__init__(
            inspections.env._(
                "Inspections are history and are not deleted. Cancel one that was made "
                "by mistake."
            )
        )


@known_to_clients
class PlanAsksNothingError(ValidationError):
    """A plan has no characteristic.

    :ivar plan: stock.lot.inspection.plan
    """

    def __init__(self, plan):
        self.plan = plan
        super().__init__(
            plan.env._(
                "The plan “%s” asks for nothing. Add a characteristic, or archive the "
                "plan.",
                plan.name,
            )
        )


@known_to_clients
class ResultNotAcceptedError(UserError):
    """A value is not of the kind that is asked for.

    :ivar result: stock.lot.inspection.result that it was for
    :ivar value: what was given
    """

    def __init__(self, result, value, message):
        self.result, self.value = result, value
        super().__init__(message)


@known_to_clients
class InspectionIsEvidenceError(AccessError):
    """Somebody writes what an inspection found, or decided, past its actions.

    :ivar inspections: stock.lot.inspection
    """

    def __init__(self, inspections):
        self.inspections = inspections
        super().__init__(
            inspections.env._(
                "What an inspection found is written by entering results, and what "
                "follows by its buttons. You can change its inspector and due date."
            )
        )
