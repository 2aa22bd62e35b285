"""The wheels of the addon and its bridges, as `pip wheel` builds them."""

import shutil
import zipfile

from dev import odoo_command, paths, shell
from dev.console import DevError, say, step

FOLDER = paths.HOME / "dist"
#: What a wheel must not bring along, by its first name below the addon.
FOREIGN = {"benchmarks", "bridges", "dev", "docs", "Makefile", "pyproject.toml"}


def build():
    """Build all of them into `.odoo/dist/`, and look into each."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    sources = {
        paths.MODULE: paths.ROOT,
        **{name: paths.BRIDGES / name for name in odoo_command.bridges()},
    }
    with step(f"Wheels of {', '.join(sources)}"):
        for source in sources.values():
            pip = (paths.VENV_PYTHON, "-m", "pip", "wheel", "-q", "--no-deps")
            shell.capture(*pip, "-w", FOLDER, source)
    wheels = sorted(FOLDER.glob("*.whl"))
    found = {addon: wheel for wheel in wheels for addon in _look_into(wheel)}
    if set(found) != set(sources):
        raise DevError(f"Wheels of {sorted(sources)} hold {sorted(found)}.")
    for wheel in wheels:
        say(f"  {wheel.relative_to(paths.ROOT)}")
    say(f"{len(wheels)} passed: each wheel holds its addon and nothing else")


def _look_into(wheel):
    """Yield the names of the addons in a wheel, which is one that is complete."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name.split("/") for name in archive.namelist()]
    inside = [name[2:] for name in names if name[:2] == ["odoo", "addons"]]
    foreign = sorted({name[1] for name in inside} & FOREIGN)
    if foreign:
        raise DevError(f"{wheel.name} brings {', '.join(foreign)} along.")
    for addon in {name[0] for name in inside}:
        for needed in ("__manifest__.py", "README.md", "static/description/icon.png"):
            if [addon, *needed.split("/")] not in inside:
                raise DevError(f"{wheel.name} lacks {addon}/{needed}.")
        yield addon
