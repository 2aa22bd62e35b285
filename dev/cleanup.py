"""Stop what runs, and remove what was built."""

import os
import shutil

from dev import paths, postgres, server


def needs_database_client():
    """Whether databases of ours may lie on a server that is not ours to remove."""
    return bool(os.environ.get("PGHOST")) and paths.VENV_PYTHON.exists()


def stop():
    """Stop the demo's server and PostgreSQL."""
    server.stop()
    postgres.stop()


def clean():
    """Remove everything; the next command builds it again."""
    server.stop()
    if needs_database_client():
        from dev import databases

        databases.drop_all()
    postgres.remove()
    shutil.rmtree(paths.HOME, ignore_errors=True)
