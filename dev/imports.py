"""A linter for what benchmarks import from the addon: none lags behind it.

Nobody runs them for days, and what they name may have moved to another room. It reads
the files, and needs no Odoo.
"""

import ast
import sys
from pathlib import Path

from dev import paths

BENCHMARKS = "benchmarks"
ADDON = f"odoo.addons.{paths.MODULE}"
FOLDERS = ("models", "tests", "tools", "wizards")


def complaints(root):
    """Yield a sentence for each import of what is not there.

    :param Path root: of the addon
    """
    for path in sorted((root / BENCHMARKS).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(), path.name)):
            if isinstance(node, ast.ImportFrom) and not node.level:
                for missing in _missing(root, node):
                    yield f"{BENCHMARKS}/{path.name}:{node.lineno}: no {missing}"


def _missing(root, node):
    first = node.module.split(".")[0]
    if first in FOLDERS:
        yield f"{node.module}: it is {ADDON}.{node.module}"
    if not f"{node.module}.".startswith(f"{ADDON}."):
        return
    module = root.joinpath(*node.module.removeprefix(ADDON).strip(".").split("."))
    names = _names_in(module)
    for alias in node.names:
        if alias.name not in names:
            yield f"{alias.name} in {node.module}"


def _names_in(module):
    """Return what a module or a package offers, as a set."""
    package = module / "__init__.py"
    source = package if package.exists() else module.with_suffix(".py")
    if not source.exists():
        return set()
    names = {path.stem for path in module.glob("*") if module.is_dir()}
    for node in ast.parse(source.read_text()).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = getattr(node, "targets", None) or [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


if __name__ == "__main__":
    found = list(complaints(Path(paths.ROOT)))
    print("\n".join(found))
    sys.exit(bool(found))
