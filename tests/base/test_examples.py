import doctest
import importlib
import pkgutil
from pathlib import Path

from odoo.tests import BaseCase

from odoo.addons.batch_tracking import tools


class TestExamples(BaseCase):
    """The examples in the docstrings of ``tools/`` are true, in all of its rooms."""

    def test_examples_run(self):
        attempted = 0
        for found in pkgutil.walk_packages(tools.__path__, tools.__name__ + "."):
            module = importlib.import_module(found.name)
            outcome = doctest.testmod(module)
            has_examples = ">>>" in Path(module.__file__).read_text()
            self.assertEqual(bool(outcome.attempted), has_examples, found.name)
            self.assertFalse(outcome.failed, found.name)
            attempted += outcome.attempted
        self.assertGreater(attempted, 50)
