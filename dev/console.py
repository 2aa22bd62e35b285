"""What the person at the terminal sees: steps, their duration, failures."""

import sys
import threading
import time
from contextlib import contextmanager

HEARTBEAT = 10


class DevError(Exception):
    """Something expected went wrong; the text says what, and what to do."""


def say(text):
    """Print a line at once, so that it keeps its place among subprocess output."""
    print(text, flush=True)


def warn(text):
    """Print a line that must not get lost in redirected output."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(title, progress=None):
    """Announce a long step, report on it now and then, and say how long it took.

    `progress` is called for a few words on how far it has come.
    """
    say(f"→ {title} …")
    started = time.monotonic()
    done = threading.Event()
    reporter = threading.Thread(
        target=_report, args=(title, started, done, progress), daemon=True
    )
    reporter.start()
    try:
        yield
    finally:
        done.set()
        reporter.join()
    say(f"  {title}: {time.monotonic() - started:.0f} s")


def _report(title, started, done, progress):
    while not done.wait(HEARTBEAT):
        far = f", {progress()}" if progress else ""
        say(f"  {title}: {time.monotonic() - started:.0f} s so far{far}")
