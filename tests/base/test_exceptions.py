from odoo import exceptions
from odoo.http import serialize_exception
from odoo.tests import BaseCase, tagged

KNOWN = (exceptions.UserError, exceptions.AccessError, exceptions.ValidationError)


def subclasses(error):
    for child in error.__subclasses__():
        yield child
        yield from subclasses(child)


@tagged("post_install", "-at_install")
class TestErrorsAtTheClient(BaseCase):
    """Clients tell errors apart by name; an unknown one looks like a crash."""

    def test_every_error_of_ours_has_the_name_of_the_one_it_extends(self):
        names = {f"odoo.exceptions.{error.__name__}" for error in KNOWN}
        ours = [
            error
            for error in {*subclasses(exceptions.UserError)}
            if "batch_tracking" in error.__init__.__module__
            or "batch_tracking" in error.__module__
        ]
        self.assertGreater(len(ours), 3)
        for error in ours:
            with self.subTest(error.__qualname__):
                self.assertIn(serialize_exception(error.__new__(error))["name"], names)
