"""Deadlines that authorities and standards set, as rules to begin with.

Only what has been read in its source stands here; companies add their own.

>>> [rule.code for rule in rules_of("sqf")]
['sqf_notice', 'sqf_form']
"""

from .deadlines import DAYS, FIRST_OF_MONTH, HOURS, MONTHS, WORKING_DAYS, Rule

#: Events that rules count from.
DECIDED = "decided"
INITIATED = "initiated"
#: a recall that the public is told of was decided
PUBLIC = "public"
#: something came to light that an authority must hear of
KNOWN = "known"
#: an authority has asked for records
ASKED = "asked"
#: a drill was completed
DRILLED = "drilled"

REGIMES: dict[str, tuple[Rule, ...]] = {
    "fda_device": (
        Rule("fda_806", INITIATED, WORKING_DAYS, 10, source="21 CFR 806.10"),
    ),
    "fda_drug": (
        Rule("fda_field_alert", KNOWN, WORKING_DAYS, 3, source="21 CFR 314.81(b)(1)"),
    ),
    "fda_food": (Rule("fsma_records", ASKED, HOURS, 24, source="FSMA 204"),),
    "mhra_1": (Rule("mhra_class_1", DECIDED, HOURS, 0, source="MHRA class 1"),),
    "mhra_2": (Rule("mhra_class_2", DECIDED, HOURS, 48, source="MHRA class 2"),),
    "mhra_3": (Rule("mhra_class_3", DECIDED, HOURS, 120, source="MHRA class 3"),),
    "mhra_4": (Rule("mhra_class_4", DECIDED, HOURS, 120, source="MHRA class 4"),),
    "cpsc": (
        Rule("cpsc_stop_sale", DECIDED, HOURS, 0, source="CPSC Fast Track"),
        Rule("cpsc_fast_track", DECIDED, WORKING_DAYS, 20, source="CPSC Fast Track"),
        Rule("cpsc_progress", INITIATED, FIRST_OF_MONTH, 1, source="CPSC"),
    ),
    "sqf": (
        Rule("sqf_notice", PUBLIC, HOURS, 24, source="SQF"),
        Rule("sqf_form", PUBLIC, DAYS, 30, source="SQF"),
    ),
    "ifs": (Rule("ifs_notice", DECIDED, DAYS, 3, source="IFS 1.2.6"),),
    "brcgs": (Rule("brcgs_notice", DECIDED, DAYS, 3, source="BRCGS"),),
    "canada": (
        Rule("sfcr_minister", DECIDED, HOURS, 0, source="SFCR s. 84"),
        Rule("sfcr_drill", DRILLED, MONTHS, 12, True, source="SFCR s. 84"),
    ),
}

#: Months for which the record of a drill or recall is kept at least, by regime.
KEPT_MONTHS = {"canada": 24}


def rules_of(*regimes: str) -> list[Rule]:
    """Return the rules of some regimes; those without any have none."""
    return [rule for regime in regimes for rule in REGIMES.get(regime, ())]
