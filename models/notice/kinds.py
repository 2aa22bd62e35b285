"""Kinds of notices, the states that they go through, and the ways of telling."""

#: What a notice is written for.
PURPOSES = [
    ("consignee", "Recall notice"),
    ("supplier", "To the supplier"),
    ("cleared", "No longer recalled"),
    ("closeout", "Recall is over"),
]
STATES = [
    ("draft", "To approve"),
    ("approved", "Approved"),
    ("queued", "In the queue"),
    ("sent", "Sent"),
    ("bounced", "Came back"),
    ("simulated", "Simulated"),
    ("superseded", "Superseded"),
]
#: Nothing of these has left the house.
UNSENT = ("draft", "approved")
#: Approved, and nobody has been reached: what is to be done is in ``channel``.
TO_DO = ("approved", "bounced")
#: How a notice is to go out.
CHANNELS = [
    ("mail", "E-mail"),
    ("phone", "Phone"),
    ("letter", "Letter"),
    ("public", "Public notice"),
]
#: How somebody was told, or was tried to be.
METHODS = [
    ("mail", "E-mail"),
    ("letter", "Letter"),
    ("phone", "Phone"),
    ("visit", "Visit"),
    ("public", "Public notice"),
    ("simulated", "Simulated"),
]
#: What a person notes; the others are noted by what sends.
NOTED = ("phone", "visit", "letter", "public")
#: These alone do: they hold the notice in writing, or are all that can be done.
WRITTEN = ("letter", "public")
#: Contents that are written by whom; which template is taken by authority.
KIND_OF_AUTHORITY = {"fda": "fda", "gpsr": "gpsr", "uk_food": "uk_food"}
NEUTRAL = "neutral"
TEMPLATE_KINDS = [
    ("neutral", "Neutral"),
    ("fda", "FDA letter"),
    ("gpsr", "EU product safety (GPSR)"),
    ("uk_food", "Food notice (UK, Ireland)"),
]
