import doctest
import importlib
import pkgutil
from pathlib import Path

from odoo.tests import BaseCase

from ... import tools


class TestExamples(BaseCase):
    """The examples in the docstrings of ``tools/`` are true, in all of its rooms."""

    def test_examples_run(self):
        attempted = 0
        for package in pkgutil.walk_packages(tools.__path__, tools.__name__ + "."):
            module = importlib.import_module(package.name)
            outcome = doctest.testmod(module)
            has_examples = ">>>" in Path(module.__file__).read_text()
            self.assertEqual(bool(outcome.attempted), has_examples, package.name)
            self.assertFalse(outcome.failed, package.name)
            attempted += outcome.attempted
        self.assertGreater(attempted, 50)
