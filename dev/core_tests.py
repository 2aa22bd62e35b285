"""Odoo's own tests of what we extend: the same ones pass with us as without us."""

import json
from concurrent.futures import ThreadPoolExecutor

from dev import browser, databases, environment, paths, shell, stamps
from dev.console import DevError, say, step

ADDONS = ("stock", "product_expiry")
OUTCOMES = ("passed", "failed", "skipped")
RUNNER = paths.DEV / "odoo_tests.py"


def compare():
    """Run them on both databases at once and name every test that we break."""
    with environment.lock():
        environment.ensure()
        browser.ensure()
        without = databases.ensure_apps(databases.INVENTORY)
        with_us = databases.ensure_addon(databases.INVENTORY)
    with step("Tests of Odoo", _progress), ThreadPoolExecutor() as pool:
        runs = [pool.submit(_baseline, without), pool.submit(_run, with_us, "core")]
        baseline, ours = (run.result() for run in runs)
    _judge(baseline, ours)


def _judge(baseline, ours):
    _report("without the addon", baseline)
    _report("with the addon", ours)
    if not baseline["passed"]:
        raise DevError(f"No test of {', '.join(ADDONS)} passes even without the addon.")
    broken = sorted(set(baseline["passed"]) - set(ours["passed"]))
    for name in broken:
        say(f"    passes without the addon only: {name}")
    say(f"{len(baseline['passed']) - len(broken)} passed, {len(broken)} failed")
    if broken:
        raise DevError(
            f"The addon breaks {len(broken)} tests of Odoo; {paths.LOG / 'core.log'} "
            "tells how."
        )


def _report(title, names):
    counts = ", ".join(f"{len(names[outcome])} {outcome}" for outcome in OUTCOMES)
    say(f"  Odoo's tests {title}: {counts}")


def _baseline(template):
    """The run without us changes only with Odoo, so it is kept."""
    key = stamps.digest(template, RUNNER, *ADDONS)
    kept = paths.CACHE / f"core-baseline-{key}.json"
    if not kept.exists():
        paths.CACHE.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(_run(template, "core_baseline")))
    return json.loads(kept.read_text())


def _run(template, label):
    output = paths.CACHE / f"{label}.json"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.unlink(missing_ok=True)
    with databases.disposable(template, label) as database:
        shell.logged(
            label,
            paths.VENV_PYTHON,
            "-m",
            "dev.odoo_tests",
            paths.CONF,
            database,
            ",".join(ADDONS),
            output,
            cwd=paths.ROOT,
            env=shell.environment(ODOO_TEST_FAILURE_RETRIES="1"),
        )
    return json.loads(output.read_text())


def _progress():
    counts = [
        (paths.LOG / f"{label}.log").read_text(errors="replace").count(": Starting ")
        for label in ("core_baseline", "core")
        if (paths.LOG / f"{label}.log").exists()
    ]
    return " and ".join(map(str, counts)) + " tests started"
