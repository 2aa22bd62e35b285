"""Run other programs and turn their failures into sentences."""

import os
import shutil
import subprocess
from pathlib import Path

from dev import paths
from dev.console import DevError

TAIL = 25

# Settings that would make our Python or pip pick up somebody else's packages.
FOREIGN = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "VIRTUAL_ENV", "PIP_TARGET")


def environment(**extra):
    """The caller's environment, with our programs found first.

    The database server is left out: Odoo has it from our configuration file, and
    would prefer variables such as an unrelated PGPORT.
    """
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in FOREIGN and not key.startswith("PG")
    }
    kept["PATH"] = f"{paths.BIN}:{paths.VENV / 'bin'}:{kept.get('PATH', os.defpath)}"
    return {**kept, **extra}


def need(program, advice):
    """The path of a program, or a failure that says how to get it."""
    found = shutil.which(program, path=environment()["PATH"])
    if not found:
        raise DevError(f"The program `{program}` is missing. {advice}")
    return found


def capture(*command, cwd=None, env=None):
    """Run a short command and return what it printed."""
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env or environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise CommandError(command, result.stderr or result.stdout)
    return result.stdout


def logged(log_name, *command, cwd=None, env=None):
    """Run a long command with its output in `.odoo/log/<log_name>.log`."""
    log = paths.LOG / f"{log_name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as stream:
        code = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=env or environment(),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode
    if code:
        raise CommandError(command, log.read_text(errors="replace"), log)
    return log


def passthrough(*command, cwd=None, env=None):
    """Run a command on our own output and return its exit code."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env or environment(),
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode


class CommandError(DevError):
    """A program ended with an error; shows the end of what it said."""

    def __init__(self, command, output, log=None):
        self.output = output.strip()
        tail = "\n".join("    " + row for row in self.output.splitlines()[-TAIL:])
        where = f" All of it: {log}" if log else ""
        name = Path(str(command[0])).name
        words = " ".join([name, *map(str, command[1:4])])
        super().__init__(f"`{words} …` failed:\n{tail}\n{where}".rstrip())
