"""A linter for sizes: long functions and long files hide what they do.

Lines count if they hold code: no blank lines, no comments, no docstrings.
"""

import ast
import io
import sys
import tokenize

from dev import paths, stamps

LONGEST_FUNCTION = 50
LONGEST_FILE = 300
NO_CODE = {
    tokenize.COMMENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
    tokenize.INDENT,
    tokenize.NEWLINE,
    tokenize.NL,
}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DOCUMENTED = (ast.Module, ast.ClassDef, *FUNCTIONS)


def complaints(name):
    """One sentence for each thing in a file that is too long."""
    text = (paths.ROOT / name).read_text()
    tree = ast.parse(text)
    lines = _code_lines(text) - _docstring_lines(tree)
    if len(lines) > LONGEST_FILE:
        yield f"{name}: {len(lines)} lines of code; at most {LONGEST_FILE}."
    for function in (part for part in ast.walk(tree) if isinstance(part, FUNCTIONS)):
        length = len(lines & _span(function))
        if length > LONGEST_FUNCTION:
            place = f"{name}:{function.lineno}: {function.name}"
            yield f"{place} has {length} lines of code; at most {LONGEST_FUNCTION}."


def _code_lines(text):
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {
        line
        for token in tokens
        if token.type not in NO_CODE
        for line in range(token.start[0], token.end[0] + 1)
    }


def _docstring_lines(tree):
    bodies = (part.body for part in ast.walk(tree) if isinstance(part, DOCUMENTED))
    first = (body[0] for body in bodies if body)
    return {line for part in first if _is_text(part) for line in _span(part)}


def _is_text(part):
    return (
        isinstance(part, ast.Expr)
        and isinstance(part.value, ast.Constant)
        and isinstance(part.value.value, str)
    )


def _span(part):
    return set(range(part.lineno, part.end_lineno + 1))


if __name__ == "__main__":
    names = [name for name in stamps.checkout_files() if name.endswith(".py")]
    found = [complaint for name in names for complaint in complaints(name)]
    print("\n".join(found))
    sys.exit(bool(found))
