"""Run addons' tests with Odoo's own runner and write which of them pass.

    python -m dev.odoo_tests <odoo.conf> <database> <tag,tag> <result.json> [tours]

A tag is `/addon`, `/addon:Class.method` or a file's path; of addons that are not
installed nothing runs. Odoo itself runs most tests right after their addon is
installed, before any addon that depends on it is there. Here all of them run with
everything loaded.
"""

import json
import re
import socket
import sys
import threading
from pathlib import Path

from odoo import http
from odoo.modules.registry import Registry
from odoo.service import server
from odoo.tests import common, loader, result, suite
from odoo.tools import config

from dev import assets


class Recorder(result.OdooTestResult):
    """Odoo's test result, which counts only, with the names of what passed."""

    passed = set()
    skipped_names = set()

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


def main(conf, database, tags, output, tours=""):
    _serve(conf, database)
    Registry(database)
    if tours:
        assets.make(database)
    # Only now: a registry that loads in test mode runs tests by itself.
    config["test_enable"] = True
    config["test_tags"] = tags
    loader.OdooTestResult = Recorder
    collected = set()
    for position in ("at_install", "post_install"):
        tests = _collect(_addons(database, tags), position, tours)
        collected |= {test.id() for test in tests}
        loader.run_suite(suite.OdooSuite(tests))
    names = {
        "passed": sorted(Recorder.passed),
        "skipped": sorted(Recorder.skipped_names & collected),
        # One that did not even start, for want of its class's scene, failed as well.
        "failed": sorted(collected - Recorder.passed - Recorder.skipped_names),
    }
    Path(output).write_text(json.dumps(names, indent=1))
    server.server.stop()


def _addons(database, tags):
    """The installed addons that the tags are about, in the tags' order."""
    wanted = dict.fromkeys(re.match(r"/(\w+)", tag)[1] for tag in tags.split(","))
    return [name for name in wanted if name in Registry(database)._init_modules]


def _collect(addons, position, tours):
    tests = list(loader.make_suite(addons, position))
    return [t for t in tests if tours or not isinstance(t, common.HttpCase)]


def _free_port():
    with socket.socket() as probe:
        probe.bind((common.HOST, 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main(*sys.argv[1:])
