"""What `make` was told by variables, such as `make demo PORT=8070`."""

import os
import shlex

from dev.console import DevError


def text(name, default=""):
    """A variable's text; one that is set to nothing counts as not set."""
    return os.environ.get(name) or default


def words(name):
    """A variable's words, quoted as in a shell."""
    return shlex.split(text(name))


def number(name, default, kind=int):
    """A variable that must be a number above zero."""
    value = text(name, default)
    try:
        found = kind(value)
    except ValueError:
        found = 0
    if found <= 0:
        raise DevError(f"{name}={value} is not a number above zero.")
    return found
