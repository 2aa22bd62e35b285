"""Who goes into whom in a plant of some years, in numbers from 0; deterministic.

Some raw lots went into far more than others: ``FAME`` says how many lots of the first
level.
"""

import random

RAW_LOTS = 190_000
#: lots made on each level, from the first
LEVELS = (30_000, 25_000, 20_000, 15_000, 12_000, 8_000)
DELIVERIES, LINES_EACH, RETURNS = 60_000, 2, 6_000
CUSTOMERS = 20_000
#: how many lots of the first level a raw lot went into; others into two or three
FAME = {"max": 13_500, "hot": 3_400, "medium": 125, "graph": 60}


class Plan:
    """What was made of what, and what was received, sent and sent back.

    :ivar int raw: how many lots were received; they have the first numbers
    :ivar int made: how many lots were made; they have the numbers after these
    :ivar list used: (parent, child) pairs
    """

    def __init__(self, scale):
        self.chance = random.Random(19)
        self.scale = scale
        self.raw = int(RAW_LOTS * scale)
        self.levels = [int(size * scale) for size in LEVELS]
        self.made = sum(self.levels)
        self.deliveries = int(DELIVERIES * scale)
        self.customers = max(1, int(CUSTOMERS * scale))
        self.used = []
        self._choose()

    def _choose(self):
        """Choose the components of every made lot."""
        below, start = None, self.raw
        for size in self.levels:
            here = range(start, start + size)
            for lot in here:
                self.used += [(parent, lot) for parent in self._components(below)]
            if below is None:
                self._make_famous(here)
            below, start = here, start + size

    def _components(self, below):
        count = self.chance.randint(3, 8)
        own = self.chance.choice((1, 2)) if below else 0
        chosen = {self.chance.randrange(self.raw) for _part in range(count - own)}
        return sorted(chosen | {self.chance.choice(below) for _part in range(own)})

    def _make_famous(self, first_level):
        for number, wanted in enumerate(FAME.values()):
            users = self.chance.sample(first_level, int(wanted * self.scale))
            already = {child for parent, child in self.used if parent == number}
            self.used += [(number, lot) for lot in users if lot not in already]

    def rows(self):
        """Return one row per move line: (kind, lot, child, quantity, party)."""
        rows = [("receipt", lot, None, 1000, lot // 50) for lot in range(self.raw)]
        rows += [("consumed", lot, child, 2, None) for lot, child in self.used]
        ends = range(self.raw, self.raw + self.made)
        rows += [("produced", lot, lot, 100, None) for lot in ends]
        sent = [
            ("delivery", self.chance.choice(ends), None, 5, number // LINES_EACH)
            for number in range(self.deliveries * LINES_EACH)
        ]
        returned = [
            ("returned", lot, None, 2, party)
            for _kind, lot, _child, _quantity, party in sent[
                : int(RETURNS * self.scale)
            ]
        ]
        return [*rows, *sent, *returned]
