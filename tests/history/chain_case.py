from odoo.tools import SQL

from ..common import KitchenCase
from .history_case import faults, seal, unlocked, write_events

EVENTS = 12


class ChainCase(KitchenCase):
    """A company has a sealed history of twelve events, and somebody writes SQL."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.env["res.company"].create({"name": "Seneca Sauces"})
        cls.lot = cls.make_lot(cls.hummus, "H-1")
        cls.make_lot(cls.hummus, "H-2")
        cls.events = write_events(cls.env, cls.lot, cls.firm, EVENTS)
        seal(cls.events)

    def setUp(self):
        super().setUp()
        self.assertEqual(self.found(), [])

    def found(self):
        return faults(self.env, self.firm)

    def tamper(self, query, *values):
        self.env.flush_all()
        with unlocked(self.env.cr):
            self.env.cr.execute(SQL(query, *values))
            self.assertTrue(self.env.cr.rowcount)
        self.env.invalidate_all()

    def assert_names(self, event, message):
        first = self.found()[0]
        self.assertIn(f"Event {event.id} ", f"{first} ".replace(",", " "))
        self.assertRegex(first, message)
