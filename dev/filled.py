"""A database full of data, for benchmarks that need much of it: built once.

Where `benchmarks/data_<stem>.py` exists, its `build(env, scale)` fills a database; all
benchmarks whose names begin with the stem measure in that one, and roll back.
"""

import importlib
import sys
from contextlib import nullcontext

from dev import databases, paths, shell, stamps
from dev.console import step

BENCHMARKS = paths.ROOT / "benchmarks"
DATA = "data_"
PREFIX = "batch_filled"
#: Benchmarks that measure in a database of another name.
SHARED = {"recall": "genealogy"}


def database(name, template, scale):
    """Return the database that benchmark `name` measures in, as a context."""
    stems = (path.stem.removeprefix(DATA) for path in BENCHMARKS.glob(f"{DATA}*.py"))
    name = SHARED.get(name, name)
    stem = next((stem for stem in stems if name.startswith(stem)), None)
    if not stem:
        return databases.disposable(template, "bench")
    return nullcontext(_ensure(stem, template, scale))


def _ensure(stem, template, scale):
    """Return the name of the filled database, built when there is none."""
    name = f"{PREFIX}_{stem}_{stamps.digest(template, *_recipes(), str(scale))}"
    if name not in databases.names_like(PREFIX):
        for old in databases.names_like(f"{PREFIX}_{stem}_"):
            databases.drop(old)
        unfinished = f"{PREFIX}_unfinished"
        with step(f"Data for the benchmarks {stem}"):
            databases.clone(template, unfinished)
            command = (paths.VENV_PYTHON, "-m", "dev.filled", stem, unfinished, scale)
            shell.logged(f"{DATA}{stem}", *command, cwd=paths.ROOT)
            databases.rename(unfinished, name)
    return name


def _recipes():
    """The files that say what the data are: all but the benchmarks themselves."""
    return sorted(
        path for path in BENCHMARKS.glob("*.py") if not path.name.startswith("bench_")
    )


def _fill(stem, name, scale):
    """The child process: fill a database, tidied up as an old one would be."""
    from odoo import api
    from odoo.modules.registry import Registry
    from odoo.tools import config

    config.parse_config(["-c", str(paths.CONF), "-d", name])
    module = importlib.import_module(f"benchmarks.{DATA}{stem}")
    with Registry(name).cursor() as cursor:
        module.build(api.Environment(cursor, api.SUPERUSER_ID, {}), float(scale))
        cursor.commit()
        connection = cursor.connection
        connection.autocommit = True
        with connection.cursor() as tidying:
            tidying.execute("VACUUM ANALYZE")
        connection.autocommit = False


if __name__ == "__main__":
    _fill(*sys.argv[1:])
