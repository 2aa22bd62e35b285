"""How long a person waits for a graph of 500 batches, in Chromium.

From the click until the browser has painted it: one call to a real server, the layout
and the drawing. Pages are new each time; scripts come from the browser's cache, as they
do all day.
"""

import statistics
import subprocess
import time
import urllib.request
from contextlib import contextmanager

from dev import browser, odoo_command, shell

RUNS = 5
PORT = 8099
SECONDS_TO_START = 90
#: Milliseconds for what a page does after its first paint; the network is never idle.
SETTLING = 3_000
#: Raw lots that many batches were made of; the first with enough is drawn.
CANDIDATES = range(3, 40_000)
NODES = range(480, 561)
OPEN = """lotId => new Promise((resolve) => {
    const started = performance.now();
    odoo.__WOWL_DEBUG__.root.env.services.action.doAction({
        type: "ir.actions.client",
        tag: "batch_tracking.genealogy",
        params: {lot_ids: [lotId], ungrouped: true},
    });
    const look = () => {
        const drawn = document.querySelectorAll(".o_genealogy_node").length;
        if (drawn) {
            requestAnimationFrame(() => setTimeout(() => resolve(
                {drawn, seconds: (performance.now() - started) / 1000})));
        } else {
            requestAnimationFrame(look);
        }
    };
    look();
})"""


def run(env, _scale):
    """Return ``graph_first_paint`` in seconds, and how many nodes that were."""
    from playwright.sync_api import sync_playwright

    lot = _lot(env)
    with _server(env.cr.dbname) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(browser.ensure()), args=["--no-sandbox"]
        )
        context = chromium.new_context(base_url=address)
        _log_in(context, env.cr.dbname)
        paints = [_paint(context, lot.id) for _run in range(RUNS + 1)][1:]
        chromium.close()
    return {
        "graph_nodes": paints[0]["drawn"],
        "graph_first_paint": statistics.median(paint["seconds"] for paint in paints),
    }


def _lot(env):
    """Return a lot whose genealogy has about 500 batches."""
    genealogy = env["stock.lot.genealogy"]
    for number in CANDIDATES:
        lot = env["stock.lot"].search([("name", "=", f"BENCH-{number:06}")])
        if not lot:
            break
        if len(genealogy._reach(lot, "forward")) in NODES:
            return lot
    raise ValueError("No batch has a genealogy of 500: use a larger BENCH_SCALE.")


def _log_in(context, database):
    who = {"db": database, "login": "admin", "password": "admin"}
    call = {"jsonrpc": "2.0", "method": "call", "params": who}
    context.request.post("/web/session/authenticate", data=call)


def _paint(context, lot_id):
    page = context.new_page()
    page.goto("/odoo/batches")
    page.locator(".o_list_view").wait_for(timeout=120_000)
    page.wait_for_timeout(SETTLING)
    paint = page.evaluate(OPEN, lot_id)
    page.close()
    return paint


@contextmanager
def _server(database):
    """Serve a database while the block runs, and yield the address."""
    from dev import paths

    process = subprocess.Popen(
        odoo_command.command(
            "-c",
            paths.CONF,
            "-d",
            database,
            f"--db-filter=^{database}$",
            f"--http-port={PORT}",
            "--max-cron-threads=0",
        ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=shell.environment(),
    )
    address = f"http://localhost:{PORT}"
    try:
        _wait(address)
        yield address
    finally:
        process.terminate()
        process.wait()


def _wait(address):
    give_up = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < give_up:
        try:
            urllib.request.urlopen(f"{address}/web/health", timeout=5)
            return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(f"Odoo does not answer at {address}.")
