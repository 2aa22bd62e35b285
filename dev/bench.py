"""Measure: run `benchmarks/bench_<name>.py` and keep the figures.

Each has `run(env, scale)` and returns figures by name. It gets a database of its own
with our addon installed, and scales its data by BENCH_SCALE. One that has
`compare(ours, core, scale)` instead gets the names of two databases, with and without
the addon: see `benchmarks/side_by_side.py`. Where there
is `benchmarks/data_<stem>.py`, its database is a full one: see `dev/filled.py`.
"""

import importlib
import json
import sys

from dev import databases, environment, filled, paths, shell, variables
from dev.console import DevError, say, step

BENCHMARKS = paths.ROOT / "benchmarks"
FIGURES = paths.HOME / "bench.json"
PREFIX = "bench_"


def bench():
    """Run all benchmarks or one, print their figures and write them down."""
    only = variables.text("B")
    scale = variables.number("BENCH_SCALE", "1.0", float)
    names = _names(only)
    with environment.lock():
        environment.ensure()
        core = databases.ensure_apps(databases.FULL)
        ours = databases.ensure_addon(databases.FULL)
    figures = {}
    for name in names:
        with step(f"Benchmark {name}"):
            figures.update(_measure(name, ours, core, scale))
    _print_table(figures)
    kept = json.loads(FIGURES.read_text()) if only and FIGURES.exists() else {}
    FIGURES.write_text(json.dumps({**kept, **figures}, indent=2, sort_keys=True) + "\n")


def _names(only):
    found = sorted(
        path.stem.removeprefix(PREFIX) for path in BENCHMARKS.glob(f"{PREFIX}*.py")
    )
    if only and only not in found:
        raise DevError(f"There is no benchmark {only}, only: {', '.join(found)}.")
    if not found:
        raise DevError(f"There is no benchmark yet: {BENCHMARKS} has no {PREFIX}*.py.")
    return [only] if only else found


def _measure(name, ours, core, scale):
    output = paths.CACHE / f"{PREFIX}{name}.json"
    output.parent.mkdir(parents=True, exist_ok=True)
    with (
        filled.database(name, ours, scale) as database,
        databases.disposable(core, "bench_core") as core_database,
    ):
        shell.logged(
            f"{PREFIX}{name}",
            paths.VENV_PYTHON,
            "-m",
            "dev.bench",
            name,
            database,
            core_database,
            scale,
            output,
            cwd=paths.ROOT,
        )
    return json.loads(output.read_text())


def _print_table(figures):
    width = max(map(len, figures), default=0)
    for name, value in figures.items():
        say(f"  {name:<{width}}  {value:>14,.4g}")


def _run(name, database, core_database, scale, output):
    """The child process: one benchmark, its figures written to a file."""
    from odoo.tools import config

    # Before the module, which may import from the addon: now Odoo knows where it is.
    config.parse_config(["-c", str(paths.CONF), "-d", database])
    module = importlib.import_module(f"benchmarks.{PREFIX}{name}")
    if hasattr(module, "compare"):
        figures = module.compare(database, core_database, float(scale))
    else:
        figures = _run_in_odoo(module.run, database, float(scale))
    with open(output, "w") as stream:
        json.dump(figures, stream)


def _run_in_odoo(run, database, scale):
    """Run a benchmark in one database, rolled back afterwards."""
    from odoo import api
    from odoo.modules.registry import Registry

    with Registry(database).cursor() as cursor:
        figures = run(api.Environment(cursor, api.SUPERUSER_ID, {}), scale)
        cursor.rollback()
    return figures


if __name__ == "__main__":
    _run(*sys.argv[1:])
