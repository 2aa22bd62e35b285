"""A linter for methods that two files give one model, where one silently wins.

Classes that extend one model are one class in the end. A method in two of them is an
override: it calls `super()`, or what it replaces says in its docstring that “a room
above” is to do so. Anything else was an accident of names.
"""

import ast
import sys
from collections import defaultdict

from dev import paths, stamps

STOREYS = ("models", "wizards")
HOOK = "room above"
NAMES = ("_name", "_inherit")


def complaints(sources):
    """Yield a sentence for each method that is defined twice by accident.

    :param dict sources: path below the addon -> Python source
    """
    found = defaultdict(list)
    for path, source in sources.items():
        for node in ast.parse(source, path).body:
            if isinstance(node, ast.ClassDef) and (model := _model(node)):
                for method in _methods(node):
                    if not _calls_super(method):
                        place = f"{path}:{method.lineno}"
                        found[model, method.name].append((place, method))
    for (model, name), definitions in found.items():
        docs = [ast.get_docstring(method) or "" for _place, method in definitions]
        # One replaces; all others say that they may be replaced.
        if len(docs) - sum(HOOK in doc.replace("\n", " ") for doc in docs) > 1:
            places = " and ".join(place for place, _method in definitions)
            yield f"{places}: both define {name} of {model} without super()"


def _model(node):
    """The name of the model that a class defines or extends, None if it is none."""
    for line in node.body:
        is_text = isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
        if is_text and getattr(line.targets[0], "id", None) in NAMES:
            return line.value.value
    return None


def _methods(node):
    return [line for line in node.body if isinstance(line, ast.FunctionDef)]


def _calls_super(method):
    return any(
        isinstance(node, ast.Name) and node.id == "super" for node in ast.walk(method)
    )


def read():
    """The sources of this checkout's models and wizards."""
    return {
        name: (paths.ROOT / name).read_text()
        for name in stamps.checkout_files()
        if name.endswith(".py") and name.startswith(STOREYS)
    }


if __name__ == "__main__":
    lines = list(complaints(read()))
    print("\n".join(lines))
    sys.exit(bool(lines))
