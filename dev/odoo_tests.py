"""Run addons' tests with Odoo's own runner and write which of them pass.

    python -m dev.odoo_tests <odoo.conf> <database> <addon,addon> <result.json>

Odoo itself runs most tests right after their addon is installed, before any addon
that depends on it is there. Here all of them run with everything loaded.
"""

import json
import socket
import sys
import threading
from pathlib import Path

from odoo import http
from odoo.service import server
from odoo.tests import common, loader, result
from odoo.tools import config

from dev import assets


class Recorder(result.OdooTestResult):
    """Odoo's test result, which counts only, with the names of what passed."""

    started = set()
    passed = set()
    skipped_names = set()

    def startTest(self, test):  # noqa: N802
        super().startTest(test)
        self.started.add(test.id())

    def addSuccess(self, test):  # noqa: N802
        super().addSuccess(test)
        self.passed.add(test.id())

    def addSkip(self, test, reason):  # noqa: N802
        super().addSkip(test, reason)
        self.skipped_names.add(test.id())


def _serve(conf, database):
    config.parse_config(["-c", conf, "-d", database, "--log-level=info"])
    config["http_port"] = _free_port()
    server.load_server_wide_modules()
    server.server = server.ThreadedServer(http.root)
    server.server.start(stop=False)
    threading.current_thread().testing = True


def main(conf, database, addons, output):
    _serve(conf, database)
    assets.make(database)
    # Only now: a registry that loads in test mode runs tests by itself.
    config["test_enable"] = True
    config["test_tags"] = ",".join(f"/{addon}" for addon in addons.split(","))
    loader.OdooTestResult = Recorder
    for position in ("at_install", "post_install"):
        loader.run_suite(loader.make_suite(addons.split(","), position))
    names = {
        "passed": sorted(Recorder.passed),
        "skipped": sorted(Recorder.skipped_names),
        "failed": sorted(Recorder.started - Recorder.passed - Recorder.skipped_names),
    }
    Path(output).write_text(json.dumps(names, indent=1))
    server.server.stop()


def _free_port():
    with socket.socket() as probe:
        probe.bind((common.HOST, 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main(*sys.argv[1:])
