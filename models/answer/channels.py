"""By which ways consignees answer."""

PAGE, PORTAL = "page", "portal"
CHANNELS = [
    (PAGE, "Link in the notice"),
    (PORTAL, "Customer account"),
    ("phone", "Phone"),
    ("letter", "Letter or mail"),
]
#: What staff may enter for somebody else.
BY_STAFF = CHANNELS[2:]
KINDS = [
    ("acknowledged", "Notice received"),
    ("told", "Told"),
    ("none_left", "None left"),
    ("declined", "Declined"),
]
