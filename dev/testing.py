"""Our tests, with pytest-odoo, on a fresh clone of a template database."""

import os
from contextlib import ExitStack

from dev import (
    browser,
    databases,
    environment,
    odoo_command,
    paths,
    postgres,
    shell,
    variables,
)
from dev.console import DevError

NOTHING_COLLECTED = 5
#: Each has an Odoo of its own in memory, and a browser for a while.
MOST_PROCESSES = 4


def test():
    """Run the whole suite, or the parts that T= and ARGS= name."""
    _run(databases.FULL)


def test_inventory():
    """Run the addon's tests on a database that has no app but Inventory."""
    _run(databases.INVENTORY)


def _pytest(database):
    """Return the command that runs pytest on a database."""
    return (
        paths.VENV_PYTHON,
        "-m",
        "pytest",
        "-c",
        paths.ROOT / "pyproject.toml",
        "--rootdir",
        paths.ADDONS,
        # The checkout may have any name; only below the link it is an addon.
        f"--confcutdir={paths.ADDONS}",
        *("-p", "dev.no_skips", "-p", "dev.assets", "-p", "dev.profiles"),
        "-o",
        f"cache_dir={paths.CACHE / 'pytest'}",
        f"--odoo-config={paths.CONF}",
        f"--odoo-database={database}",
        "--odoo-http",
        "--odoo-log-level=warn",
    )


def _run(flavour):
    # At once: what follows takes minutes.
    chosen = variables.words("T")
    targets = list(map(_below_link, chosen or _all_tests(flavour)))
    arguments = variables.words("ARGS") or ([] if chosen else _in_parallel())
    with ExitStack() as stack:
        with environment.lock():
            server = environment.ensure()
            browser.ensure()
            template = databases.ensure_addon(flavour)
            database = stack.enter_context(databases.disposable(template, "test"))
        code = shell.passthrough(
            *_pytest(database),
            *targets,
            *arguments,
            env=_environment(server),
        )
    if code == NOTHING_COLLECTED:
        raise DevError("pytest found no test. Look at T= and ARGS=.")
    if code:
        raise SystemExit(code)


def _in_parallel():
    """Several files at a time, each process with a database of its own.

    Whoever gives other ARGS runs them one after the other, unless -n is among them.
    """
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    return ["-n", str(processes), "--dist", "loadfile"] if processes > 1 else []


def _environment(server):
    """With the database server named, for pytest-xdist's databases."""
    named = {
        "PGHOST": server.host,
        "PGPORT": server.port,
        "PGUSER": server.user,
        "PGPASSWORD": server.password,
    }
    env = shell.environment(
        **named,
        PYTHONPATH=str(paths.ROOT),
        HYPOTHESIS_STORAGE_DIRECTORY=str(paths.CACHE / "hypothesis"),
    )
    return {**env, "PATH": f"{env['PATH']}:{postgres.programs()}"}


def _all_tests(flavour):
    folders = [paths.ROOT / "tests"]
    if flavour.with_bridges:
        folders += [paths.BRIDGES / name / "tests" for name in odoo_command.bridges()]
    found = [str(folder.relative_to(paths.ROOT)) for folder in folders if _has(folder)]
    if not found:
        raise DevError("There is no test yet: tests/ has no test_*.py.")
    return found


def _has(folder):
    return any(folder.glob("test_*.py"))


def _below_link(target):
    """The path under which Odoo knows a test of ours as part of an addon."""
    path, *node = target.split("::")
    relative = os.path.relpath(os.path.join(paths.ROOT, path), paths.ROOT)
    if not (paths.ROOT / relative).exists():
        raise DevError(f"T={target}: there is no {relative} in {paths.ROOT}.")
    return "::".join([str(paths.ADDONS / paths.MODULE / relative), *node])
