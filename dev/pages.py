"""A linter for what is written of the house: each path and name on its pages exists.

Read are the pages for developers. A path is one from the root, from `models/`, or the
bare name of a file; `<room>` stands for any. What begins with an underscore, or is
written as a class or a constant is, is defined somewhere.
"""

import re
import sys
from fnmatch import fnmatch
from functools import cached_property

from dev import paths, stamps

PAGES = ("README.md", "CONTRIBUTING.md", "docs/developers.md", "docs/guide.md")
QUOTED = re.compile(r"`([^`\n]+)`")
LINKED = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
PATH = re.compile(r"[\w.*<>-]*(/[\w.*<>-]*)+|[\w*]+\.(py|xml|md|js|csv|toml)")
NAME = re.compile(r"_[a-z]\w+|[A-Z][a-z]+[A-Z]\w+|[A-Z]{2,}_[A-Z_]+")
#: Beginnings of paths that are not written out; what is built is in no checkout.
ROOTS, BUILT = ("", "models/"), (".odoo/", ".ci/")


class House:
    """The files of the checkout, and what is defined in them."""

    def __init__(self, files):
        """:param dict files: path below the root -> its text, '' of what is no text"""
        self.files = files
        self.folders = {
            "/".join(name.split("/")[:depth]) + "/"
            for name in files
            for depth in range(1, name.count("/") + 1)
        }

    @cached_property
    def names(self):
        """All that is defined: functions, classes, fields and constants."""
        defined = re.compile(r"^\s*(?:def |class )?(\w+)(?:\(|:| =)", re.MULTILINE)
        return {
            name
            for path, text in self.files.items()
            if path.endswith(".py")
            for name in defined.findall(text)
        }

    def has_path(self, path):
        """Tell whether there is such a file or folder."""
        pattern = re.sub(r"<\w+>", "*", path)
        if "/" not in pattern:
            return any(fnmatch(f"/{name}", f"*/{pattern}") for name in self.files)
        wanted = [root + pattern for root in ROOTS]
        if not pattern.endswith(("/", ".py", ".xml", ".md", ".js")):
            wanted += [f"{each}/" for each in wanted]
        everything = self.folders.union(self.files)
        return any(fnmatch(name, each) for each in wanted for name in everything)

    def complaints(self, page, text):
        """One sentence for each thing on a page that there is not."""
        folder = page.rpartition("/")[0]
        for number, line in enumerate(text.splitlines(), start=1):
            for link in LINKED.findall(line):
                target = (paths.ROOT / folder / link).resolve()
                if "://" not in link and not target.exists():
                    yield f"{page}:{number}: leads nowhere: {link}"
            for quoted in QUOTED.findall(line):
                if not self._is_there(quoted):
                    yield f"{page}:{number}: there is no {quoted}"

    def _is_there(self, quoted):
        if PATH.fullmatch(quoted) and not quoted.startswith(BUILT):
            return self.has_path(quoted)
        return not NAME.fullmatch(quoted) or quoted in self.names


def read_house():
    """Return the house as it is in the checkout."""
    return House(
        {
            name: _text(paths.ROOT / name) if name.endswith(".py") else ""
            for name in stamps.checkout_files()
        }
    )


def _text(path):
    return path.read_text(encoding="utf-8")


def main():
    """Print what is wrong, and return how the process ends."""
    house = read_house()
    found = [
        complaint
        for page in PAGES
        for complaint in house.complaints(page, _text(paths.ROOT / page))
    ]
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
