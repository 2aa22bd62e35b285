"""Odoo 19 itself: where it comes from and where its addons lie.

In this order: the tree named by ODOO_HOME, now or by an earlier command of this
checkout, the Debian archive, Odoo's git branch. An empty ODOO_HOME forgets.
"""

import os
import re
import shutil
import sys
from pathlib import Path

from dev import debian, node, paths, shell, stamps
from dev.console import DevError, say, step

SERIES = "19.0"
REPOSITORY = "https://github.com/odoo/odoo.git"
PACKAGE = "odoo-19"

# Debian's Odoo links to files of these packages.
COMPANIONS = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-dejavu-core",
    "fonts-glyphicons-halflings",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-montserrat",
)

#: The folder that ODOO_HOME has named.
KEPT_HOME = paths.HOME / "odoo_home"

# Debian leaves this file out, but every page of Odoo asks for it.
SELFIE = "@mediapipe/selfie_segmentation@0.1.1675465747"
SELFIE_FILE = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def ensure():
    """Have an Odoo that `python -m odoo` of our environment finds."""
    home = _named_home()
    if home:
        _use(_python_folder(home))
        KEPT_HOME.write_text(f"{home}\n")
        return
    key = stamps.digest(SERIES, SELFIE, *COMPANIONS)
    if not stamps.is_current(paths.ODOO, key):
        stamps.remove(paths.ODOO)
        _obtain()
        stamps.write(paths.ODOO, key)
    _use(_python_folder(paths.ODOO))


def _named_home():
    """The folder that ODOO_HOME names, or has named before; None for neither."""
    named = os.environ.get("ODOO_HOME")
    if named:
        return Path(named).expanduser().resolve()
    if named is not None:
        KEPT_HOME.unlink(missing_ok=True)
    if not KEPT_HOME.exists():
        return None
    kept = Path(KEPT_HOME.read_text().strip())
    if not kept.is_dir():
        raise DevError(
            f"This checkout uses the Odoo in {kept}, as ODOO_HOME said, and it is "
            "gone. Name another by ODOO_HOME=<folder>; an empty ODOO_HOME= forgets it."
        )
    return kept


def addons_folders():
    """Every folder in which Odoo and we keep addons."""
    python_folder = Path(_pth().read_text().strip())
    core = python_folder / "odoo" / "addons"
    # A source tree keeps most addons beside `odoo/`. Debian keeps them all within,
    # and what it has beside it is a leftover.
    folders = [core] if (core / "stock").is_dir() else [core, python_folder / "addons"]
    folders.append(paths.ADDONS)
    if any(paths.BRIDGES.glob("*/__manifest__.py")):
        folders.append(paths.BRIDGES)
    return folders


def version():
    """Odoo's version, for keys."""
    return stamps.digest(Path(_pth().read_text().strip()) / "odoo" / "release.py")


def _obtain():
    shutil.rmtree(paths.ODOO, ignore_errors=True)
    if debian.is_available():
        _from_debian()
    else:
        _from_git()


def _from_debian():
    debian.refresh()
    package = debian.fetch_large(PACKAGE)
    with step("Unpacking Odoo (1.2 GB)"):
        debian.unpack(package, paths.ODOO)
    with step("Fonts and libraries that Odoo links to"):
        for name in COMPANIONS:
            debian.unpack(debian.fetch(name, own_release=True), paths.ODOO)
        addons = _python_folder(paths.ODOO) / "odoo" / "addons"
        node.file_of_package(SELFIE, "selfie_segmentation.js", addons / SELFIE_FILE)
        _check_links(addons)
    debian.forget()


def _from_git():
    shell.need("git", "Install git, or name an Odoo 19 by ODOO_HOME=<folder>.")
    say("  No Debian archive here, so Odoo comes from its git repository.")
    with step(f"Shallow clone of Odoo {SERIES}"):
        try:
            options = ("--quiet", "--depth", "1", "--branch", SERIES)
            shell.logged("git-clone", "git", "clone", *options, REPOSITORY, paths.ODOO)
        except shell.CommandError as error:
            raise DevError(
                "Odoo can be had neither from a Debian archive nor from its git "
                "repository. Name an existing Odoo 19 by ODOO_HOME=<folder>.\n"
                f"{error}"
            ) from error


def _check_links(addons):
    dangling = [
        path for path in addons.rglob("*") if path.is_symlink() and not path.exists()
    ]
    if dangling:
        names = ", ".join(str(path.relative_to(addons)) for path in dangling[:5])
        raise DevError(
            f"{len(dangling)} links of Debian's Odoo lead nowhere ({names}). The "
            "archive's font or libjs packages have changed: see COMPANIONS in "
            "dev/odoo_source.py."
        )


def _python_folder(home):
    """The folder that goes on Python's path: the one which holds `odoo/`."""
    packaged = home / "usr" / "lib" / "python3" / "dist-packages"
    for folder in (home, packaged, home.parent):
        release = folder / "odoo" / "release.py"
        if release.is_file() and _series(release) == SERIES:
            return folder
        if release.is_file():
            raise DevError(
                f"{release.parent} is Odoo {_series(release)}; {SERIES} is needed."
            )
    raise DevError(
        f"There is no Odoo in {home}: it has no odoo/release.py. ODOO_HOME must name "
        "a source tree or an installation's dist-packages folder."
    )


def _series(release):
    """What Odoo's release.py says of itself, read without running it."""
    found = re.search(r"^version_info = \((\d+), (\d+),", release.read_text(), re.M)
    return ".".join(found.groups()) if found else "of an unknown version"


def _use(python_folder):
    _pth().write_text(f"{python_folder}\n")


def _pth():
    """The file by which our Python finds Odoo wherever it lies."""
    python = "python{}.{}".format(*sys.version_info)
    return paths.VENV / "lib" / python / "site-packages" / "odoo_source.pth"
