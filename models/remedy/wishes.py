"""What consignees may ask for in place of recalled goods."""

WISHES = [("replacement", "New goods"), ("credit", "Money back")]
WISH_NAMES = dict(WISHES)
