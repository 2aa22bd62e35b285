"""A pytest plugin: a skipped test fails, and so does a test file without a test.

Odoo skips its browser tests where it finds no browser, and such a run looks green.
"""

from pathlib import Path

import pytest

ALLOWED_REASONS = ()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Before any is deselected: each file that was asked for must have its tests."""
    collected = {item.path.resolve() for item in items}
    wanted = {path for argument in config.args for path in _test_files(argument)}
    lost = sorted(map(str, wanted - collected))
    if lost:
        raise pytest.UsageError(f"pytest finds no test in {', '.join(lost)}")


def _test_files(argument):
    path = Path(argument.partition("::")[0]).resolve()
    return path.rglob("test_*.py") if path.is_dir() else [path]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport():
    outcome = yield
    _fail_if_skipped(outcome.get_result())


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report():
    outcome = yield
    _fail_if_skipped(outcome.get_result())


def _fail_if_skipped(report):
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    _file, _line, reason = report.longrepr
    if reason.removeprefix("Skipped: ") not in ALLOWED_REASONS:
        report.outcome = "failed"
        report.longrepr = f"A skipped test counts as failed here. {reason}"
