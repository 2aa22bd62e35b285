"""An earlier release with data in it becomes this one, and everything stays right.

The release is the last one with a tag, as `19.0.1.2.0`; before there is one, it is the
commit that `BEFORE` names. Its own demonstration story is told in it by its own code.
"""

import json
import re
import sys
import tarfile
from math import isclose

from dev import databases, environment, odoo_command, odoo_source, paths, shell, stamps
from dev.console import DevError, say, step

#: From where databases are upgraded as long as no release has a tag: 19.0.1.0.0.
BEFORE = "6f1d0cb58cce0c13b45b82523002bf9f8942d5fe"
TAG = re.compile(r"^v?19\.0\.\d+\.\d+\.\d+$")
#: Models whose records make an addon, and are no data of a company.
OF_ADDONS = ("ir.", "res.groups", "batch.", "stock.lot.", "stock.recall", "mail.")
FOLDER = paths.HOME / "before"
#: Its story tells years in minutes, and it says of seals when they were really made:
#: to the check of the history, events that somebody has added later look so. In a
#: company's database what happens is sealed at once. The date is in none of its hashes.
SEALED_AT_ONCE = """
    ALTER TABLE stock_lot_event_seal DISABLE TRIGGER USER;
    UPDATE stock_lot_event_seal seal SET date = event.date
    FROM stock_lot_event event WHERE event.id = seal.event_key;
    ALTER TABLE stock_lot_event_seal ENABLE TRIGGER USER
"""


def test():
    """Upgrade a database of the earlier release, and look for what is wrong in it."""
    with environment.lock():
        environment.ensure()
        release, commit = _release()
        say(f"  The release before this one: {release}")
        before = _ensure_before(commit)
    with databases.disposable(before, "test_upgrade") as database:
        if commit == BEFORE:
            databases.run(database, SEALED_AT_ONCE)
        ours = ",".join(databases.FULL.addons())
        with step("Upgrading it to this checkout"):
            log = odoo_command.change("upgrade", database, "-u", ours, "-i", ours)
        problems = [row for row in odoo_command.complaints(log) if " ERROR " in row]
        with step("Checking history, genealogy and dispositions"):
            problems += _child("check", database)
        with step("Uninstalling it with all bridges"):
            problems += _child("leave", database)
    for problem in problems:
        say(f"    {problem}")
    if problems:
        raise DevError(f"Afterwards {len(problems)} things are wrong.")
    say("1 passed: history and genealogy are right afterwards, and the app can go")


def _release():
    """The name and the commit of the release to upgrade from."""
    listed = shell.capture("git", "tag", "--list", "--sort=-v:refname", cwd=paths.ROOT)
    here = _commit("HEAD")
    for name in filter(TAG.match, listed.split()):
        if _commit(name) != here:
            return name, _commit(name)
    return f"commit {BEFORE[:7]}, as no release has a tag", _have(BEFORE)


def _commit(name):
    return shell.capture(
        "git", "rev-parse", f"{name}^{{commit}}", cwd=paths.ROOT
    ).strip()


def _have(commit):
    """The commit, fetched where the checkout is a shallow clone without it."""
    for fetch in ((), ("git", "fetch", "-q", "--depth=1", "origin", commit)):
        try:
            if fetch:
                shell.capture(*fetch, cwd=paths.ROOT)
            return _commit(commit)
        except shell.CommandError:
            continue
    raise DevError(
        f"This checkout has no commit {commit[:7]} to upgrade from, and its origin "
        "does not give it by name. Have the whole history: git fetch --unshallow."
    )


def _ensure_before(commit):
    """The template with the earlier release, its bridges and its story in it."""
    apps = databases.ensure_apps(databases.FULL)
    folder = FOLDER / commit[:12]

    def build(database):
        _unpack(commit, folder)
        databases.clone(apps, database)
        options = [f"--addons-path={_addons_path(folder)}"]
        names = ",".join([paths.MODULE, *_bridges(folder)])
        odoo_command.change("install-before", database, "-i", names, *options)
        _tell_story(folder, database, options)

    title = "Template database with the release before this one, and a story"
    key = stamps.digest(apps, commit)
    return databases.template(f"{databases.PREFIX}_before", key, title, build)


def _unpack(commit, folder):
    """Write the files of a commit where Odoo takes them for the addon."""
    addon = folder / paths.MODULE
    addon.mkdir(parents=True, exist_ok=True)
    archive = folder / "files.tar"
    shell.capture("git", "archive", "-o", archive, commit, cwd=paths.ROOT)
    with tarfile.open(archive) as files:
        files.extractall(addon)


def _bridges(folder):
    manifests = (folder / paths.MODULE).glob("bridges/*/__manifest__.py")
    return sorted(path.parent.name for path in manifests)


