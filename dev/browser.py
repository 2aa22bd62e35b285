"""Chromium for Odoo's browser tests and for the screenshots."""

import os
import shlex
import shutil

from dev import paths, shell
from dev.console import DevError, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WRAPPER = paths.BIN / "chromium"

# Odoo looks for this name first; ours must win over any other browser.
FIRST_CHOICE = paths.BIN / "google-chrome"

# A test browser has no business on the network.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def ensure():
    """A wrapper of the machine's Chromium which our programs find first."""
    real = _find() or _install()
    words = " ".join([shlex.quote(real), *QUIET])
    text = f'#!/bin/sh\nexec {words} "$@"\n'
    if WRAPPER.exists() and FIRST_CHOICE.exists() and WRAPPER.read_text() == text:
        return WRAPPER
    paths.BIN.mkdir(parents=True, exist_ok=True)
    WRAPPER.write_text(text)
    WRAPPER.chmod(0o755)
    FIRST_CHOICE.unlink(missing_ok=True)
    FIRST_CHOICE.symlink_to(WRAPPER.name)
    return WRAPPER


def _find():
    # Our programs have the wrapper in their path: it must not be taken for a browser.
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    path = os.pathsep.join(each for each in folders if each != str(paths.BIN))
    found = (shutil.which(name, path=path) for name in NAMES)
    return next(filter(None, found), None)


def _install():
    if os.geteuid() or not shutil.which("apt-get"):
        raise DevError(
            "The browser tests need Chromium and there is none. On Debian, as root: "
            "apt-get install chromium"
        )
    env = shell.environment(DEBIAN_FRONTEND="noninteractive")
    with step("Chromium"):
        shell.logged("apt-update", "apt-get", "-q", "update", env=env)
        shell.logged(
            "apt-chromium",
            "apt-get",
            "-q",
            "-y",
            "--no-install-recommends",
            "install",
            "chromium",
            env=env,
        )
    return _find()
