"""The demonstration: a company, a recall drill worked on it, and a served database."""

import shutil

from dev import (
    databases,
    environment,
    odoo_command,
    paths,
    server,
    shell,
    stamps,
    variables,
)
from dev.console import DevError, say, step

DATABASE = databases.DEMO
STORY = paths.DEV / "story.py"


def demo():
    """Have the demonstration company, work a recall drill on it and serve it."""
    serve = variables.text("SERVE", "1") != "0"
    port = variables.number("PORT", 8069)
    with environment.lock():
        server.stop()
        if serve:
            server.check_port(port)
        environment.ensure()
        tell()
        if not serve:
            return
        address = server.start(DATABASE, port)
    if not shutil.which("wkhtmltopdf"):
        say("  There is no wkhtmltopdf here, so reports open as HTML and not as PDF.")
    say(f"\nBatch Tracking is served at {address} – log in as admin / admin.")
    say("`make stop` stops it.")


def tell():
    """Have the company in its database, and work a drill on it."""
    _ensure_database()
    _tell_story()


def _ensure_database():
    """Clone the template, or upgrade what an earlier checkout has left."""
    apps = databases.ensure_apps(databases.FULL)
    key = f"{apps} {stamps.checkout_digest(*databases.NOT_INSTALLED)}"
    built_from = databases.comment(DATABASE) or ""
    if built_from == key:
        return
    if built_from.split(" ")[0] == apps:
        _upgrade()
    else:
        databases.clone(databases.ensure_addon(databases.FULL), DATABASE)
    databases.set_comment(DATABASE, key)


def _upgrade():
    ours = ",".join(databases.FULL.addons())
    with step("Upgrading the demonstration to the addon's new code"):
        odoo_command.change("upgrade-demo", DATABASE, "-u", ours, "-i", ours)


def _tell_story():
    if not STORY.exists():
        say("  There is no dev/story.py, so the database stays empty.")
        return
    say("→ The Keuka Lake Hummus Company and its recall drill …")
    code = shell.passthrough(
        paths.VENV_PYTHON,
        STORY,
        "-c",
        paths.CONF,
        "-d",
        DATABASE,
        env=shell.environment(PYTHONPATH=str(paths.ROOT)),
    )
    if code:
        raise DevError(
            f"The story broke off (exit code {code}); the lines above say where. "
            "If its database is damaged, `make clean` and start again."
        )
