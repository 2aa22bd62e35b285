"""How much of what a consignee had received is made good."""

BASES = [
    ("recovered", "What came back or was destroyed"),
    ("distributed", "All that they had received"),
]
