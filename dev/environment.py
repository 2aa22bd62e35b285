"""Bring up everything that a command needs, in order, once."""

import fcntl
import shutil
from contextlib import contextmanager

from dev import odoo_command, odoo_source, paths, postgres
from dev.console import DevError, say

ROOM_NEEDED = 3 * 10**9


@contextmanager
def lock():
    """Let one command at a time build; the others wait for it."""
    paths.HOME.mkdir(exist_ok=True)
    with (paths.HOME / "lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  Waiting for another `make` that is building in this checkout …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def check_room():
    """Fail early rather than in the middle of unpacking."""
    free = shutil.disk_usage(paths.ROOT).free
    if not paths.ODOO.exists() and free < ROOM_NEEDED:
        raise DevError(
            f"Only {free / 1e9:.1f} GB are free here; Odoo, its packages and the "
            f"databases need {ROOM_NEEDED / 1e9:.0f} GB."
        )


def link_checkout():
    """Odoo knows an addon by its folder's name, and a checkout may have any name."""
    paths.ADDONS.mkdir(parents=True, exist_ok=True)
    link = paths.ADDONS / paths.MODULE
    if not link.is_symlink() or link.resolve() != paths.ROOT:
        link.unlink(missing_ok=True)
        link.symlink_to(paths.ROOT, target_is_directory=True)


def set_up():
    """Do now what the first command would do otherwise."""
    with lock():
        ensure()


def ensure():
    """Odoo, a running PostgreSQL and a configuration that joins them."""
    odoo_source.ensure()
    link_checkout()
    server = postgres.ensure()
    odoo_command.configure(server)
    return server
