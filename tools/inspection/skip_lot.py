"""Skip-lot inspection: which of many lots are inspected, and which rule says so.

>>> rule = Rule(ONE_IN, every=3)
>>> history = History()
>>> [history.take(rule) for _lot in range(5)]
['by_rule', None, None, 'by_rule', None]
"""

from dataclasses import dataclass

EVERY = "every"
FIRST = "first"
ONE_IN = "one_in"

#: Why a lot is inspected.
BY_RULE = "by_rule"
AFTER_FAILURE = "after_failure"


@dataclass(frozen=True)
class Rule:
    """Which lots are inspected; after a failure, the next ``after_failure`` are."""

    kind: str = EVERY
    every: int = 1
    after_failure: int = 0


@dataclass
class History:
    """What is known of the lots before: of one plan, product and supplier.

    :param inspected: how many lots were inspected
    :param skipped: how many were skipped since the last one that was inspected
    :param since_failure: how many came since one has failed, None if none has
    """

    inspected: int = 0
    skipped: int = 0
    since_failure: int | None = None

    def take(self, rule: Rule) -> str | None:
        """Decide about the next lot and remember it.

        :return: ``BY_RULE``, ``AFTER_FAILURE``, or None for a lot that is skipped
        """
        reason = self._reason(rule)
        if reason:
            self.inspected += 1
            self.skipped = 0
        else:
            self.skipped += 1
        if self.since_failure is not None:
            self.since_failure += 1
        return reason

    def _reason(self, rule: Rule) -> str | None:
        if rule.kind == EVERY or not self.inspected:
            return BY_RULE
        if rule.kind == ONE_IN and self.skipped + 1 >= rule.every:
            return BY_RULE
        if self.since_failure is not None and self.since_failure < rule.after_failure:
            return AFTER_FAILURE
        return None
