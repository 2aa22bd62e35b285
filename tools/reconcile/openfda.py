"""A recall in the field names of openFDA's enforcement reports. Every value is text.

>>> facts = Facts(
...     firm="Pharmatech LLC", number="F-0276-2017", product="Docusate", kind="Drugs",
...     lots=[LotCode("30661601", date(2018, 5, 31))], quantity="1,990 bottles",
...     reason="Contamination", state="monitoring", initiated=date(2016, 8, 8),
... )
>>> report = enforcement_report(facts)
>>> report["recall_initiation_date"], report["status"], report["code_info"]
('20160808', 'Ongoing', 'Lot No. 30661601, Exp. Date 05/2018')
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

#: Our states of a recall in the words of openFDA; a draft is none yet.
STATUS = {
    "in_progress": "Ongoing",
    "monitoring": "Ongoing",
    "closed": "Completed",
    "terminated": "Terminated",
}
VOLUNTARY = "Voluntary: Firm initiated"
#: The letter with which a recall's number begins, by what is recalled.
LETTERS = {"Food": "F", "Drugs": "D", "Devices": "Z"}
_NUMBER = re.compile(r"([A-Z])-\d{4}-\d{4}")


class LotCode(NamedTuple):
    """What stands on a package."""

    name: str
    expires: date | None = None


class Facts(NamedTuple):
    """What is known of a recall; what is not, stays empty."""

    firm: str
    product: str
    #: Food, Drugs or Devices
    kind: str
    lots: Sequence[LotCode]
    quantity: str
    reason: str
    #: one of ``STATUS``
    state: str
    initiated: date
    number: str = ""
    event: str = ""
    #: I, II or III
    recall_class: str = ""
    classified: date | None = None
    terminated: date | None = None
    reported: date | None = None
    #: how the firm first told its consignees
    first_notified_by: str = ""
    distribution: str = ""
    street: str = ""
    street2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    product_code: str = ""
    more_codes: str = ""
    mandated: str = VOLUNTARY


def is_recall_number(number: str, kind: str) -> bool:
    """Tell whether a number is one of the FDA for what is recalled.

    >>> [is_recall_number("F-0276-2017", kind) for kind in ("Food", "Drugs")]
    [True, False]
    """
    match = _NUMBER.fullmatch(number)
    return bool(match) and number[0] == LETTERS.get(kind)


def enforcement_report(facts: Facts) -> dict[str, str]:
    """Return the recall as ``{field of openFDA: text}``.

    :raise ValueError: if the state is none of ``STATUS``
    """
    if facts.state not in STATUS:
        raise ValueError(f"A recall that is {facts.state} is not reported.")
    return {**_what(facts), **_when(facts), **_who(facts)}


def _what(facts: Facts) -> dict[str, str]:
    return {
        "recall_number": facts.number,
        "event_id": facts.event,
        "status": STATUS[facts.state],
        "classification": f"Class {facts.recall_class}" if facts.recall_class else "",
        "product_type": facts.kind,
        "product_description": facts.product,
        "product_code": facts.product_code,
        "product_quantity": facts.quantity,
        "code_info": "; ".join(map(code_text, facts.lots)),
        "more_code_info": facts.more_codes,
        "reason_for_recall": facts.reason,
        "distribution_pattern": facts.distribution,
        "initial_firm_notification": facts.first_notified_by,
        "voluntary_mandated": facts.mandated,
    }


def _when(facts: Facts) -> dict[str, str]:
    return {
        "recall_initiation_date": day_text(facts.initiated),
        "center_classification_date": day_text(facts.classified),
        "termination_date": day_text(facts.terminated),
        "report_date": day_text(facts.reported),
    }


def _who(facts: Facts) -> dict[str, str]:
    return {
        "recalling_firm": facts.firm,
        "address_1": facts.street,
        "address_2": facts.street2,
        "city": facts.city,
        "state": facts.region,
        "postal_code": facts.postal_code,
        "country": facts.country,
    }


def code_text(lot: LotCode) -> str:
    """Return what to look for on a package, with the month in which it expires."""
    until = f", Exp. Date {lot.expires:%m/%Y}" if lot.expires else ""
    return f"Lot No. {lot.name}{until}"


def day_text(day: date | None) -> str:
    """Return a day as YYYYMMDD.

    >>> day_text(date(2016, 8, 8)), day_text(None)
    ('20160808', '')
    """
    return f"{day:%Y%m%d}" if day else ""
