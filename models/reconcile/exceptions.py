"""Refusals of what is done to reconcile a recall."""

from odoo.exceptions import AccessError, UserError

from ..base.exceptions import known_to_clients

#: More are too many to read.
MOST_NAMED = 10


@known_to_clients
class WaivedWithoutReasonError(UserError):
    """Something is given up, or put right, and nobody says why, or how.

    :ivar records: what is given up
    """

    def __init__(self, records):
        self.records = records
        super().__init__(
            records.env._("Say why, in words: an auditor will ask what was tried.")
        )


@known_to_clients
class CheckedByThemselvesError(UserError):
    """Whoever has entered a consignee's answer checks it as well, or the reverse.

    :ivar check: stock.recall.check
    """

    def __init__(self, check):
        self.check = check
        super().__init__(
            check.env._(
                "%(user)s cannot both enter the answer of %(consignee)s and check it: "
                "one of the two is done by somebody else.",
                user=check.user_id.name,
                consignee=check.partner_id.display_name,
            )
        )


@known_to_clients
class CheckIncompleteError(UserError):
    """A check is to be verified although something is missing, or was found.

    :ivar check: stock.recall.check
    :ivar list missing: sentences
    """

    def __init__(self, check, missing):
        self.check, self.missing = check, missing
        super().__init__("\n".join(missing))


@known_to_clients
class CheckIsEvidenceError(AccessError):
    """Somebody changes a check that is done.

    :ivar checks: stock.recall.check
    """

    def __init__(self, checks):
        self.checks = checks
        super().__init__(
            checks.env._(
                "What a check has found stays as it is. Of one that failed, you can "
                "say what was put right since."
            )
        )


@known_to_clients
class CheckMomentError(UserError):
    """A check is said to be made before its recall was launched, or later than now.

    :ivar check: stock.recall.check
    """

    def __init__(self, check):
        self.check = check
        super().__init__(
            check.env._(
                "Nobody was checked before the recall was launched, or will have been "
                "after now: correct when it was."
            )
        )


@known_to_clients
class NoCheckLevelError(UserError):
    """Checks are drawn, and nobody has said how many.

    :ivar recall: stock.recall
    """

    def __init__(self, recall):
        self.recall = recall
        super().__init__(
            recall.env._(
                "Choose a level of effectiveness checks first: under Hazard and "
                "strategy. Level B needs its share, between 10 and 100 %."
            )
        )


@known_to_clients
class NothingToReturnError(UserError):
    """Nothing can be fetched from these consignees.

    :ivar rows: stock.recall.consignee
    """

    def __init__(self, rows):
        self.rows = rows
        super().__init__(
            rows.env._(
                "There is nothing to fetch: they have none left, or it is on its way."
            )
        )


@known_to_clients
class GapsUnexplainedError(UserError):
    """A drill is reconciled, and nobody says why not all is accounted for.

    :ivar recall: stock.recall, a drill
    :ivar lots: stock.lot of which too much or too little is there
    """

    def __init__(self, recall, lots):
        self.recall, self.lots = recall, lots
        names = lots[:MOST_NAMED].mapped("name")
        if len(lots) > MOST_NAMED:
            names.append("…")
        super().__init__(
            recall.env._(
                "Of these batches not all is accounted for: %s. Say why first, under "
                "“Batches with gaps”.",
                ", ".join(names),
            )
        )
