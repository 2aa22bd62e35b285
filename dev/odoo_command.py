"""Run Odoo: its configuration file and its command line."""

from dev import odoo_source, paths, shell
from dev.console import warn

# What the addon's gains from other apps are shown and tested with.
APPS = (
    "mrp",
    "mrp_subcontracting",
    "point_of_sale",
    "purchase_stock",
    "repair",
    "sale_stock",
)
# What else is loaded beside us when Odoo's own tests run.
MORE_APPS = ("stock_dropshipping", "stock_landed_costs", "stock_picking_batch")
DEPENDENCIES = ("stock", "product_expiry", "portal")


def bridges():
    """The names of our glue addons."""
    return sorted(path.parent.name for path in paths.BRIDGES.glob("*/__manifest__.py"))


def configure(server):
    """Write the configuration file that everything here gives to Odoo."""
    options = {
        "addons_path": ",".join(map(str, odoo_source.addons_folders())),
        "data_dir": paths.DATA,
        "db_host": server.host,
        "db_port": server.port,
        "db_user": server.user,
        "db_password": server.password,
        "with_demo": False,
        "http_interface": "127.0.0.1",
        "max_cron_threads": 0,
        "limit_time_real": 0,
    }
    rows = [f"{name} = {value}" for name, value in options.items() if value != ""]
    text = "\n".join(["[options]", *rows, ""])
    if not paths.CONF.exists() or paths.CONF.read_text() != text:
        paths.CONF.touch(mode=0o600)
        paths.CONF.write_text(text)


def command(*arguments):
    """The command line that runs Odoo."""
    return [paths.VENV_PYTHON, "-m", "odoo", *arguments]


def change(log_name, database, *options):
    """Install or upgrade addons, show what the log complains about, and return it."""
    log = shell.logged(
        log_name,
        *command("-c", paths.CONF, "-d", database, "--no-http", "--stop-after-init"),
        *options,
    )
    for row in complaints(log):
        warn(f"  {row}")
    return log


def install(log_name, database, modules):
    change(log_name, database, "-i", ",".join(modules))


def complaints(log):
    """The log's warnings and errors."""
    rows = log.read_text(errors="replace").splitlines()
    return [row for row in rows if " WARNING " in row or " ERROR " in row]
