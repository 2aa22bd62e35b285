"""Databases: built once as templates, cloned for every use.

A template's name ends in a key of all it was built from. It is built under another
name and renamed when it is complete, so whatever bears the name can be trusted.
"""

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg2
from psycopg2 import sql

from dev import odoo_command, odoo_source, paths, postgres, stamps
from dev.console import DevError, step

DEMO = "batch_demo"
PREFIX = "batch_template"
OURS = (f"{PREFIX}_", "batch_test_", "batch_core_", "batch_bench_", "batch_filled_")
FILESTORE = paths.DATA / "filestore"

# A change in files and folders of these names needs no new installation.
NOT_INSTALLED = (
    ".ci",
    ".editorconfig",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".pylintrc",
    "benchmarks",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "dev",
    "docs",
    "LICENSE",
    "Makefile",
    "pyproject.toml",
    "README.md",
    "tests",
)


@dataclass(frozen=True)
class Flavour:
    """What a template holds: other people's addons, and ours on top."""

    name: str
    apps: tuple
    with_bridges: bool

    def addons(self):
        return [paths.MODULE, *(odoo_command.bridges() if self.with_bridges else ())]


FULL = Flavour(
    "full", (*odoo_command.APPS, *odoo_command.DEPENDENCIES), with_bridges=True
)
CORE = Flavour(
    "core",
    (*odoo_command.APPS, *odoo_command.MORE_APPS, *odoo_command.DEPENDENCIES),
    with_bridges=True,
)
INVENTORY = Flavour("inventory", odoo_command.DEPENDENCIES, with_bridges=False)


def ensure_apps(flavour):
    """The template with other people's addons only."""
    requirements = paths.DEV / "requirements.txt"
    key = stamps.digest(odoo_source.version(), requirements, *flavour.apps)

    def build(database):
        create(database)
        odoo_command.install(f"install-{flavour.name}-apps", database, flavour.apps)

    title = f"Template database with {', '.join(flavour.apps)}"
    return template(f"{PREFIX}_{flavour.name}_apps", key, title, build)


def ensure_addon(flavour):
    """The template with our addon installed on top."""
    apps = ensure_apps(flavour)
    key = stamps.digest(apps, stamps.checkout_digest(*NOT_INSTALLED))

    def build(database):
        clone(apps, database)
        odoo_command.install(f"install-{flavour.name}", database, flavour.addons())

    title = f"Installing {', '.join(flavour.addons())}"
    return template(f"{PREFIX}_{flavour.name}_addon", key, title, build)


def template(family, key, title, build):
    """The name of a template, built by `build(name)` when there is none of this key."""
    name = f"{family}_{key}"
    if name in names_like(name):
        return name
    for old in names_like(f"{family}_"):
        drop(old)
    unfinished = f"{family}_unfinished"
    with step(title):
        build(unfinished)
        rename(unfinished, name)
    return name


@contextmanager
def disposable(template, purpose):
    """A clone for one use; clones that a broken-off use left behind go as well."""
    stem = f"batch_{purpose}_"
    for old in names_like(stem):
        if not _is_alive(old.rsplit("_", 1)[1]):
            drop(old)
    name = f"{stem}{os.getpid()}"
    clone(template, name)
    try:
        yield name
    finally:
        drop(name)


def create(name):
    """A new, empty database."""
    drop(name)
    # As Odoo itself creates them: sorted alike on every server.
    statement = sql.SQL(
        "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C'"
    )
    _execute(statement.format(sql.Identifier(name)))


def clone(template, name):
    """A copy of a database, files included."""
    drop(name)
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    _execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    if (FILESTORE / template).is_dir():
        # Odoo never changes an attachment's file, so a second name for it will do.
        shutil.copytree(FILESTORE / template, FILESTORE / name, copy_function=os.link)


def drop(name):
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    _execute(statement.format(sql.Identifier(name)))
    shutil.rmtree(FILESTORE / name, ignore_errors=True)


def drop_all():
    """Drop every database that the commands here have made."""
    for name in names_like("batch_"):
        if name == DEMO or name.startswith(OURS):
            drop(name)


def names_like(prefix):
    """The databases whose name starts like this."""
    rows = _execute("SELECT datname FROM pg_database WHERE NOT datistemplate")
    return [name for (name,) in rows if name.startswith(prefix)]


def comment(name):
    """The note that `set_comment` left with a database, if there is one."""
    rows = _execute(
        "SELECT shobj_description(oid, 'pg_database'), datname FROM pg_database"
    )
    return next((text for text, datname in rows if datname == name), None)


def set_comment(name, text):
    statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
    _execute(statement.format(sql.Identifier(name), sql.Literal(text)))


def rename(old, new):
    """Give a database that nobody uses another name."""
    if (FILESTORE / old).is_dir():
        # Files may outlive their database when PostgreSQL's folder was built anew.
        shutil.rmtree(FILESTORE / new, ignore_errors=True)
        (FILESTORE / old).rename(FILESTORE / new)
    statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    _execute(statement.format(sql.Identifier(old), sql.Identifier(new)))


def run(name, statement):
    """Run SQL in a database, and commit it."""
    _execute(statement, name)


def _connect(server, name="postgres"):
    try:
        return psycopg2.connect(
            host=server.host,
            port=server.port,
            user=server.user,
            password=server.password or None,
            dbname=name,
        )
    except psycopg2.OperationalError as error:
        raise DevError(
            f"The database server at {server.host} does not let us in: {error}"
            "Check PGHOST, PGPORT, PGUSER and PGPASSWORD."
        ) from error


def _execute(statement, name="postgres"):
    server = postgres.ensure()
    connection = _connect(server, name)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    except psycopg2.Error as error:
        message = f"The database server at {server.host} refuses: {error}"
        if isinstance(error, psycopg2.errors.InsufficientPrivilege):
            message += f"The role {server.user} needs the right to create databases."
        raise DevError(message) from error
    finally:
        connection.close()


def _is_alive(pid):
    return pid.isdigit() and os.path.exists(f"/proc/{pid}")
