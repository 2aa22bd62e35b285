from . import models


def post_init_hook(env):
    """Derive the genealogy anew: now it knows which parts a repair took out."""
    env["stock.lot.link"]._rebuild()
