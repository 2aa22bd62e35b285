"""The commands, and the variables that `make` hands to them."""

import os
import shlex
import shutil

from dev import environment, paths, postgres, server
from dev.console import DevError


def needs_venv(name):
    """Whether a command imports more than Python's own library."""
    if name == "clean":
        return bool(os.environ.get("PGHOST")) and paths.VENV_PYTHON.exists()
    return name != "stop"


def run(name):
    """Run a command by its name."""
    if name not in COMMANDS:
        raise DevError(f"There is no command {name}, only: {', '.join(COMMANDS)}.")
    COMMANDS[name]()


def _setup():
    with environment.lock():
        environment.ensure()


def _demo():
    from dev import demo

    demo.demo(serve=os.environ.get("SERVE", "1") != "0", port=_number("PORT", 8069))


def _stop():
    server.stop()
    postgres.stop()


def _clean():
    if needs_venv("clean"):
        from dev import databases

        databases.drop_all()
    server.stop()
    postgres.remove()
    shutil.rmtree(paths.HOME, ignore_errors=True)


def _test():
    from dev import testing

    testing.test(_words("T"), _words("ARGS"))


def _test_inventory():
    from dev import testing

    testing.test_inventory(_words("T"), _words("ARGS"))


def _test_core():
    from dev import core_tests

    core_tests.compare()


def _lint():
    from dev import lint

    lint.lint()


def _format():
    from dev import lint

    lint.reformat()


def _bench():
    from dev import bench

    scale = os.environ.get("BENCH_SCALE") or "1.0"
    bench.bench(os.environ.get("B"), scale)


def _shots():
    from dev import shots

    shots.take()


def _words(variable):
    return shlex.split(os.environ.get(variable, ""))


def _number(variable, default):
    text = os.environ.get(variable) or str(default)
    if not text.isdigit():
        raise DevError(f"{variable}={text} is not a whole number.")
    return int(text)


COMMANDS = {
    "setup": _setup,
    "demo": _demo,
    "stop": _stop,
    "clean": _clean,
    "lint": _lint,
    "format": _format,
    "test": _test,
    "test-inventory": _test_inventory,
    "test-core": _test_core,
    "bench": _bench,
    "shots": _shots,
}
