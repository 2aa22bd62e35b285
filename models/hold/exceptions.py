"""Refusals of decisions to hold or release."""

from odoo.exceptions import AccessError, UserError

from ..base.exceptions import known_to_clients


@known_to_clients
class DecisionIsClosedError(UserError):
    """A decision that waits for nobody is approved or refused.

    :ivar decision: stock.lot.decision
    """

    def __init__(self, decision):
        self.decision = decision
        super().__init__(
            decision.env._(
                "%(name)s waits for nobody: it is done or refused already.",
                name=decision.name,
            )
        )


@known_to_clients
class ApprovalRightMissingError(AccessError):
    """Somebody who is no quality manager approves or refuses.

    :ivar decisions: stock.lot.decision
    """

    def __init__(self, decisions):
        self.decisions = decisions
        super().__init__(
            decisions.env._("Only a quality manager approves or refuses releases.")
        )


@known_to_clients
class ProposalIsStaleError(UserError):
    """What was proposed would do something else by now.

    :ivar decision: stock.lot.decision
    """

    def __init__(self, decision):
        self.decision = decision
        super().__init__(
            decision.env._(
                "“%(disposition)s” permits other things than when %(name)s was "
                "proposed. Refuse it, and propose anew what is meant.",
                disposition=decision.disposition_id.name,
                name=decision.name,
            )
        )


@known_to_clients
class OwnProposalError(AccessError):
    """Somebody approves what they proposed.

    :ivar decision: stock.lot.decision
    """

    def __init__(self, decision):
        self.decision = decision
        super().__init__(
            decision.env._(
                "You proposed this yourself. Another quality manager has to approve it."
            )
        )


@known_to_clients
class NobodyToApproveError(UserError):
    """Two people release, and there is no second one.

    :ivar company: res.company
    """

    def __init__(self, company):
        self.company = company
        super().__init__(
            company.env._(
                "Two people release, and %(company)s has no other quality manager. Ask "
                "your administrator to name one.",
                company=company.name,
            )
        )


@known_to_clients
class DecidedByDecisionError(AccessError):
    """Somebody writes a lot's decision past “Hold or release”.

    :ivar lots: stock.lot
    """

    def __init__(self, lots):
        self.lots = lots
        super().__init__(
            lots.env._(
                "A decision about a batch is made by “Hold or release”, and not by "
                "changing the batch."
            )
        )


@known_to_clients
class ReasonAgainstReleaseError(UserError):
    """A reason to hold is given for a release.

    :ivar reason: stock.lot.hold.reason
    """

    def __init__(self, reason):
        self.reason = reason
        super().__init__(
            reason.env._(
                "“%s” is no reason to release a batch. Choose another one, or say in "
                "words why it may be used.",
                reason.name,
            )
        )


@known_to_clients
class ReleasesWaitError(UserError):
    """The second person is switched off while releases wait for one.

    :ivar company: res.company
    :ivar decisions: stock.lot.decision that wait
    """

    def __init__(self, company, decisions):
        self.company, self.decisions = company, decisions
        super().__init__(
            company.env._(
                "Releases wait for a second person in %(company)s: %(decisions)s. "
                "Approve or refuse them first; then the second person can be "
                "switched off.",
                company=company.name,
                decisions=", ".join(decisions[:3].mapped("name")),
            )
        )


@known_to_clients
class LoweringIsNotWrittenError(AccessError):
    """Somebody writes who has asked to switch off a setting, to be the second.

    :ivar company: res.company
    """

    def __init__(self, company):
        self.company = company
        super().__init__(
            company.env._("Who asked to switch off a setting is noted by Odoo itself.")
        )
