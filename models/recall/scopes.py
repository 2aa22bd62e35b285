"""How far a recall goes, from the least to the most."""

#: How sure it must be that a recalled batch has anything of the suspects; each scope
#: has all of those before it.
SCOPES = [
    ("certain", "Certain only"),
    ("proportional", "Proportional"),
    ("worst", "Worst case"),
]
#: {name: rank}, as in ``tools/recall/reach.py``
SCOPE_RANKS = {name: rank for rank, (name, _label) in enumerate(SCOPES, start=1)}
SCOPE_NAMES = {rank: name for name, rank in SCOPE_RANKS.items()}
