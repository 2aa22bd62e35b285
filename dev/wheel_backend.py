"""The build backend of `pip wheel .`: whool, on the addon without its checkout.

The checkout may have any name, and is more than the addon. whool takes an addon's name
from its folder, and ships all that git knows in it.
"""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

ADDON = "batch_tracking"
#: What only a checkout needs, by its first name.
LEFT_OUT = (
    ".ci",
    ".editorconfig",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".pylintrc",
    "benchmarks",
    "bridges",
    "CONTRIBUTING.md",
    "dev",
    "docs",
    "Makefile",
    "pyproject.toml",
)


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """Build the wheel, as PEP 517 says."""
    folder = os.path.abspath(wheel_directory)
    with _addon() as whool:
        return whool.build_wheel(folder, config_settings, metadata_directory)


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    """Write the metadata alone, as PEP 517 says."""
    folder = os.path.abspath(metadata_directory)
    with _addon() as whool:
        return whool.prepare_metadata_for_build_wheel(folder, config_settings)


def build_sdist(sdist_directory, config_settings=None):
    """Build the source distribution, which holds the addon alone as well."""
    folder = Path(sdist_directory).absolute()
    with _addon() as whool:
        # One that says itself how it is built, without this file.
        Path("pyproject.toml").write_text(
            '[build-system]\nrequires = ["whool"]\nbuild-backend = "whool.buildapi"\n'
        )
        return whool.build_sdist(folder, config_settings)


@contextmanager
def _addon():
    """Work in a copy of the addon that bears its name, and yield whool."""
    from whool import buildapi

    root = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        addon = Path(folder, ADDON)
        for name in _files(root):
            target = addon / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, target)
        os.chdir(addon)
        try:
            yield buildapi
        finally:
            os.chdir(root)


def _files(root):
    listed = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    names = listed.stdout.split("\0") if listed.returncode == 0 else _walk(root)
    return [
        name
        for name in names
        if name and (root / name).is_file() and name.split("/")[0] not in LEFT_OUT
    ]


def _walk(root):
    for path in root.rglob("*"):
        relative = path.relative_to(root)
        hidden = relative.parts[0].startswith(".") or "__pycache__" in relative.parts
        if not hidden:
            yield relative.as_posix()
