from . import models
from . import wizards


def post_init_hook(env):
    """Derive the genealogy anew: now Manufacturing's own records count too."""
    env["stock.lot.link"]._rebuild()
