"""A linter for floors: a room uses itself, the rooms below it, and no room above.

The order of the rooms is that of `models/__init__.py`. A room uses another if one of
its files in models/, wizards/ or tools/ imports from it, or names a model that it
defines, or that model's table.
"""

import ast
import re
import sys
from pathlib import PurePosixPath

from dev import paths, stamps

STOREYS = ("models", "wizards", "tools")


class Files:
    """The parsed files of all rooms, and which room defines which model."""

    def __init__(self, sources):
        """:param dict sources: path below the addon -> Python source"""
        self.trees = {
            PurePosixPath(name): ast.parse(source, name)
            for name, source in sources.items()
        }
        self.rooms = list(self._imported(PurePosixPath("models/__init__.py")))
        self.models = {
            model: self.room_of(path.parts)
            for path, tree in self.trees.items()
            for model in _defined_models(tree)
        }
        tables = sorted((_table(model) for model in self.models), key=len, reverse=True)
        self._table_names = re.compile(rf"\b({'|'.join(tables)})\b")
        self._by_table = {_table(model): room for model, room in self.models.items()}

    def _imported(self, path):
        for node in self.trees[path].body:
            if isinstance(node, ast.ImportFrom) and not node.module:
                yield from (alias.name for alias in node.names)

    def room_of(self, parts):
        """The room that a path or a module belongs to, None if all rooms may use it."""
        is_below = len(parts) > 1 and parts[0] in STOREYS
        return parts[1] if is_below and parts[1] in self.rooms else None

    def complaints(self):
        """One sentence for each use of a room above, in the order of the files."""
        for path, tree in self.trees.items():
            room = self.room_of(path.parts)
            for line, what, used in sorted(set(self._uses(path, tree))):
                if self._is_above(room, used):
                    whose = f"“{room}”" if room else "what all rooms share"
                    yield f"{path}:{line}: {whose} uses “{used}” above it: {what}"

    def _is_above(self, room, used):
        # What belongs to no room lies below them all.
        return self.rooms.index(used) > (self.rooms.index(room) if room else -1)

    def _uses(self, path, tree):
        """Yield line, what is named, and its room."""
        if path.name == "__init__.py" and not self.room_of(path.parts):
            return
        for node in ast.walk(tree):
            for what, used in self._used_by(node, path):
                if used:
                    yield node.lineno, what, used

    def _used_by(self, node, path):
        if isinstance(node, ast.ImportFrom) and node.level:
            package = path.parts[: -node.level]
            module = (*package, *(node.module or "").split("."))
            for alias in node.names:
                parts = [part for part in (*module, alias.name) if part]
                yield ".".join(parts), self.room_of(parts)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, self.models.get(node.value)
            for table in self._table_names.findall(node.value):
                yield table, self._by_table[table]


def _defined_models(tree):
    """Yield the `_name` of each model class."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            names = [getattr(target, "id", None) for target in node.targets]
            if names == ["_name"]:
                yield node.value.value


def _table(model):
    return model.replace(".", "_")


def read():
    """The files of this checkout."""
    names = [
        name
        for name in stamps.checkout_files()
        if name.endswith(".py") and name.startswith(STOREYS)
    ]
    return Files({name: (paths.ROOT / name).read_text() for name in names})


if __name__ == "__main__":
    found = list(read().complaints())
    print("\n".join(found))
    sys.exit(bool(found))
