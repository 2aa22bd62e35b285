"""Odoo's own tests of what we extend: the same ones pass with us as without us.

First, other people do their jobs with us and without us (`other_jobs.py`). Odoo's tests
run with our addon and many apps loaded. What fails runs again without us, and what
passes there is what we break. ALL=1 runs the tests of all these apps, browser tests
included: that takes hours.
"""

import json
from concurrent.futures import ThreadPoolExecutor

from dev import (
    browser,
    databases,
    environment,
    other_jobs,
    paths,
    shell,
    variables,
)
from dev.console import DevError, say, step

#: Side by side, each in a database of its own: a tag of Odoo's test runner each.
OFTEN = (
    ("/stock",),
    (
        "/product_expiry",
        "/stock_picking_batch",
        "/stock_dropshipping",
        "/stock_landed_costs",
        "/repair",
        "/mrp_product_expiry",
        "/mrp_repair",
        "/sale_stock_product_expiry",
        # Ours, here with more apps than `make test` has: what other people do in them.
        "/batch_tracking/tests/base/test_other_jobs.py",
        "/batch_tracking/tests/base/test_other_jobs_of_apps.py",
    ),
)
ALL = (
    (
        *OFTEN[0],
        "/mrp",
        "/mrp_account",
        "/mrp_landed_costs",
        "/mrp_subcontracting",
        "/mrp_subcontracting_account",
        "/mrp_subcontracting_dropshipping",
        "/mrp_subcontracting_landed_costs",
        "/mrp_subcontracting_purchase",
        "/mrp_subcontracting_repair",
        "/purchase_mrp",
        "/sale_mrp",
    ),
    (
        *OFTEN[1],
        "/stock_account",
        "/purchase_stock",
        "/sale_stock",
        "/sale_purchase_stock",
        "/purchase_repair",
        "/pos_mrp",
        "/pos_repair",
        "/pos_sale",
        "/point_of_sale",
        "/sale",
        "/purchase",
    ),
)
OUTCOMES = ("passed", "failed", "skipped")


def compare():
    """Run them with the addon, what fails without it too; name what we break."""
    is_long = bool(variables.text("ALL"))
    with environment.lock():
        environment.ensure()
        if is_long:
            browser.ensure()
        without = databases.ensure_apps(databases.CORE)
        with_us = databases.ensure_addon(databases.CORE)
    other_jobs.compare(without, with_us)
    lanes = ALL if is_long else OFTEN
    labels = [f"core_{number}" for number in range(len(lanes))]
    with step("Tests of Odoo", lambda: _progress(labels)), ThreadPoolExecutor() as pool:
        runs = [
            pool.submit(_run, with_us, label, tags, is_long)
            for label, tags in zip(labels, lanes, strict=True)
        ]
        ours = _merged([run.result() for run in runs])
    _report("with the addon", ours)
    if not ours["passed"]:
        raise DevError("Not one test of Odoo passes with the addon.")
    _judge(ours["failed"], _again(without, ours["failed"]), len(ours["passed"]))


def _again(template, failed):
    """What became, without us, of the tests that fail with us."""
    tags = sorted(_tag(name) for name in failed if not _is_ours(name))
    if not tags:
        return {outcome: [] for outcome in OUTCOMES}
    with step(f"{len(tags)} tests once more, without the addon"):
        found = _run(template, "core_without", tags, with_tours=True)
    _report("without the addon", found)
    return found


def _judge(failed, without, passed):
    broken = [n for n in failed if _is_ours(n) or n in set(without["passed"])]
    for name in broken:
        say(f"    passes without the addon only: {name}")
    for name in sorted(set(failed) - set(broken)):
        say(f"    passes neither with nor without the addon: {name}")
    say(f"{passed} passed, {len(broken)} failed")
    if broken:
        raise DevError(
            f"The addon breaks {len(broken)} tests of Odoo; {paths.LOG}/core_*.log "
            "tell how."
        )


def _is_ours(name):
    return _tag(name).startswith(f"/{paths.MODULE}")


def _tag(name):
    """How Odoo's runner is told to run one test: `/addon:Class.method`."""
    _odoo, _addons, addon, *_file, test_class, method = name.split(".")
    return f"/{addon}:{test_class}.{method}"


def _merged(results):
    return {
        outcome: sorted(name for result in results for name in result[outcome])
        for outcome in OUTCOMES
    }


def _report(title, names):
    counts = ", ".join(f"{len(names[outcome])} {outcome}" for outcome in OUTCOMES)
    say(f"  Odoo's tests {title}: {counts}")


def _run(template, label, tags, with_tours):
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
            ",".join(tags),
            output,
            *(["tours"] if with_tours else []),
            cwd=paths.ROOT,
            env=shell.environment(ODOO_TEST_FAILURE_RETRIES="1"),
        )
    return json.loads(output.read_text())


def _progress(labels):
    counts = [
        (paths.LOG / f"{label}.log").read_text(errors="replace").count(": Starting ")
        for label in labels
        if (paths.LOG / f"{label}.log").exists()
    ]
    return " and ".join(map(str, counts)) + " tests started"