def _addons_path(folder):
    core = [
        str(path)
        for path in odoo_source.addons_folders()
        if path not in (paths.ADDONS, paths.BRIDGES)
    ]
    return ",".join([*core, str(folder), str(folder / paths.MODULE / "bridges")])


def _tell_story(folder, database, options):
    shell.logged(
        "story-before",
        paths.VENV_PYTHON,
        folder / paths.MODULE / "dev" / "story.py",
        *("-c", paths.CONF, "-d", database),
        *options,
        env=shell.environment(PYTHONPATH=str(folder / paths.MODULE)),
    )


def _child(task, database):
    """The sentences that a child process writes, which has Odoo loaded."""
    output = paths.CACHE / f"upgrade-{task}.json"
    output.parent.mkdir(parents=True, exist_ok=True)
    command = (paths.VENV_PYTHON, "-m", "dev.upgrade", task, database, output)
    shell.logged(f"upgrade-{task}", *command, cwd=paths.ROOT)
    return json.loads(output.read_text())


def _work(task, database, output):
    """The child process: write a sentence for each thing that is wrong."""
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry
    from odoo.tools import config

    config.parse_config(["-c", str(paths.CONF), "-d", database])
    with Registry(database).cursor() as cursor:
        env = api.Environment(cursor, SUPERUSER_ID, {})
        found = list({"check": _check, "leave": _leave}[task](env))
        cursor.commit()
    with open(output, "w") as stream:
        json.dump(found, stream)


def _check(env):
    # What the update has started, and would do in the next minutes.
    env["stock.lot"]._cron_recount_ends()
    yield from _wrong_links(env)
    yield from _wrong_history(env)
    yield from _wrong_lots(env)


def _leave(env):
    """Uninstall the addon, and look whether what it leaves behind works."""
    ours = [paths.MODULE, *odoo_command.bridges()]
    modules = env["ir.module.module"].search([("name", "=", paths.MODULE)])
    modules.button_immediate_uninstall()
    env = env(context={})
    env.transaction.reset()
    left = env["ir.module.module"].search(
        [("name", "in", ours), ("state", "!=", "uninstalled")]
    )
    if left:
        yield f"Still there: {', '.join(left.mapped('name'))}."
    # Products of the story stay: they were moved.
    records = env["ir.model.data"].search([("module", "in", ours)])
    for record in records.filtered(lambda r: r.model.startswith(OF_ADDONS)):
        yield f"Still there: {record.complete_name} ({record.model})."
    if "disposition_id" in env["stock.lot"]._fields:
        yield "The fields of the addon are still there."
    yield from _work_without(env)


def _work_without(env):
    """Put another batch into stock, and look at it."""
    lot = env["stock.lot"].search([], limit=1)
    new = lot.create({"name": "AFTERWARDS", "product_id": lot.product_id.id})
    place = env["stock.warehouse"].search([], limit=1).lot_stock_id
    env["stock.quant"]._update_available_quantity(new.product_id, place, 5, lot_id=new)
    if not new.product_qty or not lot.get_views([(False, "form")]):
        yield "A batch cannot be worked with any more."


def _wrong_links(env):
    if not env["stock.lot.link"].search_count([], limit=1):
        yield "There is no link at all: the story was not told."
    companies = env["res.company"].search([])
    for row in env["stock.lot.link"]._differences(companies.ids, 20):
        yield f"Genealogy: {row}"


def _wrong_history(env):
    for company in env["res.company"].search([]):
        check = env["stock.lot.event.check"].create({"company_id": company.id})
        check.action_check()
        while check.state == "running":
            check._go_on(60)
        if check.state != "intact" or check.waiting:
            yield (
                f"History of {company.name}: {check.state}, {check.waiting} not sealed."
                f" {check.faults}"
            )


def _wrong_lots(env):
    lots = env["stock.lot"]
    if left := lots._ends_counted_to_midnight():
        yield f"{len(left)} batches expire as their last day begins in UTC."
    yield from _wrong_costs(env)
    for domain, what in (
        ([("disposition_id", "=", False)], "have no disposition"),
        ([("is_number_shared", "=", True)], "share their number"),
    ):
        count = lots.search_count(domain)
        if count:
            yield f"{count} batches {what}."
    for code in ("released", "recalled", "expired"):
        if not lots._disposition(code):
            yield f"There is no disposition {code} any more."


def _wrong_costs(env):
    """What is stored is what would be found, of all that nobody typed."""
    lots = env["stock.lot"].search([("unit_cost_typed", "=", False)])
    found = env["stock.move"]._lot_costs(lots.ids)
    for lot in lots.filtered(lambda lot: lot.id in found):
        if not isclose(lot.unit_cost, found[lot.id], rel_tol=1e-9):
            yield f"{lot.name} cost {lot.unit_cost}, and not {found[lot.id]}."


if __name__ == "__main__":
    _work(*sys.argv[1:])
