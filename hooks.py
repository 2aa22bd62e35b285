"""What happens once, right after the addon is installed."""


def post_init_hook(env):
    """Bring an existing database up to date: every lot a disposition, every link.

    Both are one statement each, so that a large database does not wait.
    """
    env["stock.lot"]._fill_missing_dispositions()
    env["stock.lot.link"]._rebuild()
