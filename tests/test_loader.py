import ast
import os
import subprocess
import sys
from pathlib import Path

from odoo import addons
from odoo.modules.module import get_module_path
from odoo.tests import TransactionCase, loader, tagged

from . import dev_libraries

NO_LIBRARY = """
import sys
sys.modules.update(dict.fromkeys({names}))
import odoo.addons
odoo.addons.__path__ = {addons}
from odoo.tests import loader
print(*(module.__name__ for module in loader.get_test_modules({addon!r})))
"""


def files_of(addon):
    """Return the test files of an installed addon, as paths."""
    return sorted(Path(get_module_path(addon), "tests").rglob("test_*.py"))


@tagged("post_install", "-at_install")
class TestLoader(TransactionCase):
    """Odoo finds every test file; of two with one name it would lose one silently."""

    def our_addons(self):
        """Return the names of the addon and of its bridges that are installed."""
        names = self.env["ir.module.module"].search(
            [("state", "=", "installed"), ("name", "=like", "batch_tracking%")]
        )
        return names.mapped("name")

    def test_every_file_is_loaded(self):
        for addon in self.our_addons():
            modules = loader.get_test_modules(addon)
            loaded = {Path(module.__file__).resolve() for module in modules}
            files = {path.resolve() for path in files_of(addon)}
            self.assertTrue(files, addon)
            left_out = {path for path in files - loaded if self.lacks_library(path)}
            self.assertEqual(files - loaded, left_out, addon)
        if dev_libraries.LEFT_OUT:
            self.skipTest(f"Left out without {', '.join(dev_libraries.LEFT_OUT)}")

    def lacks_library(self, path):
        imported = dev_libraries.imported(path.read_text())
        return bool(imported & dev_libraries.LEFT_OUT)

    def test_every_file_has_tests(self):
        """Odoo runs the methods of a class itself, and none that it inherits."""
        for addon in self.our_addons():
            for module in loader.get_test_modules(addon):
                self.assertTrue(
                    list(loader.get_module_test_cases(module)), module.__name__
                )

    def test_every_test_of_a_file_is_a_test_of_odoo(self):
        """A class that Odoo does not know for a test case would be passed over."""
        for addon in self.our_addons():
            for module in loader.get_test_modules(addon):
                run = {
                    (case.__class__.__name__, case._testMethodName)
                    for case in loader.get_module_test_cases(module)
                }
                written = set(self.written_tests(Path(module.__file__)))
                self.assertFalse(written - run, module.__name__)

    def written_tests(self, path):
        for node in ast.walk(ast.parse(path.read_text())):
            for part in getattr(node, "body", ()) if type(node) is ast.ClassDef else ():
                if type(part) is ast.FunctionDef and part.name.startswith("test"):
                    yield node.name, part.name

    def test_without_development_libraries_the_other_tests_are_loaded(self):
        """As in the Odoo of somebody who runs our tests and develops nothing."""
        names = dev_libraries.DEVELOPMENT
        for addon in self.our_addons():
            code = NO_LIBRARY.format(
                names=sorted(names), addons=list(addons.__path__), addon=addon
            )
            result = subprocess.run(
                [sys.executable, "-c", code],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                capture_output=True,
                text=True,
                check=False,
            )
            self.assertFalse(result.returncode, result.stderr)
            loaded = {name.rpartition(".")[2] for name in result.stdout.split()}
            expected = {
                path.stem
                for path in files_of(addon)
                if not dev_libraries.imported(path.read_text()) & names
            }
            self.assertEqual(loaded, expected, addon)
