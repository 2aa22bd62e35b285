"""Other people's jobs: with us, nobody is refused what core without us lets them do.

Each role tries each job on each kind of goods, and opens each screen of its menus, in
two databases with the same apps: one without the addon, and one with it.

    python -m dev.other_jobs <odoo.conf> <database> <result.json>
"""

import json
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from dev import databases, paths, shell
from dev.console import DevError, say, step

DONE = "done"
#: So many records a screen is opened with.
OPENED = 3
#: Whoever opens this asks a server far away.
FAR_AWAY = {"iap.account"}


def compare(without, with_us):
    """Do all jobs in a clone of both templates; fail for what only we refuse.

    :param without: template with all apps, and not our addon
    :param with_us: the same apps and our addon
    """
    templates = {"without": without, "with": with_us}
    with step("Other people's jobs, without the addon and with it"):
        with ThreadPoolExecutor() as pool:
            runs = {
                name: pool.submit(_run, template, f"jobs_{name}")
                for name, template in templates.items()
            }
        found = {name: run.result() for name, run in runs.items()}
    _judge(found["without"], found["with"])


def _run(template, label):
    output = paths.CACHE / f"{label}.json"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.unlink(missing_ok=True)
    with databases.disposable(template, f"core_{label}") as database:
        command = (paths.VENV_PYTHON, "-m", "dev.other_jobs", paths.CONF, database)
        shell.logged(label, *command, output, cwd=paths.ROOT)
    return json.loads(output.read_text())


def _judge(without, with_us):
    """Fail if something is refused with us alone, or if the jobs show nothing.

    Both are ``{what was tried: DONE, or the step and the words of the refusal}``.
    """
    gone = [0, "no menu leads there any more"]
    found = {name: (was, with_us.get(name, gone)) for name, was in without.items()}
    done = {name for name, (was, _now) in found.items() if was == DONE}
    vain = {_job(name) for name in found} - {_job(name) for name in done}
    # What is refused without us counts as well if it gets less far with us.
    broken = [
        name
        for name, (was, now) in found.items()
        if now != DONE and (was == DONE or now[0] < was[0])
    ]
    for name in broken:
        say(f"    refused with the addon only: {name}: {found[name][1][1]}")
    say(
        f"  {len(found)} tried, {len(done)} done without the addon, "
        f"{sum(now == DONE for _was, now in found.values())} with it, "
        f"{len(broken)} refused with it only"
    )
    if vain:
        raise DevError(f"Nobody can do these, so they show nothing: {sorted(vain)}.")
    if broken:
        raise DevError(
            f"The addon refuses {len(broken)} things that Odoo lets people do; "
            f"{paths.CACHE}/jobs_with.json and jobs_without.json tell all of it."
        )


def _job(name):
    return name.split(" | ")[1]


def _work(conf, database, output):
    """The child process: do all, and write what became of it."""
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry
    from odoo.tools import config

    from dev import other_company, other_people

    config.parse_config(["-c", conf, "-d", database, "--log-level=warn"])
    logging.getLogger("odoo.sql_db").setLevel(logging.CRITICAL)
    found = {}
    with Registry(database).cursor() as cursor:
        env = api.Environment(cursor, SUPERUSER_ID, {})
        company = other_company.Company(env)
        for role, user in company.users.items():
            for job in other_people.JOBS:
                for name, product in company.goods.items():
                    key = f"{role} | {job.__name__} | {name}"
                    found[key] = _attempt(company, user, job, product)
            if role in other_company.AT_SCREENS:
                found |= _open_screens(company, role, user)
        cursor.rollback()
    with open(output, "w") as stream:
        json.dump(found, stream, indent=1)


def _attempt(company, user, job, product):
    """Do a job and undo it; return DONE, or the step that failed and why."""
    number, doing = 0, "begin"
    env = company.env(user=user)
    try:
        with _undone(env):
            for name in job(env, company, product):
                number, doing = number + 1, name
            env.flush_all()
    except Exception as error:  # noqa: BLE001 whatever it is: it keeps them from it
        return number, f"{doing}: {type(error).__name__}: {error}"
    return DONE


def _open_screens(company, role, user):
    """Open what the menus of a role lead to, and read what stands there."""
    env = company.env(user=user)
    found = {}
    for action in _actions(env):
        for kind in ("list", "form"):
            key = f"{role} | open screens | {action.xml_id}, {kind}"
            found[key] = _open(env, action, kind)
    return found


def _actions(env):
    """The windows that the menus open which somebody sees."""
    menus = env["ir.ui.menu"].browse(env["ir.ui.menu"]._visible_menu_ids())
    actions = {menu.sudo().action for menu in menus if menu.sudo().action}
    windows = [one for one in actions if one._name == "ir.actions.act_window"]
    return sorted(
        (one for one in windows if one.res_model in env.keys() - FAR_AWAY),
        key=lambda action: action.xml_id,
    )


def _open(env, action, kind):
    model = env[action.res_model]
    try:
        with _undone(env):
            view = model.get_views([(False, kind)])["views"][kind]
            names = view["model"] and _shown(view["arch"], model)
            records = model.search([], limit=OPENED)
            records.web_read({name: {} for name in names})
    except Exception as error:  # noqa: BLE001 whatever it is: it keeps them from it
        return 1, f"{type(error).__name__}: {error}"
    return DONE


def _shown(arch, model):
    from lxml import etree

    tree = etree.fromstring(arch)
    # Not those of lists inside: they are another model's.
    return {
        node.get("name")
        for node in tree.iter("field")
        if not any(above.tag == "field" for above in node.iterancestors())
        and node.get("name") in model._fields
    }


class _UndoneError(Exception):
    """Ends what is only tried."""


@contextmanager
def _undone(env):
    """Take back what is done meanwhile."""
    try:
        with env.cr.savepoint():
            yield
            raise _UndoneError
    except _UndoneError:
        pass
    finally:
        env.cr.precommit.clear()
        env.cr.postcommit.clear()
        env.transaction.clear()


if __name__ == "__main__":
    _work(*sys.argv[1:])
