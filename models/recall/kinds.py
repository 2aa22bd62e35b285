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
STATES = [
    ("draft", "Draft"),
    ("progress", "In progress"),
    ("monitoring", "Monitoring"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
#: In these a recall is at work: its batches stay stopped, its figures are live.
OPEN_STATES = ("progress", "monitoring")
