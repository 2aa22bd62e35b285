"""Know what has been built already, and from what.

A stamp is written last. A step that was broken off has none, and runs again.
"""

import hashlib
import subprocess
from pathlib import Path

from dev import paths


def is_current(place, key):
    """Whether `place` was completely built from what `key` stands for."""
    stamp = _stamp(place)
    return place.exists() and stamp.is_file() and stamp.read_text() == key


def write(place, key):
    _stamp(place).write_text(key)


def remove(place):
    _stamp(place).unlink(missing_ok=True)


def _stamp(place):
    return place.with_name(f"{place.name}.stamp")


def digest(*parts):
    """A short key for texts, numbers and the content of files."""
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(_content(part)).digest())
    return total.hexdigest()[:12]


def _content(part):
    if isinstance(part, Path) and part.is_file():
        return part.read_bytes()
    return str(part).encode()


def checkout_files(*excluded):
    """The checkout's files that git knows or would add, but for some names."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=paths.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    names = listed.stdout.split("\0") if listed.returncode == 0 else _walk()
    wanted = {name for name in names if not set(excluded) & set(name.split("/"))}
    return sorted(name for name in wanted if (paths.ROOT / name).is_file())


def _walk():
    for path in paths.ROOT.rglob("*"):
        relative = path.relative_to(paths.ROOT)
        if not relative.parts[0].startswith(".") and "__pycache__" not in path.parts:
            yield str(relative)


def checkout_digest(*excluded):
    """A key for the content of the checkout, but for some names."""
    names = checkout_files(*excluded)
    return digest(*names, *(paths.ROOT / name for name in names))
