"""The virtual environment with what Odoo and the development tools import."""

import os
import shutil
import sys

from dev import paths, postgres, server, shell, stamps
from dev.console import DevError, step


def ensure():
    """Build the environment, or build it anew when what it is made from changed."""
    requirements = sorted(paths.DEV.glob("requirements*.txt"))
    key = stamps.digest(sys.version, sys.base_prefix, paths.VENV, *requirements)
    if not stamps.is_current(paths.VENV, key):
        _build(requirements)
        stamps.write(paths.VENV, key)


def is_ours():
    """Whether this very process runs on the environment's Python."""
    return os.path.realpath(sys.prefix) == os.path.realpath(paths.VENV)


def _build(requirements):
    stamps.remove(paths.VENV)
    # Both run on programs that are about to be replaced.
    server.stop()
    postgres.stop()
    shutil.rmtree(paths.VENV, ignore_errors=True)
    version = ".".join(map(str, sys.version_info[:3]))
    with step(f"Virtual environment on Python {version}"):
        try:
            shell.capture(sys.executable, "-m", "venv", paths.VENV)
        except shell.CommandError as error:
            raise DevError(
                f"{sys.executable} cannot make a virtual environment. On Debian: "
                "apt-get install python3-venv, then run this again."
            ) from error
    with step("Python packages"):
        _install(requirements)


def _install(requirements):
    named = [word for path in requirements for word in ("-r", path)]
    # Wheels only: nobody should need a C compiler to try this.
    options = ("--only-binary=:all:", "--disable-pip-version-check", "--no-input")
    shell.logged(
        "pip", paths.VENV_PYTHON, "-m", "pip", "install", "-q", *options, *named
    )
