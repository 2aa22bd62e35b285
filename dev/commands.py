"""The commands of `python -m dev`: each is a function of one of our modules."""

from importlib import import_module

from dev import cleanup
from dev.console import DevError

COMMANDS = {
    "setup": "environment.set_up",
    "demo": "demo.demo",
    "stop": "cleanup.stop",
    "clean": "cleanup.clean",
    "test": "testing.test",
    "test-inventory": "testing.test_inventory",
    "test-core": "core_tests.compare",
    "test-upgrade": "upgrade.test",
    "lint": "lint.lint",
    "format": "lint.reformat",
    "bench": "bench.bench",
    "shots": "shots.take",
    "served": "served.work",
    "pot": "translations.export",
    "wheels": "wheels.build",
}


def needs_venv(name):
    """Whether a command imports more than Python's own library."""
    if name == "clean":
        return cleanup.needs_database_client()
    return name != "stop"


def run(name):
    """Run a command by its name."""
    if name not in COMMANDS:
        raise DevError(f"There is no command {name}, only: {', '.join(COMMANDS)}.")
    module, function = COMMANDS[name].split(".")
    getattr(import_module(f"dev.{module}"), function)()
