"""Write `i18n/*.pot`: the texts of the addon and its bridges, for translators."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from dev import databases, environment, odoo_command, paths, shell
from dev.console import say

LEFT_OUT = shutil.ignore_patterns(".odoo", ".git", "node_modules", "__pycache__")


def export():
    """Export the templates of all our addons into the checkout."""
    with environment.lock():
        environment.ensure()
        template = databases.ensure_addon(databases.FULL)
    with (
        databases.disposable(template, "test") as database,
        TemporaryDirectory() as folder,
    ):
        # Odoo follows links while it looks for texts, and the checkout's own .odoo
        # holds a link to the checkout: a copy without it has an end.
        copy = Path(folder) / paths.MODULE
        shutil.copytree(paths.ROOT, copy, ignore=LEFT_OUT)
        conf = Path(folder) / "odoo.conf"
        conf.write_text(_configuration(folder, copy))
        command = odoo_command.command("i18n", "export", "-c", conf, "-d", database)
        shell.logged("translations", *command, *databases.FULL.addons())
        for exported in copy.rglob("*.pot"):
            target = paths.ROOT / exported.relative_to(copy)
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(exported, target)
            say(f"  {target.relative_to(paths.ROOT)}")


def _configuration(folder, copy):
    text = paths.CONF.read_text()
    text = text.replace(str(paths.BRIDGES), str(copy / paths.BRIDGES.name))
    return text.replace(str(paths.ADDONS), str(folder))
