"""Where things are: the checkout, and everything that is built from it."""

from pathlib import Path

MODULE = "batch_tracking"

ROOT = Path(__file__).resolve().parent.parent
BRIDGES = ROOT / "bridges"
DEV = ROOT / "dev"
NODE = DEV / "node"

HOME = ROOT / ".odoo"
VENV = HOME / "venv"
VENV_PYTHON = VENV / "bin" / "python"
ODOO = HOME / "odoo"
ADDONS = HOME / "addons"
CONF = HOME / "odoo.conf"
DATA = HOME / "data"
LOG = HOME / "log"
BIN = HOME / "bin"
CACHE = HOME / "cache"
POSTGRES = HOME / "postgres"
