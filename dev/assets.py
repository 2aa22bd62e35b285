"""Make Odoo's script and style bundles before the browser tests ask for them.

A browser test is rolled back together with the bundles that it caused, so that
otherwise every single one would make them anew. Works as a pytest plugin, too.
"""

import pytest

from odoo import api
from odoo.modules.registry import Registry
from odoo.tests import HttpCase, common

BUNDLES = ("web.assets_web", "web.assets_web_print", "web.assets_tests")


def make(database):
    """Make the bundles of Odoo's web client and keep them."""
    with Registry(database).cursor() as cursor:
        qweb = api.Environment(cursor, api.SUPERUSER_ID, {})["ir.qweb"]
        for name in BUNDLES:
            bundle = qweb._get_asset_bundle(name, css=True, js=True)
            bundle.css()
            bundle.js()


@pytest.fixture(scope="session", autouse=True)
def bundles(request, load_registry):
    """Make them once, if browser tests are among what is going to run."""
    classes = {item.cls for item in request.session.items if item.cls}
    if any(issubclass(cls, HttpCase) for cls in classes):
        # A process among several has a database of its own.
        make(common.get_db_name())
