"""The command line behind the Makefile: `python -m dev <command>`."""

import os
import sys

VERSION = sys.version_info[:2]

if not (3, 10) <= VERSION <= (3, 13):
    sys.exit(
        f"✗ Odoo 19 runs on Python 3.10 to 3.13, and {sys.executable} is "
        f"{VERSION[0]}.{VERSION[1]}. Name another, such as: make demo PYTHON=python3.12"
    )

from dev import commands, environment, packages, paths  # noqa: E402
from dev.console import DevError, warn  # noqa: E402


def main(name="setup"):
    """Run a command, on the virtual environment's Python if it needs one."""
    if commands.needs_venv(name) and not packages.is_ours():
        with environment.lock():
            environment.check_room()
            packages.ensure()
        os.chdir(paths.ROOT)
        os.execv(paths.VENV_PYTHON, [paths.VENV_PYTHON, "-m", "dev", name])
    commands.run(name)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:2])
    except DevError as failure:
        warn(f"✗ {failure}")
        sys.exit(1)
    except KeyboardInterrupt:
        warn("✗ Interrupted. Run it again: what is half done gets repaired.")
        sys.exit(130)
