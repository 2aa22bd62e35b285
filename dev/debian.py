"""Fetch and unpack Debian packages beside the system, without installing anything."""

import os
import shutil
from pathlib import Path

from dev import paths, shell
from dev.console import DevError, step

STATE = paths.CACHE / "apt"
SUITE = "sid"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
ADVICE = "It comes with Debian; elsewhere name an Odoo 19 by ODOO_HOME=<folder>."
TARGETS = "$(REPO_URI)|$(ORIGIN)|$(COMPONENT)|$(RELEASE)"
ALIASES = {"oldstable", "stable", "testing", "unstable", "sid"}


def is_available():
    """Whether this machine can take packages from a Debian archive."""
    tools = ("apt-get", "apt-cache", "dpkg-deb")
    return all(map(shutil.which, tools)) and bool(_main_archive())


def refresh():
    """Read the archive's index of our suite and of the machine's own release."""
    for folder in ("lists/partial", "cache/archives/partial"):
        (STATE / folder).mkdir(parents=True, exist_ok=True)
    uri, release = _main_archive()
    # Without a Debian keyring file apt falls back on the keys it trusts anyway.
    signed = f" [signed-by={KEYRING}]" if KEYRING.exists() else ""
    suites = dict.fromkeys([SUITE, release])
    rows = [f"deb{signed} {uri} {suite} main" for suite in suites]
    (STATE / "sources.list").write_text("\n".join(rows) + "\n")
    with step("Index of the Debian archive"):
        try:
            _apt("apt-get", "-q", "update", "--error-on=any")
        except shell.CommandError as error:
            raise DevError(
                f"The Debian archive cannot be read now.\n{error}"
            ) from error


def fetch(package, *, own_release=False):
    """Download a package and return its file; `own_release` is tried first if asked."""
    shell.need("apt-get", ADVICE)
    folder = STATE / "debs"
    folder.mkdir(parents=True, exist_ok=True)
    suites = [_main_archive()[1], SUITE] if own_release else [SUITE]
    wanted = next((name for name in _in_suites(package, suites)), None)
    if not wanted:
        raise DevError(f"The Debian archive has no package {package} in {suites}.")
    _apt("apt-get", "-q", "download", wanted, cwd=folder)
    return _newest(folder, package)


def fetch_large(package):
    """Like `fetch`, for a package so large that one wants to see it grow."""
    total = _size(package)
    folder = STATE / "debs"
    with step(
        f"Download of {package} ({_megabytes(total)} MB)",
        lambda: f"{_megabytes(_on_disk(folder))} of {_megabytes(total)} MB",
    ):
        return fetch(package)


def unpack(package_file, folder):
    """Lay a package's files below a folder."""
    shell.need("dpkg-deb", ADVICE)
    shell.capture("dpkg-deb", "-x", package_file, folder)


def forget():
    """Remove downloads and indexes; what was unpacked stays."""
    shutil.rmtree(STATE, ignore_errors=True)


def _main_archive():
    """Address and release of the main archive that the machine's apt uses."""
    rows = [row for row in _targets() if row[1] == "Debian"]
    # Where `apt-get update` never ran, apt cannot tell whose archive is whose.
    rows = rows or _targets("--no-release-info")
    releases = {*ALIASES, _codename()}
    for uri, _origin, component, release in rows:
        if component == "main" and release in releases and "security" not in uri:
            return uri, release
    return None


def _targets(*options):
    command = ("apt-get", "indextargets", *options, "--format", TARGETS)
    listed = shell.capture(*command, "Created-By: Packages")
    return [row.split("|") for row in listed.splitlines()]


def _codename():
    """The machine's release, if it is one of Debian's."""
    release = Path("/etc/os-release")
    text = release.read_text() if release.exists() else ""
    facts = dict(row.split("=", 1) for row in text.splitlines() if "=" in row)
    return facts.get("VERSION_CODENAME") if facts.get("ID") == "debian" else None


def _apt(*command, cwd=None):
    program, *arguments = command
    options = {
        "Dir::State::lists": STATE / "lists",
        "Dir::Cache": STATE / "cache",
        # Some container images switch these caches off, which makes every call slow.
        "Dir::Cache::pkgcache": "pkgcache.bin",
        "Dir::Cache::srcpkgcache": "srcpkgcache.bin",
        "Dir::Etc::sourcelist": STATE / "sources.list",
        "Dir::Etc::sourceparts": "-",
        # Our folder may be closed to apt's own user, and apt is not root here anyway.
        "APT::Sandbox::User": "root",
    }
    words = [word for pair in options.items() for word in ("-o", "{}={}".format(*pair))]
    env = shell.environment(LC_ALL="C", DEBIAN_FRONTEND="noninteractive")
    return shell.capture(program, *words, *arguments, cwd=cwd, env=env)


def _in_suites(package, suites):
    """`package=version` for each suite that has it."""
    rows = _apt("apt-cache", "madison", package).splitlines()
    for suite in suites:
        for row in rows:
            name, version, origin = (cell.strip() for cell in row.split("|"))
            if f" {suite}/" in origin:
                yield f"{name}={version}"


def _size(package):
    for row in _apt("apt-cache", "show", package).splitlines():
        if row.startswith("Size: "):
            return int(row.split()[1])
    return 0


def _newest(folder, package):
    return max(folder.glob(f"{package}_*.deb"), key=os.path.getmtime)


def _on_disk(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _megabytes(size):
    return round(size / 1e6)
