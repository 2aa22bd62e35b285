"""Libraries that only our tests need: without one, some tests are left out.

Whoever runs the tests of all addons in an Odoo of their own need not have them.
"""

import ast
import logging
from importlib.util import find_spec

_logger = logging.getLogger(__name__)

DEVELOPMENT = {"hypothesis", "networkx", "openpyxl"}
#: What has been found missing.
LEFT_OUT = set()


def installed(name):
    """Tell whether a library is there; warn once if its tests are left out.

    :param str name: one of ``DEVELOPMENT``
    """
    if _is_there(name):
        return True
    if name not in LEFT_OUT:
        LEFT_OUT.add(name)
        _logger.warning("%s is not installed: the tests that need it do not run.", name)
    return False


def _is_there(name):
    try:
        return find_spec(name) is not None
    except ValueError:  # it is None in sys.modules
        return False


def imported(source):
    """Return the names in ``DEVELOPMENT`` that a test file imports."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module.partition(".")[0])
        elif isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
    return names & DEVELOPMENT


def is_long_run():
    """Tell whether tests shall take their time: ``--hypothesis-profile=long``."""
    if not installed("hypothesis"):
        return False
    from hypothesis import settings  # only where it is there

    return settings.get_current_profile_name() == "long"
