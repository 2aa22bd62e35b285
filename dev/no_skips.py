"""A pytest plugin: a skipped test fails, unless its reason is allowed here.

Odoo skips its browser tests where it finds no browser, and such a run looks green.
"""

import pytest

ALLOWED_REASONS = ()


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
