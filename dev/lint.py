"""All linters over the addon, its bridges and this tooling."""

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from dev import environment, node, paths, shell, stamps, variables
from dev.console import DevError, say

PRETTY = (".js", ".xml", ".scss", ".css")

# One README.md tells everything, there is no author whom OCA asks for, and a large
# model of core's is extended by subject: a lot's numbers, its origin, and so on.
NOT_OURS = "manifest-required-author,missing-readme,consider-merging-classes-inherited"
#: What README.md promises: nothing of the language or its library is newer.
OLDEST_PYTHON = ("-t=3.10-", "--violations", "--quiet")
COPIES = paths.CACHE / "lint"
CRASHED = 2
THIRD_PARTY = "static/lib/"


@dataclass(frozen=True)
class Tool:
    """One linter's command line, and the folder it runs in."""

    name: str
    command: tuple
    cwd: Path = paths.ROOT
    env: dict = field(default_factory=dict)

    def run(self):
        """The exit code, and what the linter said."""
        result = subprocess.run(
            [str(part) for part in self.command],
            cwd=self.cwd,
            env=shell.environment(**self.env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return result.returncode, result.stdout.strip()


def lint():
    """Run every linter, show what the failing ones say, and fail if one does.

    With L=word only those run whose name has the word in it.
    """
    _prepare()
    tools = [*_python_tools(), *_odoo_tools(), *_web_tools(fix=False)]
    tools = [tool for tool in tools if variables.text("L") in tool.name]
    if not tools:
        raise DevError("There is no such linter. Look at L=.")
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(Tool.run, tools))
    failed = [tool.name for tool, (code, _) in zip(tools, results, strict=True) if code]
    for tool, (code, output) in zip(tools, results, strict=True):
        say(f"{'✗' if code else '✓'} {tool.name}")
        if code:
            say(output)
    if failed:
        raise DevError(f"{len(failed)} linters complain: {', '.join(failed)}.")


def reformat():
    """Apply what the formatters and the safe fixes of the linters want."""
    _prepare()
    ruff = (paths.VENV_PYTHON, "-m", "ruff")
    tools = [
        *(_oca_checks(name, "--fix") for name in _copy_addons()),
        Tool("ruff check --fix", (*ruff, "check", "--fix-only", "-q", ".")),
        Tool("ruff format", (*ruff, "format", "-q", ".")),
        *_web_tools(fix=True),
    ]
    for tool in tools:
        code, output = tool.run()
        # Less than that are findings that only `make lint` is to complain about.
        if code >= CRASHED:
            raise DevError(f"{tool.name} failed:\n{output}")
        if tool.cwd == COPIES:
            _copy_back()
    say("Formatted.")


def _prepare():
    with environment.lock():
        node.ensure_packages()


def _python_tools():
    python = paths.VENV_PYTHON
    vermin = (paths.VENV / "bin" / "vermin", *OLDEST_PYTHON)
    return [
        Tool("ruff check", (python, "-m", "ruff", "check", "--no-cache", "-q", ".")),
        Tool("ruff format", (python, "-m", "ruff", "format", "--check", "-q", ".")),
        Tool("size limits", (python, "-m", "dev.limits")),
        Tool("oldest Python", (*vermin, *_files(".py"))),
        Tool("floors", (python, "-m", "dev.floors")),
        Tool("overrides", (python, "-m", "dev.overrides")),
        Tool("benchmarks", (python, "-m", "dev.imports")),
        Tool("pages", (python, "-m", "dev.pages")),
        Tool("mypy", (python, "-m", "mypy")),
    ]


def _odoo_tools():
    """The linters that know Odoo, on a copy of each addon."""
    pylint = (paths.VENV_PYTHON, "-m", "pylint", f"--rcfile={paths.ROOT / '.pylintrc'}")
    for name in _copy_addons():
        command = (*pylint, f"--disable={NOT_OURS}", name)
        yield Tool(f"pylint-odoo {name}", command, COPIES)
        yield _oca_checks(name)
    yield Tool("duplicate code", (*_duplicate_code(), *_copied_addons()), COPIES)
    catalogues = _files(".po", ".pot")
    if catalogues:
        yield Tool("oca-checks-po", (paths.VENV / "bin" / "oca-checks-po", *catalogues))


def _duplicate_code():
    """Six equal lines are one function, except in tests: each tells its own story."""
    options = (
        "--load-plugins=pylint_odoo",  # knows the checks that comments switch off
        "--disable=all",
        "--enable=duplicate-code",
        "--min-similarity-lines=6",
    )
    tests = r"--ignore-paths=^(.*/)?tests/.*"
    return (paths.VENV_PYTHON, "-m", "pylint", "--score=no", *options, tests)


def _oca_checks(addon, *options):
    program = paths.VENV / "bin" / "oca-checks-odoo-module"
    options = ("--disable=prefer-readme-rst", *options)
    command = (program, *options, f"{addon}/__manifest__.py")
    return Tool(f"oca-checks-odoo-module {addon}", command, COPIES)


def _copy_addons():
    """Copy our addons side by side and return their names.

    The linters expect each in a folder of its name, as part of a repository and not
    as the whole of one.
    """
    shutil.rmtree(COPIES, ignore_errors=True)
    (COPIES / ".git").mkdir(parents=True)
    for source, copy in _copies():
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, copy)
    return _copied_addons()


def _copied_addons():
    return sorted(path.parent.name for path in COPIES.glob("*/__manifest__.py"))


def _copy_back():
    for source, copy in _copies():
        if source.read_bytes() != copy.read_bytes():
            shutil.copy(copy, source)


def _copies():
    """Each file of our addons with the place of its copy."""
    for name in stamps.checkout_files("benchmarks", "dev", "docs"):
        is_bridge = name.startswith(f"{paths.BRIDGES.name}/")
        copy = name.split("/", 1)[1] if is_bridge else f"{paths.MODULE}/{name}"
        yield paths.ROOT / name, COPIES / copy


def _web_tools(*, fix):
    env = {"NODE_PATH": str(node.MODULES / "node_modules")}
    programs = node.MODULES / "node_modules" / ".bin"
    pretty, scripts = _files(*PRETTY), _files(".js")
    if scripts:
        config = ("--config", paths.NODE / "eslint.config.cjs")
        mode = ("--fix",) if fix else ("--max-warnings=0",)
        yield Tool("eslint", (programs / "eslint", *config, *mode, *scripts), env=env)

    if pretty:
        config = ("--config", paths.NODE / "prettier.config.cjs")
        mode = ("--write", "--log-level=warn") if fix else ("--check",)
        command = (programs / "prettier", *config, *mode, *pretty)
        yield Tool("prettier", command, env=env)


def _files(*suffixes):
    return [
        name
        for name in stamps.checkout_files()
        if name.endswith(suffixes) and THIRD_PARTY not in name
    ]
