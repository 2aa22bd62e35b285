"""Kinds of recalls, and the states that they go through."""

#: 21 CFR 7.3 and 7.46 tell them apart; what Europe calls withdrawal is the second.
KINDS = [
    ("recall", "Recall"),
    ("market_withdrawal", "Market withdrawal"),
    ("stock_recovery", "Stock recovery"),
    ("correction", "Correction"),
    ("drill", "Drill"),
]
KIND_NAMES = dict(KINDS)
DRILL = "drill"
CORRECTION = "correction"
STATES = [
    ("draft", "Draft"),
    ("progress", "In progress"),
    ("monitoring", "Monitoring"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
#: In these a recall is at work: its batches stay stopped, its figures are live.
OPEN_STATES = ("progress", "monitoring")
#: In these nothing of it changes any more.
OVER_STATES = ("closed", "cancelled")
#: Whose rules notices and reports follow.
AUTHORITIES = [
    ("none", "None"),
    ("fda", "FDA (United States)"),
    ("gpsr", "GPSR (European Union, consumer goods)"),
    ("uk_food", "Food authority (United Kingdom, Ireland)"),
    ("cfia", "CFIA (Canada)"),
    ("other", "Other"),
]
#: 21 CFR 7.3(m)
CLASSES = [("I", "Class I"), ("II", "Class II"), ("III", "Class III")]
#: 21 CFR 7.42(b)(1); each goes as far as those after it
DEPTHS = [
    ("consumer", "Consumers and users"),
    ("retail", "Retail"),
    ("wholesale", "Wholesale"),
]
#: 21 CFR 7.42(b)(2)
PUBLIC_WARNINGS = [
    ("none", "None"),
    ("general", "General news media"),
    ("specialised", "Media of the trade"),
]
#: 21 CFR 7.42(b)(3)
CHECK_LEVELS = [
    ("A", "A: all consignees"),
    ("B", "B: a share of its own"),
    ("C", "C: 10 % of them"),
    ("D", "D: 2 % of them"),
    ("E", "E: none"),
]
#: What a recall is about happened at most so many years ago, or will.
MOST_YEARS = 10
#: The type of activities that people get.
REMINDER = "mail.mail_activity_data_todo"
