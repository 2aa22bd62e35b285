"""The demo's Odoo server, running in the background."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from pathlib import Path

from dev import odoo_command, paths, shell
from dev.console import DevError, say, step

RECORD = paths.HOME / "server.json"
LOG = paths.LOG / "server.log"
HOST = "127.0.0.1"
SECONDS_TO_START = 120
SECONDS_TO_STOP = 15


def running():
    """The server's process id and port, or nothing."""
    if not RECORD.exists():
        return None
    record = json.loads(RECORD.read_text())
    command_line = Path(f"/proc/{record['pid']}/cmdline")
    if not command_line.exists() or str(paths.CONF) not in command_line.read_text():
        return None
    return record


def check_port(port):
    """Fail if another program listens there."""
    if not _is_free(port):
        raise DevError(
            f"Port {port} is taken by another program. Name a free one: "
            f"make demo PORT={port + 1}"
        )


def _command(database, port):
    return odoo_command.command(
        "-c",
        paths.CONF,
        "-d",
        database,
        f"--db-filter=^{database}$",
        f"--http-port={port}",
        "--max-cron-threads=1",
    )


def start(database, port):
    """Start serving a database and return the address once it answers."""
    process = launch(database, port)
    RECORD.write_text(json.dumps({"pid": process.pid, "port": port}))
    address = f"http://localhost:{port}"
    with step("Starting the server"):
        wait(process, address)
    return address


def launch(database, port, log=LOG):
    """Start serving a database and return the process, which need not answer yet."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as stream:
        return subprocess.Popen(
            _command(database, port),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env=shell.environment(),
            start_new_session=True,
        )


def stop():
    """Stop the server if it runs."""
    record = running()
    if record:
        _end(record["pid"])
        say("  The server is stopped.")
    RECORD.unlink(missing_ok=True)


def wait(process, address, log=LOG):
    """Return once a process that was launched answers."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise shell.CommandError(("odoo",), log.read_text(), log)
        if _answers(address):
            return
        time.sleep(0.2)
    raise DevError(f"The server does not answer at {address}. See {log}.")


def _answers(address):
    # Without any proxy that the environment may name: this is our own machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}/web/login", timeout=30) as page:
            return page.status == HTTPStatus.OK
    except (urllib.error.URLError, OSError):
        return False


def _end(pid):
    os.kill(pid, signal.SIGTERM)
    for _ in range(SECONDS_TO_STOP * 10):
        if not running():
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)


def _is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
